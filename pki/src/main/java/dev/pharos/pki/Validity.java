// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.time.Duration;
import java.time.Instant;

/// From when to when a certificate holds.
public record Validity(Instant from, Instant until) {
    /// Clocks of devices may be a little behind.
    private static final Duration SLACK = Duration.ofMinutes(5);

    public Validity {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a certificate cannot end before it begins: " + from + " " + until);
        }
    }

    /// @param days at least 1
    public static Validity days(Instant now, int days) {
        return new Validity(now.minus(SLACK), now.plus(Duration.ofDays(days)));
    }
}
