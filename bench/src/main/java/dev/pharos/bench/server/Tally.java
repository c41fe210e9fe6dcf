// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.IOException;
import java.time.Duration;

/// Counts what passes between devices and a listener of the server. Thread-safe.
final class Tally {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Passed passed = Passed.NOTHING;
    private Way last = Way.NONE;
    private long lastNanos = System.nanoTime();

    enum Way {
        NONE,
        /// From the devices.
        UP,
        DOWN
    }

    /// What passed, above TCP, UDP or the UNIX socket.
    ///
    /// @param up bytes from the devices
    /// @param down bytes to them
    /// @param turns how often another side began to speak
    /// @param connections that were opened
    record Passed(long up, long down, long turns, long connections) {
        static final Passed NOTHING = new Passed(0, 0, 0, 0);

        long bytes() {
            return up + down;
        }

        /// How often one side had to wait for the other: for what it said, and for each connection.
        long roundTrips() {
            return connections + (turns + 1) / 2;
        }
    }

    /// What passed since this was asked before.
    synchronized Passed take() {
        Passed taken = passed;
        passed = Passed.NOTHING;
        last = Way.NONE;
        return taken;
    }

    /// Waits until something has passed since [#take()].
    void awaitSomething() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (isEmpty()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("nothing passed within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    private synchronized boolean isEmpty() {
        return passed.bytes() == 0;
    }

    /// Waits until nothing has passed for so long.
    void awaitQuiet(Duration quiet) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long still = quiet.toNanos();
        while (System.nanoTime() - lastPassed() < still) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("it did not become quiet within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    private synchronized long lastPassed() {
        return lastNanos;
    }

    synchronized void count(Way way, int bytes) {
        passed = new Passed(
                passed.up() + (way == Way.UP ? bytes : 0),
                passed.down() + (way == Way.DOWN ? bytes : 0),
                passed.turns() + (way == last ? 0 : 1),
                passed.connections());
        last = way;
        lastNanos = System.nanoTime();
    }

    synchronized void countConnection() {
        passed = new Passed(passed.up(), passed.down(), passed.turns(), passed.connections() + 1);
        lastNanos = System.nanoTime();
    }
}
