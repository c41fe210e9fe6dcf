// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The timer of a process: one thread that starts a virtual thread for each task that is due.
public final class SharedTimer implements AgentTimer, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    public SharedTimer() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pharos-agent-timer").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Entry schedule(Duration delay, Runnable task) {
        Future<?> future =
                executor.schedule(() -> Thread.startVirtualThread(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /// Nothing that waits will run.
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
