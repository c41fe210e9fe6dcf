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
        double factor = multiplier / 1000.0;
        int step = Math.clamp(attempt, 1, LAST_STEP);
        double low = minimumWait.toMillis() * Math.pow(factor, step - 1);
        double high = low * factor;
        double chosen = low + random.nextDouble() * (high - low);
        return Duration.ofMillis((long) Math.min(chosen, Long.MAX_VALUE / 2.0));
    }
}
