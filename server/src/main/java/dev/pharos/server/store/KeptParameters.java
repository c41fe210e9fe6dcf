// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.TwinValue;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which parameters are kept, as it was a moment ago: every value that comes is asked for. Thread-safe.
final class KeptParameters {
    private final SeriesStore series;

    private volatile Known known = new Known(Map.of(), 0, false);

    KeptParameters(SeriesStore series) {
        this.series = series;
    }

    /// @param objects the objects that are meant, by the name of the parameter
    /// @param read when, by the clock of this process
    private record Known(Map<String, List<Pattern>> objects, long read, boolean ever) {
        private boolean old() {
            return !ever || System.nanoTime() - read > Limits.SERIES_KEPT_AGE.toNanos();
        }
    }

    /// Secrets never are.
    boolean has(TwinValue value) {
        Map<String, List<Pattern>> objects = objects();
        if (objects.isEmpty() || value.secured()) {
            return false;
        }
        int dot = value.path().lastIndexOf('.') + 1;
        String object = value.path().substring(0, dot);
        return objects.getOrDefault(value.path().substring(dot), List.of()).stream()
                .anyMatch(meant -> meant.matcher(object).matches());
    }

    private Map<String, List<Pattern>> objects() {
        Known now = known;
        if (now.old()) {
            now = new Known(read(), System.nanoTime(), true);
            known = now;
        }
        return now.objects();
    }

    private Map<String, List<Pattern>> read() {
        return series.kept().stream()
                .flatMap(kept -> ParameterPattern.of(kept.pattern()).stream())
                .collect(Collectors.groupingBy(
                        ParameterPattern::parameter,
                        Collectors.mapping(meant -> Pattern.compile(meant.expression()), Collectors.toList())));
    }
}
