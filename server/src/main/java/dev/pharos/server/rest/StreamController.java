// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.store.EventStore;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What happens, as it happens: server-sent events, each written by the (virtual) thread of its request.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "events")
public final class StreamController {
    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
    private static final String EVERYTHING = "-";

    private final UspController controller;
    private final Streams streams;
    private final JsonMapper json;

    public StreamController(UspController controller, Streams streams, JsonMapper json) {
        this.controller = controller;
        this.streams = streams;
        this.json = json;
    }

    /// Starts after `Last-Event-ID` where the reader says it, else with what happens from now on.
    @GetMapping(value = "/events/stream", produces = "text/event-stream")
    @ApiResponse(responseCode = "200", description = "events of kinds event, device and deviceRemoved")
    @Operation(operationId = "streamEvents", summary = "Events and changes of devices as they happen")
    void events(
            @RequestParam(required = false) @Nullable EndpointId device,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        EventStore store = controller.stores().events();
        long start = lastEventId == null ? newest(store) : number(lastEventId);
        EventStreamReader reader = new EventStreamReader(store, Optional.ofNullable(device), start);
        streams.enter(reader);
        try (Observation observation = controller.observe(reader)) {
            reader.watch(observation);
            SseWriter writer = new SseWriter(response, json);
            reader.catchUp(writer);
            writer.flush();
            pump(reader, writer);
        } finally {
            streams.leave(reader);
        }
    }

    private static long newest(EventStore store) {
        return store.newest(Optional.empty(), Long.MAX_VALUE, 1).stream()
                .mapToLong(event -> event.seq())
                .findFirst()
                .orElse(0);
    }

    private static long number(String lastEventId) {
        try {
            return Long.parseLong(lastEventId.strip());
        } catch (NumberFormatException notOurs) {
            throw new BadRequestException("Last-Event-ID", "must be the id of an event of this stream");
        }
    }

    /// @param id a device, or `-` for everything
    @GetMapping(value = "/devices/{id}/wire", produces = "text/event-stream")
    @ApiResponse(responseCode = "200", description = "events of kinds wire and dropped")
    @Operation(operationId = "streamWire", summary = "Records and messages as they pass, decoded, secrets masked")
    void wire(@PathVariable String id, HttpServletResponse response) throws IOException {
        WireStreamReader reader =
                new WireStreamReader(id.equals(EVERYTHING) ? Optional.empty() : Optional.of(device(id)));
        streams.enter(reader);
        try (Observation observation = controller.observe(reader)) {
            reader.watch(observation);
            pump(reader, new SseWriter(response, json));
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

    private static void pump(StreamReader reader, SseWriter writer) {
        try {
            reader.pump(writer);
        } catch (IOException gone) {
            LOG.debug("a reader of a stream has gone", gone);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
