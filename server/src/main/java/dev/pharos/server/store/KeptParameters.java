// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.TwinValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which parameters are kept: every value that comes is asked for. What was changed by this server is known at once, by
/// another server a moment later. Thread-safe.
final class KeptParameters {
    private final SeriesStore series;

    private volatile Known known = new Known(Map.of(), Map.of(), 0, -1);

    KeptParameters(SeriesStore series) {
        this.series = series;
    }

    /// @param objects the objects that are meant, by the name of the parameter
    /// @param asked what was answered already, by path: devices report the same ones over and over
    /// @param read when, by the clock of this process
    /// @param changes as [SeriesStore#changes] said before it was read
    private record Known(Map<String, List<Pattern>> objects, Map<String, Boolean> asked, long read, long changes) {
        private boolean old(long changesNow) {
            return changes != changesNow || System.nanoTime() - read > Limits.SERIES_KEPT_AGE.toNanos();
        }

        private boolean has(String path) {
            Boolean answered = asked.get(path);
            if (answered != null) {
                return answered;
            }
            int dot = path.lastIndexOf('.') + 1;
            String object = path.substring(0, dot);
            boolean meant = objects.getOrDefault(path.substring(dot), List.of()).stream()
                    .anyMatch(pattern -> pattern.matcher(object).matches());
            if (asked.size() < Limits.SERIES_PATHS) {
                asked.put(path, meant);
            }
            return meant;
        }
    }

    /// Secrets never are, nor what has a longer path than is kept anywhere.
    boolean has(TwinValue value) {
        Known now = known();
        return !now.objects().isEmpty()
                && !value.secured()
                && value.path().length() <= Limits.OBJECT_PATH
                && now.has(value.path());
    }

    private Known known() {
        Known now = known;
        long changes = series.changes();
        if (now.old(changes)) {
            now = new Known(read(), new ConcurrentHashMap<>(), System.nanoTime(), changes);
            known = now;
        }
        return now;
    }

    private Map<String, List<Pattern>> read() {
        return series.kept().stream()
                .flatMap(kept -> ParameterPattern.of(kept.pattern()).stream())
                .collect(Collectors.groupingBy(
                        ParameterPattern::parameter,
                        Collectors.mapping(meant -> Pattern.compile(meant.expression()), Collectors.toList())));
    }
}
