// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as dnsmasq has them.
final class Durations {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,7})([smhdw]?)");
    private static final String ENDLESS = "-1";

    private Durations() {}

    /// @return empty where it is no time
    static Optional<String> seconds(String text) {
        if (text.equals("infinite")) {
            return Optional.of(ENDLESS);
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        long unit = switch (time.group(2)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            default -> 1;
        };
        return Optional.of(Long.toString(Long.parseLong(time.group(1)) * unit));
    }

    static String written(String seconds) {
        if (seconds.equals(ENDLESS)) {
            return "infinite";
        }
        long time = Long.parseLong(seconds);
        return time != 0 && time % 3_600 == 0 ? time / 3_600 + "h" : Long.toString(time);
    }
}
