// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes what comes of several devices at the same moment in one transaction, and keeps each caller until its own is
/// committed. Nobody waits for company: whoever comes while there is room writes at once, and those who come meanwhile
/// are written together by one of them.
///
/// What cannot be written together is written each by itself, so that one that cannot be kept is in nobody's way.
/// Thread-safe.
final class WritesTogether {
    private final Consumer<Map<EndpointId, List<TwinValue>>> write;
    private final int atOnce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private int writing;

    /// @param write returns when they are committed
    /// @param atOnce how many transactions may run at the same time
    WritesTogether(Consumer<Map<EndpointId, List<TwinValue>>> write, int atOnce) {
        this.write = write;
        this.atOnce = atOnce;
    }

    private enum State {
        WAITING,
        BEING_WRITTEN,
        KEPT,
        /// It could not be, with others or alone.
        FAILED
    }

    /// What one caller wants kept. What may change is guarded by the lock.
    private static final class Entry {
        private final EndpointId device;
        private final List<TwinValue> values;
        private State state = State.WAITING;

        /// Of what was written alone.
        private @Nullable RuntimeException failure;

        Entry(EndpointId device, List<TwinValue> values) {
            this.device = device;
            this.values = values;
        }

        boolean isOver() {
            return state == State.KEPT || state == State.FAILED;
        }
    }

    /// Returns when they are committed.
    ///
    /// @throws RuntimeException what the writing of these values threw
    void keep(EndpointId device, Collection<TwinValue> values) {
        Entry mine = new Entry(device, List.copyOf(values));
        enter(mine);
        for (List<Entry> some = turn(mine); !some.isEmpty(); some = turn(mine)) {
            write(some);
        }
        RuntimeException failure = mine.failure;
        if (failure != null) {
            throw failure;
        }
        if (mine.state == State.FAILED) {
            write.accept(Map.of(device, mine.values));
        }
    }

    private void enter(Entry mine) {
        lock.lock();
        try {
            waiting.addLast(mine);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until this entry is over, or it is on its caller to write.
    ///
    /// @return what to write, which need not be its own; nothing where it is over
    private List<Entry> turn(Entry mine) {
        lock.lock();
        try {
            while (!mine.isOver()) {
                if (mine.state == State.WAITING && writing < atOnce) {
                    writing++;
                    return some();
                }
                changed.awaitUninterruptibly();
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /// Those that have waited longest, no more than one statement should keep.
    private List<Entry> some() {
        List<Entry> some = new ArrayList<>();
        int values = 0;
        for (Entry next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            values += next.values.size();
            if (!some.isEmpty() && (some.size() >= Limits.TWINS_TOGETHER || values > Limits.TWIN_VALUES_TOGETHER)) {
                break;
            }
            next.state = State.BEING_WRITTEN;
            some.add(waiting.removeFirst());
        }
        return some;
    }

    private void write(List<Entry> some) {
        Map<EndpointId, List<TwinValue>> values = new LinkedHashMap<>();
        some.forEach(entry ->
                values.computeIfAbsent(entry.device, any -> new ArrayList<>()).addAll(entry.values));
        RuntimeException failure = null;
        try {
            write.accept(values);
        } catch (RuntimeException failed) {
            failure = failed;
        }
        over(some, failure);
    }

    private void over(List<Entry> some, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            writing--;
            for (Entry entry : some) {
                entry.state = failure == null ? State.KEPT : State.FAILED;
                entry.failure = some.size() == 1 ? failure : null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many wait for their turn.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
