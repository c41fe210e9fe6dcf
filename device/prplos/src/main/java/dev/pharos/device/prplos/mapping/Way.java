// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.time.Duration;

/// The way from the gateway to whoever manages it.
@FunctionalInterface
public interface Way {

    /// Whether it leads somewhere now; waits for that for a few seconds.
    boolean isOpen() throws InterruptedException;

    /// How a change is guarded that may cut the way.
    ///
    /// @param settle how long the way counts for nothing, since what was changed may not be in force yet
    /// @param deadline how long after the change it must be open at the latest
    /// @param between two looks whether it is
    record Guarding(Way way, Duration settle, Duration deadline, Duration between) {
        /// Nothing is guarded.
        public static final Guarding NONE = of(() -> false);

        public static Guarding of(Way way) {
            return new Guarding(way, Limits.SETTLE, Limits.DEADLINE, Limits.BETWEEN);
        }
    }
}
