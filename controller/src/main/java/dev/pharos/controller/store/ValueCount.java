// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.ValueTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts devices by their values, for stores that keep everything in memory.
///
/// @param devices the values of each
/// @param measured whether numbers among them are quantities
record ValueCount(List<Set<String>> devices, boolean measured) {

    FacetCounts counts(int most) {
        Map<String, Long> byValue = devices.stream()
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<FacetCounts.Count> values = byValue.entrySet().stream()
                .map(entry -> new FacetCounts.Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(FacetCounts.Count::devices)
                        .reversed()
                        .thenComparing(FacetCounts.Count::value))
                .limit(most)
                .toList();
        long having = devices.stream().filter(each -> !each.isEmpty()).count();
        return new FacetCounts(devices.size(), having, byValue.size(), values, bars(byValue.keySet()));
    }

    private List<FacetCounts.Bar> bars(Set<String> distinct) {
        if (!measured
                || !distinct.stream()
                        .allMatch(value -> ValueTest.NUMBER.matcher(value).matches())) {
            return List.of();
        }
        List<BigDecimal> sorted =
                distinct.stream().map(BigDecimal::new).sorted().toList();
        if (sorted.isEmpty() || sorted.getFirst().compareTo(sorted.getLast()) == 0) {
            return List.of();
        }
        List<BigDecimal> bounds = FacetCounts.bounds(sorted.getFirst(), sorted.getLast());
        List<FacetCounts.Bar> bars = new ArrayList<>(FacetCounts.BARS);
        for (int i = 0; i < FacetCounts.BARS; i++) {
            BigDecimal from = bounds.get(i);
            BigDecimal to = bounds.get(i + 1);
            boolean last = i == FacetCounts.BARS - 1;
            bars.add(new FacetCounts.Bar(
                    from,
                    to,
                    devices.stream()
                            .filter(each -> each.stream()
                                    .map(BigDecimal::new)
                                    .anyMatch(value -> isWithin(value, from, to, last)))
                            .count()));
        }
        return bars;
    }

    private static boolean isWithin(BigDecimal value, BigDecimal from, BigDecimal to, boolean last) {
        int end = value.compareTo(to);
        return value.compareTo(from) >= 0 && (end < 0 || (last && end == 0));
    }
}
