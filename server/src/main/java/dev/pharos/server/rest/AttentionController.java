// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.Attention;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.AttentionStore;
import dev.pharos.server.store.AttentionStore.Since;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is wrong with the fleet, for whoever begins the day with it.
@RestController
@Tag(name = "devices")
@Needs(Right.LOOK)
@Reaches(Reach.SEEN)
public final class AttentionController {
    private final AttentionStore store;
    private final Clock clock;

    public AttentionController(AttentionStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @GetMapping("/api/v1/fleet/attention")
    @Operation(
            operationId = "fleetAttention",
            summary =
                    "What needs a look: devices lost, waiting or broken, starts by model, failing jobs, refused peers")
    Attention attention() {
        Instant now = clock.instant();
        return Attention.of(store.look(new Since(now.minus(Duration.ofHours(1)), now.minus(Duration.ofDays(1)))), now);
    }
}
