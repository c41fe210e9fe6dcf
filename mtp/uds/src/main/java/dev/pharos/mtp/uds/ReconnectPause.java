// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a client waits before it dials anew: any time between the two, each time alike, since the
/// transports' common back-off does not apply here (R-UDS.5).
public record ReconnectPause(Duration shortest, Duration longest) {
    /// 1 to 5 s, as R-UDS.5 says.
    public static final ReconnectPause DEFAULT = new ReconnectPause(Duration.ofSeconds(1), Duration.ofSeconds(5));

    public ReconnectPause {
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "the pause must be from some time to no less: " + shortest + ", " + longest);
        }
    }

    Duration next(RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }
}
