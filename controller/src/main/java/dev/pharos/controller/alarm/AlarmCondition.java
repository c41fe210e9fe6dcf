// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import dev.pharos.controller.store.EventKind;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// What must be so for an alarm.
public sealed interface AlarmCondition {

    /// In a few words.
    String sentence();

    /// A device is as a query says, for a while.
    ///
    /// @param query as it was written
    /// @param lasting for how long without a break; zero for at once
    record Holds(String query, Duration lasting) implements AlarmCondition {
        @Override
        public String sentence() {
            return query + (lasting.isZero() ? "" : " for " + Spans.text(lasting));
        }
    }

    /// Events come in numbers.
    ///
    /// @param kinds empty for all but alarms
    /// @param path what the event's path and name, one after the other, begin with
    /// @param atLeast how many of them, on one device
    /// @param within how long
    record Happens(Set<EventKind> kinds, String path, int atLeast, Duration within) implements AlarmCondition {
        public Happens {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String sentence() {
            String what = kinds.isEmpty()
                    ? "events"
                    : kinds.stream().map(EventKind::text).sorted().collect(Collectors.joining(", "));
            return atLeast + " × " + what + (path.isEmpty() ? "" : " " + path) + " within " + Spans.text(within);
        }
    }
}
