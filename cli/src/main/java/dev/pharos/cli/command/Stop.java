// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM: ends a long-running command in order, within five seconds.
final class Stop {
    private static final long GRACE_SECONDS = 4;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Stop() {}

    /// Runs `tidyUp` when the process is asked to end.
    static Stop onSignal(Runnable tidyUp) {
        Stop stop = new Stop();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.asked.countDown();
                            Thread worker = Thread.ofPlatform().daemon().start(() -> {
                                tidyUp.run();
                                stop.done.countDown();
                            });
                            stop.awaitDone(worker);
                        },
                        "pharos-stop"));
        return stop;
    }

    private void awaitDone(Thread worker) {
        try {
            if (!done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                worker.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /// Waits until the process is asked to end.
    void await() throws InterruptedException {
        asked.await();
        done.await(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /// Waits so long, or until the process is asked to end.
    void await(long millis) throws InterruptedException {
        asked.await(millis, TimeUnit.MILLISECONDS);
    }
}
