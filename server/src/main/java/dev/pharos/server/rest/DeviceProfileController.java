// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.rest.json.DeviceAttributes;
import dev.pharos.server.rest.json.DeviceProfile;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.AttributeStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What profiles want of one device, and what operators note of it, which profiles take values from.
@RestController
@RequestMapping("/api/v1/devices/{id}")
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class DeviceProfileController {
    private final AttributeStore store;
    private final ProfileDesk profiles;
    private final Audit audit;

    public DeviceProfileController(AttributeStore store, ProfileDesk profiles, Audit audit) {
        this.store = store;
        this.profiles = profiles;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @GetMapping("/profile")
    @Operation(
            operationId = "getDeviceProfile",
            summary = "What profiles want of a device beside what is known of it, with who wins and why; asks nobody")
    DeviceProfile profile(@PathVariable EndpointId id) {
        known(id);
        return DeviceProfile.of(profiles.explain(id));
    }

    @Needs(Right.LOOK)
    @GetMapping("/attributes")
    @Operation(operationId = "getAttributes", summary = "What operators have noted of a device, secrets masked")
    DeviceAttributes get(@PathVariable EndpointId id) {
        return DeviceAttributes.shown(known(id));
    }

    private Map<String, String> known(EndpointId id) {
        return store.of(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }

    @PutMapping("/attributes")
    @Operation(operationId = "putAttributes", summary = "Note these of a device, in place of all that were noted")
    DeviceAttributes put(@PathVariable EndpointId id, @RequestBody DeviceAttributes body, Principal user) {
        Map<String, String> attributes = body.checked(known(id));
        audit.record(user, "note attributes", id.toString(), String.join(", ", attributes.keySet()));
        if (!store.put(id, attributes)) {
            throw ApiException.unknownDevice(id.toString());
        }
        return DeviceAttributes.shown(attributes);
    }
}
