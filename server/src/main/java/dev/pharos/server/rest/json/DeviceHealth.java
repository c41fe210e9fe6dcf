// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.health.Health;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a device is.
///
/// @param score what the reasons leave of 100; null where it was not read yet, or waits for approval
/// @param reasons those that take most first
/// @param time when it was judged
public record DeviceHealth(
        @Schema(
                minimum = "0",
                maximum = "100",
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"integer", "null"})
        @Nullable
        Integer score,

        List<Reason> reasons,
        Instant time) {

    /// @param points that it takes
    /// @param text a clause without its end
    /// @param path of the parameter that tells it; empty where it is none
    /// @param asOf when that was learnt; null where it is counted over a time
    @Schema(name = "HealthReason")
    public record Reason(
            int points,
            String text,
            String path,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    types = {"string", "null"},
                    format = "date-time")
            @Nullable
            Instant asOf) {}

    public static DeviceHealth unknown(Instant now) {
        return new DeviceHealth(null, List.of(), now);
    }

    public static DeviceHealth of(Health health, Instant now) {
        return new DeviceHealth(
                health.score(),
                health.reasons().stream()
                        .map(reason -> new Reason(
                                reason.points(),
                                reason.text(),
                                reason.path(),
                                reason.asOf().orElse(null)))
                        .toList(),
                now);
    }
}
