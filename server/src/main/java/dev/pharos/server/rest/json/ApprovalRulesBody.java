// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.ApprovalStore.Applies;
import dev.pharos.server.store.ApprovalStore.Rules;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When a second person is to be needed; what is left out stays.
///
/// @param applies `auto`, `always` or `never`
/// @param devices on which one person may change something with one request, 0 to 1,000,000
/// @param hours how long something waits for approval, 1 to 720
public record ApprovalRulesBody(
        @Nullable String applies,
        @Nullable Integer devices,
        @Nullable Integer hours) {

    /// @param before what holds now
    /// @param mostDevices and
    /// @param mostHours as may be said
    public Rules checked(Rules before, int mostDevices, int mostHours) {
        return new Rules(
                applies == null ? before.applies() : applies(applies),
                devices == null ? before.devices() : Fields.within("devices", devices, 0, mostDevices),
                hours == null ? before.patience() : Duration.ofHours(Fields.within("hours", hours, 1, mostHours)));
    }

    private static Applies applies(String text) {
        return Arrays.stream(Applies.values())
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("applies", "must be auto, always or never"));
    }
}
