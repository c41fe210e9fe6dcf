// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The one thread on which all MQTT sessions of this process wait for their next attempt. A daemon that lives
/// as long as the process, and only hands over.
final class RetryTimer {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private RetryTimer() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pharos-mqtt-retry").factory());
        made.setRemoveOnCancelPolicy(true);
        return made;
    }

    static Future<?> after(long milliseconds, Runnable task) {
        return TIMER.schedule(task, milliseconds, TimeUnit.MILLISECONDS);
    }
}
