// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.bench.server.Tally.Passed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTableTest {
    @Test
    void every_job_has_a_row_without_tls_and_one_with_it_and_every_way_a_column() {
        Map<TrafficJob, Passed> jobs = Map.of(TrafficJob.SET, new Passed(1_000, 234, 3, 1));

        String table = TrafficTable.of(
                Map.of(TrafficWay.CWMP, jobs, TrafficWay.WS, jobs, TrafficWay.CWMPS, jobs, TrafficWay.WSS, jobs));

        assertThat(table.lines())
                .contains("| bytes and round trips | cwmp | ws |", "| over TLS | cwmps | wss |")
                .contains("| one value is changed | 1,234 · 3 | 1,234 · 3 |");
        assertThat(table.lines().filter(line -> line.startsWith("| one value"))).hasSize(2);
        assertThat(table.lines().filter(line -> line.startsWith("| the device says")))
                .hasSize(2);
    }
}
