// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// A job that may do its work at any time.
public final class OpenGate {
    private OpenGate() {}

    public static Gate to(JobWork work, Instant now) {
        return new Gate(
                new JobPlan(
                        "job",
                        new Audience.Matching("", false),
                        work,
                        new Pace(1, 0),
                        new Timing(now, now.plus(Duration.ofDays(1)), Optional.empty(), Optional.empty()),
                        new Persistence(0, Duration.ofMinutes(1), false)),
                ZoneOffset.UTC);
    }
}
