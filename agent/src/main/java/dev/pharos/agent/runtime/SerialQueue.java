// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles items one after the other in the order in which they came, on a virtual thread that lives only
/// while there are any.
public final class SerialQueue<T> {
    /// An item was not taken, for as many wait as may.
    public static final int FULL = -1;

    /// An item was not taken, for the queue is closed.
    public static final int CLOSED = -2;

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final int bound;
    private final Consumer<T> handler;
    private final ArrayDeque<T> waiting = new ArrayDeque<>(1);
    private boolean running;
    private boolean closed;

    /// @param handler may wait; what it throws is logged and ends that item only
    public SerialQueue(int bound, Consumer<T> handler) {
        this.bound = bound;
        this.handler = handler;
    }

    /// Puts an item at the end.
    ///
    /// @return how many wait now, or [#FULL] or [#CLOSED], both negative, where the item was not taken
    public synchronized int offer(T item) {
        if (closed) {
            return CLOSED;
        }
        if (waiting.size() >= bound) {
            return FULL;
        }
        waiting.add(item);
        startIfNeeded();
        return waiting.size();
    }

    /// As [#offer], but waits for a place. Items of a closed queue are let go.
    public synchronized void put(T item) {
        boolean interrupted = false;
        while (!closed && waiting.size() >= bound) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (!closed) {
            waiting.add(item);
            startIfNeeded();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public synchronized int size() {
        return waiting.size();
    }

    /// Takes no more; what waits is let go, what runs ends by itself.
    public synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    private void startIfNeeded() {
        if (!running) {
            running = true;
            Thread.startVirtualThread(this::run);
        }
    }

    private void run() {
        while (true) {
            T item;
            synchronized (this) {
                T next = waiting.poll();
                if (next == null) {
                    running = false;
                    return;
                }
                item = next;
                notifyAll();
            }
            handle(item);
        }
    }

    private void handle(T item) {
        try {
            handler.accept(item);
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours while handling {}", item.getClass().getSimpleName(), defect);
        }
    }
}
