// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.broker;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends one message after the other and waits for each to come back as it was.
final class RoundTrips {
    private static final long PATIENCE_SECONDS = 30;
    private static final int BYTES = 200;

    private static final long PROBE_MILLIS = 500;
    private static final byte[] PROBE = {1};

    private final BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
    private final Semaphore probesBack = new Semaphore(0);
    private int number;

    /// Sends one message, and may throw where it cannot.
    @FunctionalInterface
    interface Sender {
        void send(byte[] message) throws Exception;
    }

    /// A message has come back.
    void cameBack(byte[] message) {
        if (message.length == PROBE.length) {
            probesBack.release();
        } else {
            back.add(message);
        }
    }

    /// Returns when messages go there and back: until then they are for nobody.
    void awaitWay(Sender sender) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        do {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no message comes back");
            }
            sender.send(PROBE);
        } while (!probesBack.tryAcquire(PROBE_MILLIS, TimeUnit.MILLISECONDS));
    }

    /// @return microseconds a message, on average
    double measure(int times, Sender sender) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            byte[] message = new byte[BYTES];
            Arrays.fill(message, (byte) number++);
            sender.send(message);
            byte[] answer = back.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!Arrays.equals(message, answer)) {
                throw new IllegalStateException(
                        answer == null ? "a message did not come back" : "another message came back");
            }
        }
        return (System.nanoTime() - start) / 1e3 / times;
    }
}
