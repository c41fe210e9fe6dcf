// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.util.EnumMap;
import java.util.Map;

/// How many devices of a job stand how.
public record JobProgress(Map<TargetState.Kind, Long> counts) {
    public static final JobProgress NONE = new JobProgress(Map.of());

    public JobProgress {
        EnumMap<TargetState.Kind, Long> copy = new EnumMap<>(TargetState.Kind.class);
        copy.putAll(counts);
        counts = java.util.Collections.unmodifiableMap(copy);
    }

    public long of(TargetState.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
