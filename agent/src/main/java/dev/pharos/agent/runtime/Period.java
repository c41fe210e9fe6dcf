// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// When something comes again and again.
///
/// @param length more than zero
/// @param phase a time that is a whole number of lengths from every point, as a parameter says it; the Unknown Time
///     where any phase will do
public record Period(Duration length, String phase) {
    public static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    /// The time to the next point after now; a whole length where no phase is given.
    public Duration untilNext(Instant now) {
        if (phase.equals(UNKNOWN_TIME)) {
            return length;
        }
        try {
            long behind =
                    Math.floorMod(Duration.between(Instant.parse(phase), now).toMillis(), length.toMillis());
            return Duration.ofMillis(length.toMillis() - behind);
        } catch (DateTimeParseException _) {
            return length;
        }
    }
}
