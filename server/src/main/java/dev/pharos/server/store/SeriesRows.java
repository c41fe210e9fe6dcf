// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.TwinValue;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.Update;

/// Values that are to be kept as what parameters were.
final class SeriesRows {
    private static final Comparator<Row> BY_KEY =
            Comparator.comparingLong(Row::device).thenComparingInt(Row::path).thenComparing(Row::time);

    private final List<Row> rows = new ArrayList<>();
    private boolean onlyReported = true;

    /// @param device its number
    /// @param path the number of the path
    /// @param object where the parameter is, with its last dot
    /// @param reported whether it comes of a report
    record Row(
            long device,
            int path,
            Instant time,
            String value,
            boolean numeric,
            String object,
            String name,
            boolean reported) {
        boolean sameKey(Row other) {
            return device == other.device && path == other.path && time.equals(other.time);
        }

        /// As a row of `series`.
        void write(BinaryRows copy) throws SQLException {
            copy.row(5);
            copy.bigint(device);
            copy.integer(path);
            copy.time(time);
            if (numeric) {
                copy.numeric(new BigDecimal(value));
                copy.none();
            } else {
                copy.none();
                copy.text(Storable.left(value, Limits.SAMPLE_TEXT));
            }
        }
    }

    /// @param device its number
    /// @param path the number of the path
    void add(long device, long path, TwinValue value) {
        int dot = value.path().lastIndexOf('.') + 1;
        String text = Storable.text(value.value());
        boolean reported = value.source() == TwinValue.Source.BULK;
        rows.add(new Row(
                device,
                Math.toIntExact(path),
                value.time().truncatedTo(ChronoUnit.MICROS),
                text,
                ValueTest.NUMBER.matcher(text).matches(),
                value.path().substring(0, dot),
                value.path().substring(dot),
                reported));
        onlyReported &= reported;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Whether all of them come of reports.
    boolean onlyReported() {
        return onlyReported;
    }

    /// All times, each once.
    Set<Instant> times() {
        Set<Instant> times = new HashSet<>();
        rows.forEach(row -> times.add(row.time()));
        return times;
    }

    /// In the order of their key, so that two writers never wait for each other crosswise; of two with the same the
    /// first.
    List<Row> inOrder() {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(BY_KEY);
        List<Row> once = new ArrayList<>(sorted.size());
        for (Row row : sorted) {
            if (once.isEmpty() || !once.getLast().sameKey(row)) {
                once.add(row);
            }
        }
        return once;
    }

    /// Gives the statement its columns.
    Update bind(Update update) {
        return update.bindArray("devices", Long.class, numbers(Row::device))
                .bindArray("numbers", Long.class, numbers(Row::path))
                // as a number: a text would mean another moment in the hour that a change of the clock repeats
                .bindArray("times", Long.class, numbers(row -> ChronoUnit.MICROS.between(Instant.EPOCH, row.time())))
                .bindArray("values", String.class, texts(Row::value))
                .bindArray("numeric", Long.class, numbers(row -> row.numeric() ? 1 : 0))
                .bindArray("objects", String.class, texts(Row::object))
                .bindArray("names", String.class, texts(Row::name))
                .bindArray("reports", Long.class, numbers(row -> row.reported() ? 1 : 0));
    }

    private List<Long> numbers(ToLongFunction<Row> column) {
        return rows.stream().map(column::applyAsLong).toList();
    }

    private List<String> texts(Function<Row, String> column) {
        return rows.stream().map(column).toList();
    }
}
