// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Timeline;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.TimelineStore;
import dev.pharos.server.store.TimelineStore.Kind;
import dev.pharos.server.store.TimelineStore.Page;
import dev.pharos.server.store.TimelineStore.Position;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// All that happened with one device.
@RestController
@RequestMapping("/api/v1/devices/{id}/timeline")
@Tag(name = "events")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class TimelineController {
    private static final String KINDS =
            Arrays.stream(Kind.values()).map(Kind::text).collect(Collectors.joining(", "));

    private final TimelineStore timeline;
    private final CwmpRequests cwmp;

    public TimelineController(TimelineStore timeline, CwmpRequests cwmp) {
        this.timeline = timeline;
        this.cwmp = cwmp;
    }

    /// @param kinds only these, between commas: `event`, `firmware`, `alarm`, `job`, `edit`, `diagnostic`
    @GetMapping
    @Operation(
            operationId = "deviceTimeline",
            summary = "Events, firmware, alarms, jobs, edits and diagnostics of one device, newest first")
    Timeline timeline(
            @PathVariable EndpointId id,
            @RequestParam(defaultValue = "") String kinds,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor) {
        Set<Kind> seen = seen();
        Set<Kind> wanted = kinds.isEmpty() ? EnumSet.copyOf(seen) : named(kinds);
        wanted.retainAll(seen);
        Position from = cursor.isEmpty()
                ? Position.START
                : Position.parse(cursor)
                        .orElseThrow(
                                () -> new BadRequestException("cursor", "must be the nextCursor of the page before"));
        Page page = timeline.page(cwmp.now(id), wanted, from, Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE));
        return new Timeline(
                page.entries().stream().map(Timeline.Entry::of).toList(),
                seen.stream().map(Kind::text).toList(),
                page.next().map(Position::toString).orElse(null));
    }

    /// The audit log is of the whole fleet: whoever is limited to some devices does not read it.
    private static Set<Kind> seen() {
        boolean edits = Access.current()
                .filter(access -> access.may(Right.AUDIT) && access.scope().isEmpty())
                .isPresent();
        return edits ? EnumSet.allOf(Kind.class) : EnumSet.complementOf(EnumSet.of(Kind.EDIT));
    }

    private static Set<Kind> named(String kinds) {
        Set<Kind> named = EnumSet.noneOf(Kind.class);
        for (String each : kinds.split(",", -1)) {
            named.add(Kind.of(each.strip())
                    .orElseThrow(() -> new BadRequestException(
                            "kinds", "must be some of " + KINDS + ", of which \"" + each.strip() + "\" is none")));
        }
        return named;
    }
}
