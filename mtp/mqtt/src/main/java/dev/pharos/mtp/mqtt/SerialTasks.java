// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after the other, in order, on a virtual thread that exists only while there is something to
/// run. So what happens at one session has one order, and no lock is held while a receiver is called.
final class SerialTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final String name;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
    private boolean running;

    SerialTasks(String name) {
        this.name = name;
    }

    synchronized void execute(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            Thread.ofVirtual().name(name).start(this::runAll);
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = waiting.poll();
        if (task == null) {
            running = false;
        }
        return task;
    }

    private void runAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException ours) {
                LOG.error("a task of {} failed", name, ours);
            }
        }
    }
}
