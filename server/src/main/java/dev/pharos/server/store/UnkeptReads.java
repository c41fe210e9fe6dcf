// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.TwinUpdate;
import dev.pharos.controller.store.TwinValue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// What one device answered to reads and its twin does not hold yet, all answers together as one change. It is kept
/// once and takes nothing after that.
final class UnkeptReads {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> forgotten = new TreeSet<>();
    private final Map<String, TwinValue> values = new LinkedHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger total;
    private final AtomicInteger failures = new AtomicInteger();
    private int size;
    private boolean ended;
    private volatile boolean kept;

    /// @param total how many values wait of all devices, which counts these too
    UnkeptReads(AtomicInteger total) {
        this.total = total;
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
        ENDED
    }

    Changed change(Change change) {
        lock.lock();
        try {
            if (ended) {
                return Changed.ENDED;
            }
            boolean first = size == 0;
            change.on(this);
            resize();
            return first ? Changed.FIRST : Changed.ANOTHER;
        } finally {
            lock.unlock();
        }
    }

    private void resize() {
        // an answer without values forgets others, which is something to keep too
        int now = values.size() + forgotten.size();
        total.addAndGet(now - size);
        size = now;
    }

    void put(Collection<TwinValue> learnt) {
        learnt.forEach(value -> values.put(value.path(), value));
    }

    void replaceUnder(String objectPath, Collection<TwinValue> learnt) {
        values.keySet().removeIf(path -> path.startsWith(objectPath));
        forgotten.removeIf(path -> path.startsWith(objectPath));
        forgotten.add(objectPath);
        put(learnt);
    }

    /// Waits for whoever keeps it; whoever comes meanwhile waits in turn, until [#unlock].
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /// How much there is to keep; of a device that is locked.
    int size() {
        return size;
    }

    /// Everything that waits; of a device that is locked.
    TwinUpdate waiting() {
        return new TwinUpdate(forgotten, List.copyOf(values.values()));
    }

    /// Nothing waits any more, and it takes no more.
    ///
    /// @param stored whether all of it is kept, or given up
    void end(boolean stored) {
        lock.lock();
        try {
            forgotten.clear();
            values.clear();
            resize();
            if (!ended) {
                ended = true;
                kept = stored;
                end.countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return whether all of it was kept within that time
    boolean awaitEnd(Duration patience) {
        try {
            return end.await(patience.toNanos(), TimeUnit.NANOSECONDS) && kept;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Counts a failure to keep them.
    ///
    /// @return how many there were
    int failed() {
        return failures.incrementAndGet();
    }
}
