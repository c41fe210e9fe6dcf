// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.store.EventStore;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What happens, as it happens: server-sent events, each written by the (virtual) thread of its request.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "events")
@Needs(Right.LOOK)
@Reaches(Reach.SEEN)
public final class StreamController {
    private final UspController controller;
    private final Streams streams;
    private final Tenants tenants;
    private final JsonMapper json;
    private final Clock clock;

    public StreamController(UspController controller, Streams streams, Tenants tenants, JsonMapper json, Clock clock) {
        this.controller = controller;
        this.streams = streams;
        this.tenants = tenants;
        this.json = json;
        this.clock = clock;
    }

    /// Starts after `Last-Event-ID` where the reader says it, else with what happens from now on.
    @GetMapping(value = "/events/stream", produces = "text/event-stream")
    @ApiResponse(responseCode = "200", description = "events of kinds event, device and deviceRemoved")
    @Operation(operationId = "streamEvents", summary = "Events and changes of devices as they happen")
    void events(
            @RequestParam(required = false) @Nullable EndpointId device,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response,
            Principal user)
            throws IOException {
        EventStore store = controller.stores().events();
        long start = lastEventId == null ? newest(store) : StreamReader.number(lastEventId);
        EventStreamReader reader = new EventStreamReader(
                store,
                Optional.ofNullable(device),
                new SeenDevices(controller.stores().devices(), tenants, clock),
                start);
        streams.enter(reader, tenants.asker(user.getName()));
        try (Observation observation = controller.observe(reader)) {
            reader.watch(observation);
            SseWriter writer = new SseWriter(response, json);
            reader.catchUp(writer);
            writer.flush();
            reader.pumpUntilGone(writer);
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
}
