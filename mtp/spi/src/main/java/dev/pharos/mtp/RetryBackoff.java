// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The waiting time before a retry: uniformly random between two bounds that grow with every failure, for the
/// first ten (R-WS.19 to R-WS.21, R-NOT.1 to R-NOT.4).
///
/// @param minimumWait the first interval's lower bound, 1 to 65535 s; 5 s by default
/// @param multiplier in thousandths, 1000 to 65535; 2000 by default
public record RetryBackoff(Duration minimumWait, int multiplier) {
    private static final int LAST_STEP = 10;

    public static final RetryBackoff DEFAULT = new RetryBackoff(Duration.ofSeconds(5), 2000);

    public RetryBackoff {
        if (minimumWait.isNegative() || minimumWait.isZero() || minimumWait.toSeconds() > 65_535) {
            throw new IllegalArgumentException("minimum wait must be more than 0 and at most 65535 s: " + minimumWait);
        }
        if (multiplier < 1000 || multiplier > 65_535) {
            throw new IllegalArgumentException("multiplier must be 1000 to 65535: " + multiplier);
        }
    }

    /// The wait before retry number `attempt`, counted from 1; the count starts anew after a success.
    public Duration waitBefore(int attempt, RandomGenerator random) {
        return waitBefore(attempt, Duration.ZERO, random);
    }

    /// The same where the other side has asked not to be tried again before some time is over: never sooner than
    /// without, and not before that time. After it, attempts are spread over as much as the first interval is
    /// wide, so that those who were told the same do not come at the same moment. What is asked counts up to where
    /// the longest interval begins, and so no wait is longer than the longest there is without.
    ///
    /// @param asked zero where nothing was asked
    public Duration waitBefore(int attempt, Duration asked, RandomGenerator random) {
        double chance = random.nextDouble() * (multiplier / 1000.0 - 1);
        double own = start(attempt) * (1 + chance);
        double polite = Math.min((double) asked.toMillis(), start(LAST_STEP)) + start(1) * chance;
        return Duration.ofMillis((long) Math.min(asked.isZero() ? own : Math.max(own, polite), Long.MAX_VALUE / 2.0));
    }

    /// Where the interval of an attempt begins, in milliseconds.
    private double start(int attempt) {
        return minimumWait.toMillis() * Math.pow(multiplier / 1000.0, Math.clamp(attempt, 1, LAST_STEP) - 1);
    }
}
