// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other, in order, on a virtual thread that exists only while there is something to
/// run, or where the caller offers its own. So what happens at one session of a transport has one order, and no lock is
/// held while a receiver is called.
public final class SerialTasks {
    private final String name;
    private final Consumer<RuntimeException> failed;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
    private boolean running;

    /// @param name of the thread
    /// @param failed told of a task that threw, which is our bug; the next task runs all the same
    public SerialTasks(String name, Consumer<RuntimeException> failed) {
        this.name = name;
        this.failed = failed;
    }

    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    /// Without the monitor, which the new thread enters at once: a virtual thread that finds it held costs two more
    /// switches.
    private void start() {
        Thread.ofVirtual().name(name).start(this::runAll);
    }

    /// Runs the task in its turn, which is at once and on the calling thread where nothing else runs. For tasks that
    /// never wait: what arrives is told without waking another thread for it.
    public void executeHere(Runnable task) {
        synchronized (this) {
            if (running) {
                waiting.add(task);
                return;
            }
            running = true;
        }
        run(task);
        synchronized (this) {
            running = !waiting.isEmpty();
            if (!running) {
                return;
            }
        }
        start();
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
            run(task);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException ours) {
            failed.accept(ours);
        }
    }
}
