// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// For how long each interface has worked since its counters were last zero. Thread-safe.
///
/// Only what changed since boot has an entry: everything else has been as it is since boot.
final class Activity {
    private final Map<String, Span> spans = new ConcurrentHashMap<>();
    private volatile Instant bootedAt;

    Activity(Instant bootedAt) {
        this.bootedAt = bootedAt;
    }

    Instant bootedAt() {
        return bootedAt;
    }

    /// Forgets all: the gateway has just started.
    void boot(Instant now) {
        spans.clear();
        bootedAt = now;
    }

    /// The working state of this row changed, and with it its `LastChange`.
    void changed(String path, boolean nowUp, Instant now) {
        spans.compute(path, (key, span) -> {
            Span before = span == null
                    ? new Span(Duration.ZERO, nowUp ? Optional.empty() : Optional.of(bootedAt), now)
                    : span;
            return new Span(before.active(now), nowUp ? Optional.of(now) : Optional.empty(), now);
        });
    }

    /// The counters of this row begin again at zero; its `LastChange` stays.
    void reset(String path, boolean up, Instant now) {
        spans.compute(
                path,
                (key, span) -> new Span(
                        Duration.ZERO,
                        up ? Optional.of(now) : Optional.empty(),
                        span == null ? bootedAt : span.changedAt()));
    }

    /// Something at this path happened now.
    void touch(String path, Instant now) {
        spans.put(path, new Span(Duration.ZERO, Optional.empty(), now));
    }

    void forget(String rowPath) {
        spans.keySet().removeIf(path -> path.startsWith(rowPath));
    }

    Instant changedAt(String path) {
        Span span = spans.get(path);
        return span == null ? bootedAt : span.changedAt();
    }

    /// @param up whether the row works now, which decides for rows that never changed
    Duration active(String path, boolean up, Instant now) {
        Span span = spans.get(path);
        if (span != null) {
            return span.active(now);
        }
        return up ? Duration.between(bootedAt, now) : Duration.ZERO;
    }

    private record Span(Duration before, Optional<Instant> since, Instant changedAt) {
        Duration active(Instant now) {
            return since.map(begin -> before.plus(Duration.between(begin, now))).orElse(before);
        }
    }
}
