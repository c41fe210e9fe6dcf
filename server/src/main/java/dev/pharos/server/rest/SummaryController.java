// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.rest.json.Summary;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The state of the server at a glance.
@RestController
@Tag(name = "administration")
@Needs(Right.LOOK)
@Reaches(Reach.SEEN)
public final class SummaryController {
    private final UspController controller;
    private final ServerFacts facts;
    private final Clock clock;

    public SummaryController(UspController controller, ServerFacts facts, Clock clock) {
        this.controller = controller;
        this.facts = facts;
        this.clock = clock;
    }

    @GetMapping("/api/v1/summary")
    @Operation(operationId = "summary", summary = "Counts, version and listeners")
    Summary summary() {
        Stores stores = controller.stores();
        Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
        return new Summary(
                stores.devices().count(),
                stores.devices().countOnline(),
                stores.events().countSince(hourAgo, EnumSet.of(EventKind.REFUSED)),
                stores.events().countSince(hourAgo, EnumSet.allOf(EventKind.class)),
                facts.version(),
                controller.id().toString(),
                facts.listeners());
    }
}
