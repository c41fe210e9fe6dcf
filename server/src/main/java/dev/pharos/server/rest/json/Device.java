// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device of the inventory.
///
/// @param verified whether it proved its Endpoint ID
/// @param transport of the present or last connection; null where it never had one
/// @param values in a list of devices that asked for parameters: what its twin has of each, by the path that was asked
///     for, where it has any; else absent
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Device(
        String id,
        boolean online,
        boolean approved,
        boolean verified,

        @Schema(allowableValues = {"online", "offline", "onboarding", "error"})
        String status,

        String statusReason,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String transport,

        String address,
        String manufacturer,
        String oui,
        String modelName,
        String productClass,
        String serialNumber,
        String hardwareVersion,
        String softwareVersion,
        Instant firstSeen,
        Instant lastSeen,
        String protocolVersions,
        int parameterCount,
        boolean schemeListed,
        List<String> tags,

        @Schema(
                description = "0 to 100, as of the last look at the fleet; null where it was not read yet",
                minimum = "0",
                maximum = "100",
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"integer", "null"})
        @Nullable
        Integer health,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, KnownValues> values) {

    public static Device of(DeviceRecord device) {
        return of(device, null);
    }

    /// @param values see above
    public static Device of(DeviceRecord device, @Nullable Map<String, KnownValues> values) {
        DeviceIdentity identity = device.identity();
        return new Device(
                device.id().toString(),
                device.online(),
                device.approved(),
                device.verified(),
                device.status().name().toLowerCase(Locale.ROOT),
                device.statusReason(),
                device.transport().isEmpty() ? null : device.transport(),
                device.address(),
                identity.manufacturer(),
                identity.oui(),
                identity.modelName(),
                identity.productClass(),
                identity.serialNumber(),
                identity.hardwareVersion(),
                identity.softwareVersion(),
                device.firstSeen(),
                device.lastSeen(),
                device.protocolVersions(),
                device.parameterCount(),
                device.schemeListed(),
                device.tags(),
                device.health().isPresent() ? device.health().getAsInt() : null,
                values);
    }
}
