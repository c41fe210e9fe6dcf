// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Device;
import dev.pharos.server.rest.json.DeviceNames;
import dev.pharos.server.rest.json.SameDevice;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who is who: names of devices from before, two records that become one, and one that becomes two again.
@RestController
@RequestMapping("/api/v1/devices/{id}/identity")
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class IdentityController {
    private final UspController controller;
    private final CwmpRequests cwmp;
    private final Audit audit;

    public IdentityController(UspController controller, CwmpRequests cwmp, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "getDeviceNames", summary = "By which names a device was known before")
    DeviceNames names(@PathVariable EndpointId id) {
        return DeviceNames.of(known(id).id(), cwmp.identities().pastOf(id));
    }

    @PostMapping
    @Operation(operationId = "sameDevice", summary = "Say that two records are one device, which both become")
    Device same(@PathVariable EndpointId id, @RequestBody SameDevice body, Principal user) {
        EndpointId other = body.checked();
        DeviceRecord record = known(id);
        audit.record(user, "same device", id.toString(), other.toString());
        done(cwmp.identities().confirmed(record, other, controller.device(other)), "Not one device");
        return Device.of(controller.device(other).orElseGet(() -> known(id)));
    }

    /// @param former the name of the record that shall be one of its own again
    @DeleteMapping
    @Operation(operationId = "twoDevices", summary = "Say that what a person has made one device is two after all")
    Device two(@PathVariable EndpointId id, @RequestParam String former, Principal user) {
        EndpointId other = read(former);
        DeviceRecord record = known(id);
        audit.record(user, "two devices", id.toString(), other.toString());
        done(cwmp.identities().parted(record.id(), other), "Not two devices");
        // who is limited to other devices than that may still see this one
        return Device.of(controller.device(other).orElseGet(() -> known(id)));
    }

    private static void done(Optional<String> objection, String title) {
        if (objection.isPresent()) {
            throw new ApiException(409, title, objection.get());
        }
    }

    private static EndpointId read(String former) {
        try {
            return EndpointId.parse(former);
        } catch (MalformedInputException notOne) {
            throw new BadRequestException("former", "must be an Endpoint ID, such as ops::0200F0-Box-1");
        }
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }
}
