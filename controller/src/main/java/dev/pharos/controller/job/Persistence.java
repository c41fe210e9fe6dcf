// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;

/// What a job does about devices with which it does not succeed at once.
///
/// @param retries how often a step is tried again, 0 to [Limits#RETRIES]
/// @param backoff the time until the first of them; twice as long until the next, and so on
/// @param repeatWhenUncertain whether a request that must not run twice is sent again where its answer was lost
public record Persistence(int retries, Duration backoff, boolean repeatWhenUncertain) {
    public Persistence {
        if (retries < 0
                || retries > Limits.RETRIES
                || backoff.compareTo(Limits.SHORTEST_BACKOFF) < 0
                || backoff.compareTo(Limits.LONGEST_BACKOFF) > 0) {
            throw new IllegalArgumentException("a job's retries are out of bounds");
        }
    }

    /// How long to wait after this try, the first of which is 1.
    Duration pause(int tries) {
        Duration pause = backoff.multipliedBy(1L << Math.clamp(tries - 1L, 0, Limits.RETRIES));
        return pause.compareTo(Limits.LONGEST_BACKOFF) > 0 ? Limits.LONGEST_BACKOFF : pause;
    }
}
