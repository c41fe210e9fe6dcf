// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// The parts of a table that is partitioned by time, made when the first row of a span comes and dropped whole when the
/// span is past its keeping.
final class TimePartitions {
    /// What whoever makes a part holds, so that each is made by one.
    private static final long MAKING = 0x5061_7274_73L;

    private final String table;
    private final Span span;

    /// First days of partitions that a committed transaction saw: one that was rolled back may have taken its partition
    /// with it.
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    private TimePartitions(String table, Span span) {
        this.table = table;
        this.span = span;
    }

    /// How long a part is, in UTC.
    private enum Span {
        DAY,
        MONTH;

        private LocalDate first(LocalDate day) {
            return this == DAY ? day : day.withDayOfMonth(1);
        }

        private LocalDate next(LocalDate first) {
            return this == DAY ? first.plusDays(1) : first.plusMonths(1);
        }

        /// `2026-11` or `2026-11-26`.
        private String text(LocalDate first) {
            return this == DAY ? first.toString() : YearMonth.from(first).toString();
        }

        private LocalDate parse(String text) {
            return this == DAY ? LocalDate.parse(text) : YearMonth.parse(text).atDay(1);
        }
    }

    static TimePartitions ofEvents() {
        return new TimePartitions("events", Span.MONTH);
    }

    static TimePartitions ofSamples() {
        return new TimePartitions("series", Span.DAY);
    }

    static TimePartitions ofRolledSamples() {
        return new TimePartitions("series_rolled", Span.MONTH);
    }

    /// Those of every table that has such parts.
    static List<TimePartitions> all() {
        return List.of(ofEvents(), ofSamples(), ofRolledSamples());
    }

    String table() {
        return table;
    }

    void ensure(Handle handle, Instant time) {
        LocalDate first = span.first(LocalDate.ofInstant(time, ZoneOffset.UTC));
        if (known.contains(first)) {
            return;
        }
        // of two that find it missing one would fail: it looks for it before it waits for the other
        handle.execute("select pg_advisory_xact_lock(?)", MAKING);
        handle.execute("create table if not exists " + name(first) + " partition of " + table + " for values from ('"
                + start(first) + "') to ('" + start(span.next(first)) + "')");
        handle.afterCommit(() -> known.add(first));
    }

    void dropBefore(Handle handle, Instant time) {
        LocalDate firstKept = span.first(LocalDate.ofInstant(time, ZoneOffset.UTC));
        for (String part : parts(handle)) {
            Optional<LocalDate> first = first(part);
            if (first.isPresent() && first.get().isBefore(firstKept)) {
                known.remove(first.get());
                handle.execute("drop table " + part);
            }
        }
    }

    /// The names of all parts.
    List<String> parts(Handle handle) {
        return handle.createQuery("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = cast(:table as regclass) order by c.relname")
                .bind("table", table)
                .mapTo(String.class)
                .list();
    }

    /// A time within the part of this table that is called so; empty where none is.
    Optional<Instant> timeOf(String name) {
        return first(name).map(first -> first.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Optional<LocalDate> first(String name) {
        if (!name.startsWith(table + "_")) {
            return Optional.empty();
        }
        try {
            LocalDate first = span.parse(name.substring(table.length() + 1).replace('_', '-'));
            return name.equals(name(first)) ? Optional.of(first) : Optional.empty();
        } catch (DateTimeParseException no) {
            return Optional.empty();
        }
    }

    private String name(LocalDate first) {
        return table + "_" + span.text(first).replace('-', '_');
    }

    private static String start(LocalDate day) {
        return day + "T00:00:00Z";
    }
}
