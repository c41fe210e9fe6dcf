// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Update;

/// In which five minutes there are new numbers of a device, and of which paths.
final class SeriesNotes {
    private final Map<Span, List<Integer>> spans;

    private SeriesNotes(Map<Span, List<Integer>> spans) {
        this.spans = spans;
    }

    private record Span(long device, Instant begin) {
        boolean holds(SeriesRows.Row sample) {
            return device == sample.device()
                    && !sample.time().isBefore(begin)
                    && sample.time().isBefore(begin.plus(SeriesStore.ROLLED));
        }
    }

    /// @param samples in the order of their key
    static SeriesNotes of(List<SeriesRows.Row> samples) {
        Map<Span, List<Integer>> spans = new LinkedHashMap<>();
        // what a device reports at once is in the same one
        Span last = new Span(0, Instant.MIN);
        List<Integer> paths = new ArrayList<>();
        for (SeriesRows.Row sample : samples) {
            if (sample.numeric()) {
                if (!last.holds(sample)) {
                    last = new Span(sample.device(), begin(sample.time()));
                    paths = spans.computeIfAbsent(last, _ -> new ArrayList<>());
                }
                if (paths.isEmpty() || paths.getLast() != sample.path()) {
                    paths.add(sample.path());
                }
            }
        }
        return new SeriesNotes(spans);
    }

    private static Instant begin(Instant time) {
        long span = SeriesStore.ROLLED.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), span) * span);
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /// Gives the statement its columns, of a row for each device and five minutes.
    Update bind(Update update) {
        return update.bindArray(
                        "devices",
                        Long.class,
                        spans.keySet().stream().map(Span::device).toList())
                .bindArray(
                        "times",
                        Long.class,
                        spans.keySet().stream()
                                .map(span -> ChronoUnit.MICROS.between(Instant.EPOCH, span.begin()))
                                .toList())
                .bindArray(
                        "paths",
                        String.class,
                        spans.values().stream().map(SeriesNotes::array).toList());
    }

    /// As PostgreSQL reads it.
    private static String array(List<Integer> numbers) {
        StringBuilder text = new StringBuilder("{");
        for (Integer number : numbers) {
            text.append(text.length() > 1 ? "," : "").append(number);
        }
        return text.append('}').toString();
    }
}
