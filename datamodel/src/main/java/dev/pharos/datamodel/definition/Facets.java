// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a type allows beyond its base: TR-106's facets. Of a list they bind each item, but for `listLength`.
///
/// @param length characters of text, bytes of binary values
/// @param listLength characters of the whole comma-separated list
/// @param enumeration the only values allowed; empty where any is
/// @param patterns of which one must match; empty where any text will do
/// @param unit for people, such as `seconds`; empty where there is none
public record Facets(
        Optional<Range> length,
        Optional<Range> listLength,
        List<Range> ranges,
        List<String> enumeration,
        List<Pattern> patterns,
        String unit) {
    public static final Facets NONE =
            new Facets(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), "");

    public Facets {
        ranges = Frozen.list(ranges);
        enumeration = Frozen.list(enumeration);
        patterns = Frozen.list(patterns);
    }

    // patterns have no equality of their own

    @Override
    public boolean equals(Object other) {
        return other instanceof Facets that
                && length.equals(that.length)
                && listLength.equals(that.listLength)
                && ranges.equals(that.ranges)
                && enumeration.equals(that.enumeration)
                && patternTexts().equals(that.patternTexts())
                && unit.equals(that.unit);
    }

    @Override
    public int hashCode() {
        return ((ranges.hashCode() * 31 + enumeration.hashCode()) * 31
                                + patternTexts().hashCode())
                        * 31
                + length.hashCode();
    }

    private List<String> patternTexts() {
        return patterns.stream().map(Pattern::pattern).toList();
    }

    /// Both ends belong to the range; an empty end is open.
    public record Range(Optional<BigDecimal> minimum, Optional<BigDecimal> maximum) {
        public Range {
            if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
                throw new IllegalArgumentException("empty range " + minimum.get() + ".." + maximum.get());
            }
        }

        public boolean contains(BigDecimal value) {
            return minimum.map(m -> m.compareTo(value) <= 0).orElse(true)
                    && maximum.map(m -> m.compareTo(value) >= 0).orElse(true);
        }

        public boolean contains(long value) {
            return contains(BigDecimal.valueOf(value));
        }

        /// As people and model files write it: `1..32`, `..8`, `5..`.
        @Override
        public String toString() {
            return minimum.map(BigDecimal::toPlainString).orElse("") + ".."
                    + maximum.map(BigDecimal::toPlainString).orElse("");
        }
    }
}
