// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The wait before a session is tried again (R-STOMP.7, R-STOMP.25): uniformly random between nothing and a
/// bound that grows with the first ten failures. This is the algorithm of TR-181's `STOMP.Connection.`, and not
/// the one of the other transports.
///
/// @param initialInterval the first bound (ServerRetryInitialInterval), up to 65535 s; 60 s by default
/// @param multiplier in thousandths (ServerRetryIntervalMultiplier), 1000 to 65535; 2000 by default
/// @param maxInterval no bound is larger (ServerRetryMaxInterval); 30720 s by default
public record StompBackoff(Duration initialInterval, int multiplier, Duration maxInterval) {
    private static final int LAST_STEP = 10;

    public static final StompBackoff DEFAULT =
            new StompBackoff(Duration.ofSeconds(60), 2000, Duration.ofSeconds(30_720));

    public StompBackoff {
        if (initialInterval.isNegative() || initialInterval.isZero() || initialInterval.toSeconds() > 65_535) {
            throw new IllegalArgumentException(
                    "the initial interval must be more than 0 and at most 65535 s: " + initialInterval);
        }
        if (multiplier < 1000 || multiplier > 65_535) {
            throw new IllegalArgumentException("multiplier must be 1000 to 65535: " + multiplier);
        }
        if (maxInterval.isNegative() || maxInterval.isZero()) {
            throw new IllegalArgumentException("the longest interval must be more than 0: " + maxInterval);
        }
    }

    /// The longest wait before retry number `attempt`, counted from 1; the count starts anew after a success.
    Duration boundOf(int attempt) {
        int step = Math.clamp(attempt, 1, LAST_STEP);
        double bound = (double) initialInterval.toMillis() * Math.pow(multiplier / 1000.0, step - 1);
        return Duration.ofMillis((long) Math.min(bound, (double) maxInterval.toMillis()));
    }

    Duration waitBefore(int attempt, RandomGenerator random) {
        return Duration.ofMillis(
                (long) (random.nextDouble() * (double) boundOf(attempt).toMillis()));
    }
}
