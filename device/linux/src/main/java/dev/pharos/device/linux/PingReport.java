// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `ping` of iputils printed.
///
/// @param status one of IPPing()'s
/// @param address that the host's name stands for; empty where it was not found
/// @param micros round-trip times of the answers in time
record PingReport(String status, String address, long sent, long answered, List<Long> micros) {
    private static final Pattern HEAD =
            Pattern.compile("^PING [^(\\n]*\\(([0-9A-Fa-f.:]+)(%[^)]*)?\\)", Pattern.MULTILINE);
    private static final Pattern ANSWER = Pattern.compile(
            "^\\d+ bytes from .*icmp_seq=(\\d+)(?: ttl=\\d+)?(?: time=([0-9]{1,9}(?:\\.[0-9]{1,6})?) ms)?");

    PingReport {
        micros = List.copyOf(micros);
    }

    /// @param sent how many were to be sent
    /// @param timeoutMillis later answers do not count
    static PingReport read(String output, long sent, long timeoutMillis) {
        Matcher head = HEAD.matcher(output);
        String address = head.find() ? head.group(1) : "";
        List<Long> micros = new ArrayList<>();
        long answered = 0;
        for (String line : output.lines().toList()) {
            Matcher answer = ANSWER.matcher(line);
            if (!answer.find() || line.contains("(DUP!)")) {
                continue;
            }
            String time = answer.group(2);
            // too small a packet has no room for the time that it was sent at
            long taken = time == null ? 0 : Math.round(Double.parseDouble(time) * 1_000);
            if (taken <= timeoutMillis * 1_000) {
                answered++;
                if (time != null) {
                    micros.add(taken);
                }
            }
        }
        return new PingReport(status(output, address), address, sent, Math.min(answered, sent), micros);
    }

    private static String status(String output, String address) {
        boolean unreachable = output.contains("Network is unreachable") || output.contains("No route to host");
        if (output.contains("ping statistics ---")) {
            return "Complete";
        }
        if (unreachable) {
            return "Error_NoRouteToHost";
        }
        boolean unresolved = output.contains("Name or service not known")
                || output.contains("Temporary failure in name resolution")
                || output.contains("No address associated with hostname")
                || output.contains("Address family for hostname not supported")
                || output.contains("unknown host");
        return unresolved && address.isEmpty() ? "Error_CannotResolveHostName" : "Error_Other";
    }

    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", status);
        if (!status.equals("Complete")) {
            return outputs;
        }
        LongSummaryStatistics times = micros.stream().mapToLong(Long::longValue).summaryStatistics();
        boolean any = times.getCount() > 0;
        outputs.put("IPAddressUsed", address);
        outputs.put("SuccessCount", Long.toString(answered));
        outputs.put("FailureCount", Long.toString(sent - answered));
        time(outputs, "AverageResponseTime", any ? Math.round(times.getAverage()) : 0);
        time(outputs, "MinimumResponseTime", any ? times.getMin() : 0);
        time(outputs, "MaximumResponseTime", any ? times.getMax() : 0);
        return outputs;
    }

    private static void time(Map<String, String> outputs, String name, long micros) {
        outputs.put(name, Long.toString(Math.ceilDiv(micros, 1_000)));
        outputs.put(name + "Detailed", Long.toString(micros));
    }
}
