// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.SeriesStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one parameter of a device was.
///
/// @param kept whether it is kept now
/// @param from of the span that was looked at, in which it is contained
/// @param to the end, not contained
/// @param step seconds that a point is of; 0 where each is a value as it was told
/// @param points the oldest first
/// @param more whether there are older values in the span than are shown
public record Series(
        String path, boolean kept, Instant from, Instant to, int step, List<SeriesPoint> points, boolean more) {
    private static final int PLACES = 6;

    /// A value as it was told, or the numbers of a step.
    ///
    /// @param time where a step begins
    /// @param value absent in steps
    /// @param count of how many values; absent without steps, as the numbers before it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SeriesPoint(
            Instant time,
            @Nullable String value,
            @Nullable Double min,
            @Nullable Double avg,
            @Nullable Double max,
            @Nullable Long count) {
        public static SeriesPoint of(SeriesStore.Sample sample) {
            return new SeriesPoint(sample.time(), sample.value(), null, null, null, null);
        }

        public static SeriesPoint of(SeriesStore.Rolled step) {
            return new SeriesPoint(
                    step.time(), null, number(step.low()), number(step.average()), number(step.high()), step.count());
        }

        private static double number(BigDecimal number) {
            return number.setScale(PLACES, RoundingMode.HALF_UP).doubleValue();
        }
    }
}
