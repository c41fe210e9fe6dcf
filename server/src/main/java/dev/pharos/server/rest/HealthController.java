// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.health.HealthRules;
import dev.pharos.server.rest.json.DeviceHealth;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.HealthStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// How well a device is, and why. See docs/health.md.
@RestController
@Tag(name = "devices")
@Needs(Right.LOOK)
@Reaches(Reach.DEVICE)
public final class HealthController {
    private final UspController controller;
    private final HealthStore store;
    private final Clock clock;

    public HealthController(UspController controller, HealthStore store, Clock clock) {
        this.controller = controller;
        this.store = store;
        this.clock = clock;
    }

    @GetMapping("/api/v1/devices/{id}/health")
    @Operation(operationId = "deviceHealth", summary = "How well a device is now, from 0 to 100, and why")
    DeviceHealth health(@PathVariable EndpointId id) {
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
        Instant now = clock.instant();
        return store.facts(id, now)
                .map(facts -> DeviceHealth.of(HealthRules.judge(facts), now))
                .orElseGet(() -> DeviceHealth.unknown(now));
    }
}
