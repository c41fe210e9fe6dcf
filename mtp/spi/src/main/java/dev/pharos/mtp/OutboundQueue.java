// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Sends Records one after the other, and waits where a connection takes no more at the moment, so that
/// whoever puts them in does not. A virtual thread does it, which lives only while there are any.
public final class OutboundQueue {
    /// How long a full connection is left alone.
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final int bound;
    private final ArrayDeque<Sending> waiting = new ArrayDeque<>(1);
    private boolean running;
    private boolean closed;

    /// The sending of one Record.
    @FunctionalInterface
    public interface Sending {
        /// @throws QueueFullException where it is to be tried again
        /// @throws IOException where it is in vain
        void send() throws IOException;
    }

    /// @param bound Records that may wait
    public OutboundQueue(int bound) {
        this.bound = bound;
    }

    /// @return false where the queue is full or closed
    public boolean offer(Sending sending) {
        synchronized (this) {
            if (closed || waiting.size() >= bound) {
                return false;
            }
            waiting.addLast(sending);
            if (running) {
                return true;
            }
            running = true;
        }
        // without the monitor, which the new thread enters at once
        Thread.ofVirtual().name("outbound").start(this::run);
        return true;
    }

    /// Lets go of all that waits.
    public synchronized void close() {
        closed = true;
        waiting.clear();
    }

    private void run() {
        for (Sending next = take(); next != null; next = take()) {
            send(next);
        }
    }

    private synchronized @Nullable Sending take() {
        Sending next = waiting.pollFirst();
        running = next != null;
        return next;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void send(Sending sending) {
        while (!isClosed()) {
            try {
                sending.send();
                return;
            } catch (QueueFullException full) {
                pause();
            } catch (IOException inVain) {
                // Whoever put it in finds out by the silence of the peer, as with any Record that is lost.
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }
}
