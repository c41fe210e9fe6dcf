// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The time zone as POSIX writes it (`CET-1CEST,M3.5.0,M10.5.0/3`), which `LocalTimeZone` wants: the last
/// line of a compiled time zone (RFC 8536 §3.3).
final class TimeZoneRule {
    private static final int LONGEST = 256;

    private TimeZoneRule() {}

    static String of(HostFiles files) {
        return files.bytes("/etc/localtime").flatMap(TimeZoneRule::footer).orElse("UTC0");
    }

    static Optional<String> footer(byte[] compiled) {
        int end = compiled.length - 1;
        boolean valid = end > 4 && compiled[0] == 'T' && compiled[1] == 'Z' && compiled[end] == '\n';
        if (!valid) {
            return Optional.empty();
        }
        int start = end;
        while (start > 0 && compiled[start - 1] != '\n' && end - start <= LONGEST) {
            start--;
        }
        String rule = new String(compiled, start, end - start, StandardCharsets.US_ASCII);
        return rule.matches("[ -~]{1," + LONGEST + "}") ? Optional.of(rule) : Optional.empty();
    }
}
