// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.rest.json.Event;
import dev.pharos.server.rest.json.EventPage;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The history.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "events")
@Needs(Right.LOOK)
@Reaches(Reach.SEEN)
public final class EventController {
    private final UspController controller;
    private final CwmpRequests cwmp;

    public EventController(UspController controller, CwmpRequests cwmp) {
        this.controller = controller;
        this.cwmp = cwmp;
    }

    @GetMapping("/events")
    @Operation(operationId = "listEvents", summary = "Events of all devices or one, newest first")
    EventPage events(
            @RequestParam(required = false) @Nullable EndpointId device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return page(Optional.ofNullable(device), limit, cursor);
    }

    @Reaches(Reach.DEVICE)
    @GetMapping("/devices/{id}/events")
    @Operation(operationId = "listDeviceEvents", summary = "Events of one device, newest first")
    EventPage eventsOf(
            @PathVariable EndpointId id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        EventPage page = page(Optional.of(id), limit, cursor);
        if (!page.items().isEmpty()) {
            // also of one that was forgotten
            return page;
        }
        EndpointId now = cwmp.now(id);
        return now.equals(id) ? page : page(Optional.of(now), limit, cursor);
    }

    private EventPage page(Optional<EndpointId> device, @Nullable Integer asked, @Nullable String cursor) {
        int limit = Paging.limit(asked, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<StoredEvent> found = controller.stores().events().newest(device, Paging.before(cursor), limit + 1);
        List<StoredEvent> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? Long.toString(shown.getLast().seq()) : null;
        return new EventPage(shown.stream().map(Event::of).toList(), next);
    }
}
