// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `ping` printed, be it that of iputils or of BusyBox. Nothing that it prints beyond what was asked for counts.
///
/// @param status one of IPPing()'s; empty where the program did not even begin
/// @param micros round-trip times of the answers in time that say one
record PingReport(String status, long sent, long answered, List<Long> micros) {
    private static final Pattern ANSWER = Pattern.compile("^\\d{1,6} bytes from .{1,200}?[: ](?:icmp_)?seq=(\\d{1,6})"
            + "(?: ttl=\\d{1,3})?(?: time=([0-9]{1,9}(?:\\.[0-9]{1,6})?) ms)?(?: \\(.*\\))?\\s*$");

    PingReport {
        micros = List.copyOf(micros);
    }

    /// @param sent how many were to be sent
    /// @param timeoutMillis later answers do not count
    static PingReport read(String output, long sent, long timeoutMillis) {
        List<Long> micros = new ArrayList<>();
        Set<Long> answered = new HashSet<>();
        for (String line : output.lines().toList()) {
            Matcher answer = ANSWER.matcher(line.substring(0, Math.min(line.length(), Limits.LINE)));
            if (!answer.find()) {
                continue;
            }
            String time = answer.group(2);
            // too small a packet has no room for the time that it was sent at
            long taken = time == null ? 0 : Math.round(Double.parseDouble(time) * 1_000);
            boolean isNew = answered.size() < sent && answered.add(Long.parseLong(answer.group(1)));
            if (isNew && taken > timeoutMillis * 1_000) {
                answered.remove(Long.parseLong(answer.group(1)));
            } else if (isNew && time != null) {
                micros.add(taken);
            }
        }
        return new PingReport(status(output), sent, answered.size(), micros);
    }

    private static String status(String output) {
        if (output.contains("ping statistics ---")) {
            return "Complete";
        }
        return output.contains("Network is unreachable")
                        || output.contains("No route to host")
                        || output.contains("Network unreachable")
                ? "Error_NoRouteToHost"
                : "";
    }

    LongSummaryStatistics times() {
        return micros.stream().mapToLong(Long::longValue).summaryStatistics();
    }
}
