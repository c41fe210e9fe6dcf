// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// The monthly partitions of `events`, made when the first event of a month comes and dropped whole when the month is
/// past its keeping.
final class EventPartitions {
    private static final String PREFIX = "events_";

    /// Partitions that a committed transaction saw: one that was rolled back may have taken its partition with it.
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    void ensure(Handle handle, Instant time) {
        YearMonth month = YearMonth.from(time.atOffset(ZoneOffset.UTC));
        if (known.contains(month)) {
            return;
        }
        handle.execute("create table if not exists " + name(month) + " partition of events for values from ('"
                + start(month) + "') to ('" + start(month.plusMonths(1)) + "')");
        handle.afterCommit(() -> known.add(month));
    }

    void dropBefore(Handle handle, Instant time) {
        YearMonth firstKept = YearMonth.from(time.atOffset(ZoneOffset.UTC));
        for (String table : handle.createQuery(
                        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass")
                .mapTo(String.class)
                .list()) {
            YearMonth month = YearMonth.parse(table.substring(PREFIX.length()).replace('_', '-'));
            if (month.isBefore(firstKept)) {
                known.remove(month);
                handle.execute("drop table " + name(month));
            }
        }
    }

    /// A time within the month whose partition is called so; empty where none is.
    static Optional<Instant> monthOf(String name) {
        try {
            YearMonth month = YearMonth.parse(name.substring(PREFIX.length()).replace('_', '-'));
            return name.equals(name(month))
                    ? Optional.of(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                    : Optional.empty();
        } catch (DateTimeParseException | IndexOutOfBoundsException no) {
            return Optional.empty();
        }
    }

    private static String name(YearMonth month) {
        return String.format(Locale.ROOT, "%s%04d_%02d", PREFIX, month.getYear(), month.getMonthValue());
    }

    private static String start(YearMonth month) {
        return month.atDay(1) + "T00:00:00Z";
    }
}
