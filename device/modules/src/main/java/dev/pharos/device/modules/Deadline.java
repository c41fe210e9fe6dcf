// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.time.Duration;

/// Interrupts the thread that made it when it has worked too long. Thread-safe.
final class Deadline implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final Thread clock;
    private boolean over;
    private boolean ended;

    private Deadline(Duration longest) {
        this.clock = Thread.ofVirtual().name("module-deadline").unstarted(() -> {
            try {
                Thread.sleep(longest);
                strike();
            } catch (InterruptedException early) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static Deadline in(Duration longest) {
        Deadline deadline = new Deadline(longest);
        deadline.clock.start();
        return deadline;
    }

    private synchronized void strike() {
        if (!ended) {
            over = true;
            worker.interrupt();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    /// What follows is not interrupted any more.
    ///
    /// @throws InterruptedException where it has just been
    synchronized void end() throws InterruptedException {
        ended = true;
        if (over && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        clock.interrupt();
    }
}
