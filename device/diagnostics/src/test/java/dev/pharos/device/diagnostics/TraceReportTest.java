// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What traceroute prints, read.
class TraceReportTest {
    private static final InetAddress TARGET = InetAddress.ofLiteral("10.2.0.2");

    private static TraceReport read(String output) {
        return TraceReport.read(output, TARGET, 5, 3);
    }

    @Test
    void every_hop_has_its_address_and_the_times_of_its_attempts() {
        TraceReport report = read("""
                traceroute to 10.2.0.2 (10.2.0.2), 5 hops max, 60 byte packets
                 1  10.1.0.2  0.076 ms  0.006 ms  0.005 ms
                 2  * * *
                 3  10.1.5.1  4.200 ms 10.1.6.1  5.1 ms *
                 4  10.2.0.2  6.164 ms  0.017 ms  0.008 ms
                """);

        assertThat(report.status()).isEqualTo("Complete");
        assertThat(report.hops())
                .containsExactly(
                        new TraceReport.Hop("10.1.0.2", 0, false, List.of(76L, 6L, 5L)),
                        new TraceReport.Hop("", 0, false, List.of(0L, 0L, 0L)),
                        new TraceReport.Hop("10.1.6.1", 0, false, List.of(4_200L, 5_100L, 0L)),
                        new TraceReport.Hop("10.2.0.2", 0, false, List.of(6_164L, 17L, 8L)));
    }

    @Test
    void the_form_of_busybox_is_read_too() {
        TraceReport report = read("""
                traceroute to 10.2.0.2 (10.2.0.2), 5 hops max, 46 byte packets
                 1  10.1.0.2 (10.1.0.2)  0.005 ms  0.003 ms  0.002 ms
                 2  *  10.2.0.2 (10.2.0.2)  0.007 ms  0.003 ms
                """);

        assertThat(report.status()).isEqualTo("Complete");
        assertThat(report.hops().getLast().address()).isEqualTo("10.2.0.2");
        assertThat(report.hops().getLast().micros()).containsExactly(0L, 7L, 3L);
    }

    @Test
    void a_router_that_knows_no_way_is_told_with_its_code() {
        TraceReport report = read(" 1  10.1.0.2  0.077 ms !H *\n");

        assertThat(report.status()).isEqualTo("Error_NoRouteToHost");
        assertThat(report.hops().getFirst().code()).isEqualTo(1);
        assertThat(read(" 1  10.1.0.2  0.077 ms !<10>\n").hops().getFirst().code())
                .isEqualTo(10);
    }

    @Test
    void silence_up_to_the_last_hop_is_no_arrival() {
        assertThat(read(" 1  10.1.0.2  1 ms\n 2  *\n 3  *\n 4  *\n 5  *\n").status())
                .isEqualTo("Error_MaxHopCountExceeded");
        assertThat(read("connect: Network is unreachable\n").status()).isEqualTo("Error_NoRouteToHost");
    }

    @Test
    void an_address_of_ipv6_is_known_in_its_short_form() {
        TraceReport report = TraceReport.read(
                " 1  fd00:1::2  0.078 ms  0.007 ms\n", InetAddress.ofLiteral("fd00:1:0:0:0:0:0:2"), 5, 3);

        assertThat(report.status()).isEqualTo("Complete");
    }

    @Test
    void hostile_output_is_bounded_and_invents_nothing() {
        StringBuilder flood = new StringBuilder("traceroute: Operation not permitted\n");
        for (int i = 1; i <= 5_000; i++) {
            flood.append(" %3d  1.2.3.4  ".formatted(i % 1_000))
                    .append("1 ms ".repeat(2_000))
                    .append('\n');
        }
        TraceReport report = read(flood.toString());
        assertThat(report.hops())
                .hasSize(5)
                .allSatisfy(hop -> assertThat(hop.micros()).hasSizeLessThanOrEqualTo(3));

        assertThat(read(" 7  10.2.0.2  1 ms\n").status()).isEmpty();
        assertThat(read("traceroute: Operation not permitted\n").status()).isEmpty();
        assertThat(read("").status()).isEmpty();
    }
}
