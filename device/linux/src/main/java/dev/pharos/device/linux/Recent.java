// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What the host said lately: all reads of the same second share one look at each of its files, so that a Get of
/// everything costs what it shows and a flood of them no more. What is read is never older than [Limits#RECENT].
/// Thread-safe.
final class Recent<V> {
    private final Function<String, V> source;
    private final LongSupplier nanos;
    private volatile Look look;

    /// One look at the host.
    private final class Look {
        private final long since = nanos.getAsLong();
        private final Map<String, V> seen = new ConcurrentHashMap<>();
    }

    /// @param source looks at one thing of the host, by its name
    Recent(Function<String, V> source) {
        this(source, System::nanoTime);
    }

    /// @param nanos a clock that never goes back, in nanoseconds
    Recent(Function<String, V> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.look = new Look();
    }

    V get(String name) {
        Look current = look;
        if (nanos.getAsLong() - current.since >= Limits.RECENT.toNanos()) {
            current = new Look();
            look = current;
        }
        return current.seen.computeIfAbsent(name, source);
    }
}
