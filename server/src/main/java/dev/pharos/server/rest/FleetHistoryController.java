// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.FleetHistory;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.FleetHistoryStore;
import dev.pharos.server.store.FleetHistoryStore.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The fleet over time, for the charts of the first page.
@RestController
@Tag(name = "devices")
@Needs(Right.LOOK)
@Reaches(Reach.SEEN)
public final class FleetHistoryController {
    private final FleetHistoryStore store;
    private final Clock clock;

    public FleetHistoryController(FleetHistoryStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param from an instant; a day before `to` where it is left out
    /// @param to an instant; now where it is left out
    @GetMapping("/api/v1/fleet/history")
    @Operation(
            operationId = "fleetHistory",
            summary = "How many devices came, were lost, refused or started, and failed by jobs, in steps of time")
    FleetHistory history(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        Instant end = to == null ? clock.instant() : to;
        Instant begin = from == null ? end.minus(Duration.ofDays(1)) : from;
        if (!begin.isBefore(end)) {
            throw new BadRequestException("from", "must be before to");
        }
        if (begin.isBefore(Instant.EPOCH) || begin.isBefore(end.minus(Limits.FLEET_SPAN_LONGEST))) {
            throw new BadRequestException(
                    "from", "must be at most " + Limits.FLEET_SPAN_LONGEST.toDays() + " days before to");
        }
        Span span = new Span(begin, end, step(Duration.between(begin, end)));
        return FleetHistory.of(span, store.past(span));
    }

    /// The shortest that makes no more steps than a chart can show.
    private static Duration step(Duration whole) {
        return Limits.FLEET_STEPS.stream()
                .filter(step -> whole.dividedBy(step) <= Limits.FLEET_STEPS_MOST)
                .findFirst()
                .orElseGet(Limits.FLEET_STEPS::getLast);
    }
}
