// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.server.Tally.Passed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What each job costs over each way, as a table in Markdown: bytes of both directions and round trips, first without
/// TLS and then with it.
final class TrafficTable {
    private TrafficTable() {}

    static String of(Map<TrafficWay, Map<TrafficJob, Passed>> measured) {
        StringBuilder text = new StringBuilder();
        for (boolean encrypted : new boolean[] {false, true}) {
            List<TrafficWay> ways = Arrays.stream(TrafficWay.values())
                    .filter(way -> way.encrypted() == encrypted && measured.containsKey(way))
                    .toList();
            text.append(encrypted ? "| over TLS |" : "| bytes and round trips |");
            ways.forEach(way -> text.append(' ').append(way.listener()).append(" |"));
            text.append("\n|---|").append("---|".repeat(ways.size())).append('\n');
            for (TrafficJob job : TrafficJob.values()) {
                text.append("| ").append(job.meaning()).append(" |");
                ways.forEach(way -> text.append(' ')
                        .append(words(measured.getOrDefault(way, Map.of()).getOrDefault(job, Passed.NOTHING)))
                        .append(" |"));
                text.append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String words(Passed passed) {
        return String.format(Locale.ROOT, "%,d · %d", passed.bytes(), passed.roundTrips());
    }
}
