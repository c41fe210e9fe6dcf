// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time of all simulated gateways of a process: one thread that waits, virtual threads that work.
/// Thread-safe.
///
/// A gateway that stands still has no entry here and costs nothing. A gateway that is still busy with one
/// happening misses the next.
public final class WorldClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorldClock.class);

    private static final class Shared {
        static final WorldClock WORLD = new WorldClock();
    }

    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;
    /// So that a tick of thousands of gateways does not starve the threads that answer controllers.
    private final Semaphore working = new Semaphore(Runtime.getRuntime().availableProcessors());

    public WorldClock() {
        this(Clock.systemUTC());
    }

    public WorldClock(Clock clock) {
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulated-world").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /// The one of this process, in the computer's time. Nobody closes it: its thread is a daemon.
    public static WorldClock shared() {
        return Shared.WORLD;
    }

    Clock clock() {
        return clock;
    }

    /// Runs the work at this pace until it is cancelled; the first time after `first`.
    Cancellable every(Duration pace, Duration first, Runnable work) {
        AtomicBoolean busy = new AtomicBoolean();
        Future<?> future = timer.scheduleAtFixedRate(
                () -> {
                    if (busy.compareAndSet(false, true)) {
                        start(() -> {
                            try {
                                bounded(work);
                            } finally {
                                busy.set(false);
                            }
                        });
                    }
                },
                first.toNanos(),
                pace.toNanos(),
                TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// Runs the work once, later.
    void after(Duration delay, Runnable work) {
        start(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            work.run();
        });
    }

    /// Runs the work soon, on a thread of its own.
    void soon(Runnable work) {
        start(work);
    }

    /// How many gateways live at a pace now.
    int waiting() {
        return timer.getQueue().size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void bounded(Runnable work) {
        working.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            working.release();
        }
    }

    private static void start(Runnable work) {
        Thread.ofVirtual()
                .name("simulated-gateway")
                .uncaughtExceptionHandler((thread, defect) -> LOG.error("a simulated gateway failed", defect))
                .start(work);
    }

    /// Something to come that can be called off.
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
