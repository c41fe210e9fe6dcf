// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.kind.KindFileException;
import dev.pharos.server.kind.KindShelf;
import dev.pharos.server.rest.json.KindView.DeviceKinds;
import dev.pharos.server.rest.json.KindView.KindList;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Kinds of devices that do TR-069 otherwise.
@RestController
@Tag(name = "devices")
@Needs(Right.LOOK)
public final class KindController {
    private final UspController controller;
    private final KindShelf shelf;
    private final Audit audit;

    public KindController(UspController controller, KindShelf shelf, Audit audit) {
        this.controller = controller;
        this.shelf = shelf;
        this.audit = audit;
    }

    @Reaches(Reach.NONE)
    @GetMapping("/api/v1/kinds")
    @Operation(
            operationId = "listKinds",
            summary = "Kinds of devices that do TR-069 otherwise, in the order of their files")
    KindList list() {
        return KindList.of(shelf.kinds().all());
    }

    @Needs(Right.FLEET)
    @PostMapping("/api/v1/kinds/reading")
    @Operation(
            operationId = "readKinds",
            summary = "Read the files of kinds again; they count from the next session of each device on")
    KindList read(Principal user) {
        audit.record(user, "read kinds", "", "");
        try {
            return KindList.of(shelf.readAgain().all());
        } catch (KindFileException wrong) {
            throw new ApiException(422, "Not usable", wrong.reason() + ". What was in use stays in use.");
        }
    }

    @Reaches(Reach.DEVICE)
    @GetMapping("/api/v1/devices/{id}/kinds")
    @Operation(
            operationId = "getDeviceKinds",
            summary = "Of which kinds a device is, and how it is treated over TR-069")
    DeviceKinds of(@PathVariable EndpointId id) {
        DeviceIdentity identity = controller
                .device(id)
                .map(DeviceRecord::identity)
                .orElseThrow(() -> ApiException.unknownDevice(id.toString()));
        Kinds kinds = shelf.kinds();
        return DeviceKinds.of(kinds.of(identity), kinds.mannerFor(identity));
    }
}
