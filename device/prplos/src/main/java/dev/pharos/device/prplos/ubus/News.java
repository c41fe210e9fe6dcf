// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// That something may be another, for one thread that looks again then. However often it is told, it is heard once. (A
/// thread that is merely unparked wakes up for whatever it waited for before, too.) Thread-safe.
public final class News {
    private final Semaphore told = new Semaphore(0);

    /// Does not wait.
    public void give() {
        if (told.availablePermits() == 0) {
            told.release();
        }
    }

    /// Waits for news, as long as this at the most.
    ///
    /// @return whether there is any
    public boolean await(Duration patience) throws InterruptedException {
        boolean heard = told.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (heard) {
            told.drainPermits();
        }
        return heard;
    }
}
