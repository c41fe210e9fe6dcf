// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What must not be left in the middle: an interrupt is kept for afterwards.
final class Steadily {
    private Steadily() {}

    /// Work that is not interrupted.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    static void run(Work work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread.ofVirtual().name("module-change").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    Throwable cause = failed.getCause();
                    if (cause instanceof IOException disk) {
                        throw disk;
                    }
                    if (cause instanceof RuntimeException refused) {
                        throw refused;
                    }
                    throw new IllegalStateException(cause);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
