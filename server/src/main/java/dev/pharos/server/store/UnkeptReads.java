// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// What one device answered to reads and its twin does not hold yet, in the order of the answers. It is kept once and
/// takes nothing after that.
final class UnkeptReads {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final AtomicInteger total;
    private final AtomicInteger failures = new AtomicInteger();
    private int size;
    private boolean kept;

    /// @param total how many values wait of all devices, which counts these too
    UnkeptReads(AtomicInteger total) {
        this.total = total;
    }

    private sealed interface Step {
        void keep(EndpointId device, TwinStore store);

        int size();
    }

    private record Put(Map<String, TwinValue> values) implements Step {
        @Override
        public void keep(EndpointId device, TwinStore store) {
            store.put(device, values.values());
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    private record Replace(String objectPath, List<TwinValue> values) implements Step {
        @Override
        public void keep(EndpointId device, TwinStore store) {
            store.replaceUnder(device, objectPath, values);
        }

        @Override
        public int size() {
            // an answer without values forgets others, which is something to keep too
            return values.size() + 1;
        }
    }

    /// Something else that was answered.
    @FunctionalInterface
    interface Change {
        void on(UnkeptReads reads);
    }

    /// What became of a change.
    enum Changed {
        FIRST,
        ANOTHER,
        KEPT_ALREADY
    }

    Changed change(Change change) {
        lock.lock();
        try {
            if (kept) {
                return Changed.KEPT_ALREADY;
            }
            boolean first = steps.isEmpty();
            change.on(this);
            resize(steps.stream().mapToInt(Step::size).sum());
            return first ? Changed.FIRST : Changed.ANOTHER;
        } finally {
            lock.unlock();
        }
    }

    private void resize(int now) {
        total.addAndGet(now - size);
        size = now;
    }

    void put(Collection<TwinValue> values) {
        if (!(steps.peekLast() instanceof Put)) {
            steps.add(new Put(new LinkedHashMap<>()));
        }
        if (steps.peekLast() instanceof Put last) {
            values.forEach(value -> last.values().put(value.path(), value));
        }
    }

    void replaceUnder(String objectPath, Collection<TwinValue> values) {
        steps.removeIf(step ->
                step instanceof Replace replaced && replaced.objectPath().startsWith(objectPath));
        steps.add(new Replace(objectPath, List.copyOf(values)));
    }

    /// Keeps everything, in order; whoever comes meanwhile waits until it is kept. Where the store cannot, what is not
    /// kept yet goes on waiting.
    void keep(EndpointId device, TwinStore store) {
        lock.lock();
        try {
            while (!steps.isEmpty()) {
                steps.getFirst().keep(device, store);
                resize(size - steps.removeFirst().size());
            }
            kept = true;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps nothing of what waits.
    void forget() {
        lock.lock();
        try {
            steps.clear();
            resize(0);
            kept = true;
        } finally {
            lock.unlock();
        }
    }

    /// Counts a failure to keep them.
    ///
    /// @return how many there were
    int failed() {
        return failures.incrementAndGet();
    }
}
