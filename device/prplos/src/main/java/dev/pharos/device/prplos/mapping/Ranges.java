// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ranges of ports, as the firewall has them.
final class Ranges {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:[-:]([0-9]{1,5}))?");

    private Ranges() {}

    /// @param none what is shown where there is no such end
    /// @return empty where it is no range
    static Optional<String> shown(Optional<String> text, boolean upper, String none) {
        if (text.isEmpty()) {
            return Optional.of(none);
        }
        Matcher range = RANGE.matcher(text.get());
        if (!range.matches()) {
            return Optional.empty();
        }
        String end = range.group(upper ? 2 : 1);
        return Optional.of(end == null ? none : Integer.toString(Integer.parseInt(end)));
    }

    /// @return empty where all ports are meant
    static String written(String lower, String upper) {
        int from = number(lower);
        int to = number(upper);
        if (to != 0 && to < from) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, "the range ends before it begins");
        }
        if (from == 0) {
            return "";
        }
        return to == 0 || to == from ? Integer.toString(from) : from + "-" + to;
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
    }
}
