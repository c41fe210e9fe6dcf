// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Figures as the sentences of a campaign have them.
final class Words {
    private Words() {}

    static String devices(long number) {
        return String.format(Locale.ROOT, number == 1 ? "%,d device" : "%,d devices", number);
    }

    static String list(List<Integer> sizes) {
        return sizes.stream()
                .map(size -> String.format(Locale.ROOT, "%,d", size))
                .collect(Collectors.joining(", "));
    }

    /// Nothing where there are none.
    static String absent(long number) {
        return number == 0
                ? ""
                : String.format(Locale.ROOT, number == 1 ? "; %,d was not there" : "; %,d were not there", number);
    }

    /// With two decimals at most, and thousands apart: `1,204`, `0.5`.
    static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    static String duration(Duration time) {
        if (time.toSeconds() % 3600 == 0 && time.toHours() > 0) {
            return time.toHours() == 1 ? "an hour" : time.toHours() + " hours";
        }
        return time.toSeconds() % 60 == 0 && time.toMinutes() > 0
                ? time.toMinutes() == 1 ? "a minute" : time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }
}
