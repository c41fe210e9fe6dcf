// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.Limits;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One observer with what waits for it.
public final class Observation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final ControllerObserver observer;
    private final Consumer<Observation> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Consumer<ControllerObserver>> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private boolean running;
    private boolean closed;

    Observation(ControllerObserver observer, Consumer<Observation> onClose) {
        this.observer = observer;
        this.onClose = onClose;
    }

    boolean wantsWire() {
        return observer.wantsWire();
    }

    void offer(Consumer<ControllerObserver> what) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (waiting.size() >= Limits.OBSERVER_QUEUE) {
                waiting.removeFirst();
                dropped.increment();
            }
            waiting.addLast(what);
            if (!running) {
                running = true;
                Thread.ofVirtual().name("observer").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Consumer<ControllerObserver> next = take(); next != null; next = take()) {
            try {
                next.accept(observer);
            } catch (RuntimeException defect) {
                LOG.warn("an observer failed; it is told the next thing all the same", defect);
            }
        }
    }

    private @Nullable Consumer<ControllerObserver> take() {
        lock.lock();
        try {
            Consumer<ControllerObserver> next = waiting.pollFirst();
            running = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// How much this observer missed because it was slow.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }
}
