// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.server.dial.DialledDevices;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.DialledAddress;
import dev.pharos.server.rights.MakesDevice;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Devices that are dialled, where they listen.
@RestController
@RequestMapping("/api/v1/devices/{id}/address")
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class DialController {
    private final UspController controller;
    private final DialledDevices dialled;
    private final Audit audit;

    public DialController(UspController controller, DialledDevices dialled, Audit audit) {
        this.controller = controller;
        this.dialled = dialled;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "getDialledAddress", summary = "Where a device is dialled")
    DialledAddress get(@PathVariable EndpointId id) {
        return dialled.find(id)
                .map(url -> new DialledAddress(url.toString()))
                .orElseThrow(() -> new ApiException(404, "Not dialled", id + " is not dialled."));
    }

    @MakesDevice
    @PutMapping
    @Operation(
            operationId = "dial",
            summary = "Dial a device where it listens, from now on; one that was not known is let in when it answers")
    DialledAddress put(@PathVariable EndpointId id, @RequestBody DialledAddress address, Principal user) {
        if (!dialled.hasRoomFor(id)) {
            throw new ApiException(
                    409, "Too many", "There are " + DialledDevices.MOST + " that are dialled; more should dial us.");
        }
        try {
            URI url = address.checkedUrl();
            dialled.check(id, url);
            audit.record(user, "dial", id.toString(), url.toString());
            controller.expect(id, true);
            dialled.put(id, url);
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException("url", "cannot be dialled: " + wrong.getMessage());
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
        return get(id);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "stopDialling", summary = "Dial a device no more, and end the connection")
    void delete(@PathVariable EndpointId id, Principal user) {
        get(id);
        audit.record(user, "stop dialling", id.toString(), "");
        dialled.remove(id);
    }
}
