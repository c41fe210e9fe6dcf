// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When something happens again and again.
///
/// @param interval whole seconds, at least one
/// @param reference a time at which it happens, or would; empty where none is said
record Rhythm(Duration interval, Optional<Instant> reference) {
    /// The next time, in step with the reference where one is said.
    ///
    /// @param last when it happened last, or the waiting began
    Instant next(Instant last) {
        return reference.map(said -> next(last, said)).orElseGet(() -> last.plus(interval));
    }

    /// The next time in step with another reference where none is said.
    Instant next(Instant last, Instant otherwise) {
        Instant said = reference.orElse(otherwise);
        long since = Duration.between(said, last).toSeconds();
        long times = Math.floorDiv(since, interval.toSeconds()) + 1;
        return said.plusSeconds(times * interval.toSeconds());
    }
}
