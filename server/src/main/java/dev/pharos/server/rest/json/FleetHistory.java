// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.FleetHistoryStore.Counted;
import dev.pharos.server.store.FleetHistoryStore.Past;
import dev.pharos.server.store.FleetHistoryStore.Span;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What happened to the fleet over time. A step in which nothing did has no count.
///
/// @param from   of the span that was looked at, in which it is contained
/// @param to     the end, not contained
/// @param step   seconds that a count is of
/// @param whole  whether all of the span was counted; else its oldest part is missing
/// @param counts the oldest first
public record FleetHistory(Instant from, Instant to, long step, boolean whole, List<FleetCount> counts) {
    public static FleetHistory of(Span span, Past past) {
        return new FleetHistory(
                span.from(),
                span.to(),
                span.step().toSeconds(),
                past.whole(),
                past.counts().stream().map(FleetCount::of).toList());
    }

    /// @param time  where the step begins
    /// @param what  `came`, `lost`, `refused`, `started` or `failed` (by a job)
    /// @param model of the devices that started; empty for all else, and where it is not known
    public record FleetCount(Instant time, String what, String model, long times) {
        static FleetCount of(Counted counted) {
            return new FleetCount(
                    counted.time(), counted.what().name().toLowerCase(Locale.ROOT), counted.model(), counted.times());
        }
    }
}
