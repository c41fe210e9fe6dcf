// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.Frozen;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/// How many devices have which value.
///
/// @param devices that the query means
/// @param having those of them that have a value at all
/// @param distinct how many different values there are
/// @param values the most frequent ones, first the most frequent, equally frequent ones by their text
/// @param bars all values by their size, for a parameter whose values are all numbers and differ; else empty
public record FacetCounts(long devices, long having, long distinct, List<Count> values, List<Bar> bars) {
    /// How many bars a histogram has.
    public static final int BARS = 10;

    public FacetCounts {
        values = Frozen.list(values);
        bars = Frozen.list(bars);
    }

    /// @param devices that have the value, in one row or in several
    public record Count(String value, long devices) {}

    /// @param from the smallest value that belongs here
    /// @param to the next bar begins here; the last bar's end belongs to it
    /// @param devices that have a value within
    public record Bar(BigDecimal from, BigDecimal to, long devices) {}

    /// The bounds of bars of equal width from the smallest value to the largest: one more than there are bars.
    public static List<BigDecimal> bounds(BigDecimal low, BigDecimal high) {
        BigDecimal width = high.subtract(low);
        return IntStream.rangeClosed(0, BARS)
                .mapToObj(i -> low.add(width.multiply(BigDecimal.valueOf(i)).movePointLeft(1)))
                .map(FacetCounts::plain)
                .toList();
    }

    private static BigDecimal plain(BigDecimal bound) {
        BigDecimal stripped = bound.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
