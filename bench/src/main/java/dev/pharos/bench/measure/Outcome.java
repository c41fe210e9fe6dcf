// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a benchmark found.
///
/// @param ratio ours divided by the baseline, the median over the rounds
/// @param target what the ratio is held to
/// @param lowerIsBetter whether the ratio must be at most the target, else at least
/// @param ours the median of our side, in `unit`
/// @param baseline the median of the other side, in `unit`
/// @param also whole numbers that were counted beside it, by their names in JSON, in their order there
public record Outcome(
        double ratio,
        double target,
        boolean lowerIsBetter,
        double ours,
        double baseline,
        String unit,
        int rounds,
        SequencedMap<String, Long> also) {
    public Outcome {
        if (!Double.isFinite(ratio) || !Double.isFinite(ours) || !Double.isFinite(baseline)) {
            throw new IllegalArgumentException("nothing was measured: " + ours + " / " + baseline + " " + unit);
        }
        also = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(also));
    }

    /// With nothing counted beside it.
    public Outcome(
            double ratio, double target, boolean lowerIsBetter, double ours, double baseline, String unit, int rounds) {
        this(ratio, target, lowerIsBetter, ours, baseline, unit, rounds, new LinkedHashMap<>());
    }

    public boolean holds() {
        return lowerIsBetter ? ratio <= target : ratio >= target;
    }
}
