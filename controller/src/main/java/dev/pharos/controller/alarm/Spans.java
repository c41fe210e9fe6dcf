// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import java.time.Duration;

/// Lengths of time as people say them.
final class Spans {
    private Spans() {}

    /// `90 s`, `15 min`, `2 h`, `7 d`: in the largest unit of which it is a whole number.
    static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
