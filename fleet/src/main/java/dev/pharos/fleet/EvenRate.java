// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Starts one after the other, so many a second: one that took long is made up for by those after it.
///
/// @param perSecond more than 0
public record EvenRate(double perSecond) {
    private static final long NANOS = 1_000_000_000L;

    /// What is started.
    @FunctionalInterface
    public interface Starting {
        /// @param number from 1
        void start(int number) throws IOException;
    }

    /// Returns when the last one was started, or soon after it was stopped.
    public void run(int count, BooleanSupplier stopped, Starting starting) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < count && !stopped.getAsBoolean(); i++) {
            long due = begin + (long) (i * (NANOS / perSecond));
            for (long wait = due - System.nanoTime();
                    wait > 0 && !stopped.getAsBoolean();
                    wait = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(wait, NANOS / 10));
            }
            starting.start(i + 1);
        }
    }
}
