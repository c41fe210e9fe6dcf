// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.Observation;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.RefusedPeers;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.OfWholeServer;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What passes on the wire, and who was refused. A stream begins with what passed lately.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "wire")
@Needs(Right.LOOK)
public final class WireController {
    private static final String EVERYTHING = "-";
    private static final String EVENTS =
            "events of kinds wire, live (what passed lately has been told) and dropped (how many were not shown)";

    private final UspController controller;
    private final Streams streams;
    private final JsonMapper json;

    public WireController(UspController controller, Streams streams, JsonMapper json) {
        this.controller = controller;
        this.streams = streams;
        this.json = json;
    }

    /// @param id a device, known or not, or `-` for everything
    @Reaches(Reach.DEVICE)
    @GetMapping(value = "/devices/{id}/wire", produces = "text/event-stream")
    @ApiResponse(responseCode = "200", description = EVENTS)
    @Operation(
            operationId = "streamDeviceWire",
            summary = "Connections, records and messages of one device as they pass, decoded, secrets masked")
    void wireOf(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response,
            Principal user)
            throws IOException {
        stream(id.equals(EVERYTHING) ? Optional.empty() : Optional.of(device(id)), lastEventId, response, user);
    }

    @OfWholeServer
    @GetMapping(value = "/wire", produces = "text/event-stream")
    @ApiResponse(responseCode = "200", description = EVENTS)
    @Operation(
            operationId = "streamWire",
            summary = "Everything that passes, and every peer that is refused, decoded, secrets masked")
    void wire(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response,
            Principal user)
            throws IOException {
        stream(Optional.empty(), lastEventId, response, user);
    }

    @OfWholeServer
    @GetMapping("/refused")
    @Operation(
            operationId = "listRefused",
            summary = "Peers that were refused since the server started, the last first, with count and reason")
    RefusedPeers refused() {
        return RefusedPeers.of(controller.wire().refusedPeers());
    }

    private void stream(
            Optional<EndpointId> device, @Nullable String lastEventId, HttpServletResponse response, Principal user)
            throws IOException {
        long last = lastEventId == null ? 0 : StreamReader.number(lastEventId);
        WireStreamReader reader = new WireStreamReader(device);
        streams.enterWire(reader, user.getName());
        try (Observation observation = controller.observe(reader)) {
            reader.watch(observation);
            SseWriter writer = new SseWriter(response, json);
            reader.run(writer, controller.wire().recent(device, Limits.WIRE_RECENT), last);
        } finally {
            streams.leave(reader);
        }
    }

    private static EndpointId device(String id) {
        try {
            return EndpointId.parse(id);
        } catch (MalformedInputException malformed) {
            throw new BadRequestException("id", "is not right: " + malformed.detail());
        }
    }
}
