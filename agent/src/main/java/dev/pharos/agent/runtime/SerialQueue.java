// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomOrEnd = lock.newCondition();
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
    public int offer(T item) {
        int size;
        boolean idle;
        lock.lock();
        try {
            if (closed) {
                return CLOSED;
            }
            if (waiting.size() >= bound) {
                return FULL;
            }
            waiting.add(item);
            size = waiting.size();
            idle = wasIdle();
        } finally {
            lock.unlock();
        }
        startIf(idle);
        return size;
    }

    /// As [#offer], but waits for a place. Items of a closed queue are let go.
    public void put(T item) {
        boolean idle = false;
        lock.lock();
        try {
            while (!closed && waiting.size() >= bound) {
                roomOrEnd.awaitUninterruptibly();
            }
            if (!closed) {
                waiting.add(item);
                idle = wasIdle();
            }
        } finally {
            lock.unlock();
        }
        startIf(idle);
    }

    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more; what waits is let go, what runs ends by itself.
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            roomOrEnd.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean wasIdle() {
        boolean idle = !running;
        running = true;
        return idle;
    }

    /// Without the lock, which the new thread takes at once: a virtual thread that finds it held costs two more
    /// switches.
    private void startIf(boolean idle) {
        if (idle) {
            Thread.startVirtualThread(this::run);
        }
    }

    private void run() {
        for (T item = take(); item != null; item = take()) {
            handle(item);
        }
    }

    private @Nullable T take() {
        lock.lock();
        try {
            T next = waiting.poll();
            running = next != null;
            roomOrEnd.signalAll();
            return next;
        } finally {
            lock.unlock();
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
