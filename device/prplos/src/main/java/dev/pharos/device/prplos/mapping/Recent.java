// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// What was found out just now: looked for when somebody wants to know, and not again for a moment, also where nothing
/// was found. Who wants to know the same waits meanwhile. Thread-safe.
final class Recent<K, V> {
    private final Finding<K, V> finding;
    private final V nothing;
    private final LongSupplier nanos;
    private final ReentrantLock one = new ReentrantLock();
    private final Map<K, Found<V>> found = new HashMap<>();

    /// How something is found out.
    @FunctionalInterface
    interface Finding<K, V> {
        V of(K key) throws InterruptedException;
    }

    /// @param at when it was found out
    private record Found<V>(V value, long at) {}

    /// @param nothing what there is for whoever is told to stop
    Recent(Finding<K, V> finding, V nothing, LongSupplier nanos) {
        this.finding = finding;
        this.nothing = nothing;
        this.nanos = nanos;
    }

    /// All is looked for again: something has happened.
    void forget() {
        one.lock();
        try {
            found.clear();
        } finally {
            one.unlock();
        }
    }

    V of(K key) {
        one.lock();
        try {
            Found<V> last = found.get(key);
            if (last != null && nanos.getAsLong() - last.at() < Limits.RECENT.toNanos()) {
                return last.value();
            }
            if (found.size() >= Limits.QUESTIONS) {
                found.clear();
            }
            V value = finding.of(key);
            found.put(key, new Found<>(value, nanos.getAsLong()));
            return value;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return nothing;
        } finally {
            one.unlock();
        }
    }
}
