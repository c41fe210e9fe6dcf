// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// What the Controller counts since its start.
public final class Counters {
    private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

    /// What is counted.
    public enum Counter {
        RECORDS_IN,
        RECORDS_OUT,
        RECORDS_REFUSED,
        CALLS,
        CALLS_TIMED_OUT,
        /// Answers that came after their call had given up.
        ANSWERS_LATE,
        /// Answers that no call waited for (R-MSG.9).
        ANSWERS_UNEXPECTED,
        NOTIFICATIONS,
        /// Notifications that were stored before, acknowledged again.
        NOTIFICATIONS_REPEATED,
        /// Notifications that could not be stored and were therefore not acknowledged.
        NOTIFICATIONS_NOT_STORED,
        EVENTS_STORED,
        ONBOARDINGS,
        ONBOARDINGS_FAILED
    }

    public Counters() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, new LongAdder());
        }
    }

    public void count(Counter what) {
        adder(what).increment();
    }

    public long value(Counter what) {
        return adder(what).sum();
    }

    private LongAdder adder(Counter what) {
        return Objects.requireNonNull(counts.get(what));
    }
}
