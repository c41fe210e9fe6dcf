// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.Limits;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.Optional;
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
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private long weight;
    private boolean running;
    private boolean closed;

    private record Waiting(Consumer<ControllerObserver> what, int weight) {}

    Observation(ControllerObserver observer, Consumer<Observation> onClose) {
        this.observer = observer;
        this.onClose = onClose;
    }

    boolean wantsWire() {
        return observer.wantsWire();
    }

    boolean wantsWire(Optional<EndpointId> device) {
        return observer.wantsWire(device);
    }

    boolean wantsEvents() {
        return observer.wantsEvents();
    }

    /// @param bytes how much memory it takes while it waits
    void offer(Consumer<ControllerObserver> what, int bytes) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            waiting.addLast(new Waiting(what, bytes));
            weight += bytes;
            while (waiting.size() > 1
                    && (waiting.size() > Limits.OBSERVER_QUEUE || weight > Limits.OBSERVER_QUEUE_BYTES)) {
                weight -= waiting.removeFirst().weight();
                dropped.increment();
            }
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
            Waiting next = waiting.pollFirst();
            running = next != null;
            if (next == null) {
                return null;
            }
            weight -= next.weight();
            return next.what();
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
            weight = 0;
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }
}
