// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ping prints, read.
class PingReportTest {
    private static final String IPUTILS = """
            PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.289 ms
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.290 ms (DUP!)
            64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=2.04 ms
            64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=1700 ms

            --- 127.0.0.1 ping statistics ---
            4 packets transmitted, 3 received, 25% packet loss, time 601ms
            rtt min/avg/max/mdev = 0.040/0.164/0.289/0.124 ms
            """;

    private static final String BUSYBOX = """
            PING ::1 (::1): 56 data bytes
            64 bytes from ::1: seq=0 ttl=64 time=0.040 ms
            64 bytes from ::1: seq=1 ttl=64 time=1.500 ms
            64 bytes from ::1: seq=1 ttl=64 time=1.600 ms (DUP!)

            --- ::1 ping statistics ---
            3 packets transmitted, 2 packets received, 33% packet loss
            round-trip min/avg/max = 0.040/0.770/1.500 ms
            """;

    @Test
    void answers_in_time_count_and_duplicates_and_late_ones_do_not() {
        PingReport report = PingReport.read(IPUTILS, 4, 1_000);

        assertThat(report.status()).isEqualTo("Complete");
        assertThat(report.answered()).isEqualTo(2);
        assertThat(report.micros()).containsExactly(289L, 2_040L);
    }

    @Test
    void the_form_of_busybox_is_read_too() {
        PingReport report = PingReport.read(BUSYBOX, 3, 1_000);

        assertThat(report.status()).isEqualTo("Complete");
        assertThat(report.answered()).isEqualTo(2);
        assertThat(report.micros()).containsExactly(40L, 1_500L);
    }

    @Test
    void nobody_answering_is_complete_with_failures_only() {
        String silence =
                "PING ::1(::1) 56 data bytes\n\n--- ::1 ping statistics ---\n1 packets transmitted, 0 received\n";

        PingReport report = PingReport.read(silence, 1, 1_000);
        assertThat(report.status()).isEqualTo("Complete");
        assertThat(report.answered()).isZero();
    }

    @Test
    void a_packet_without_room_for_its_time_counts_without_one() {
        PingReport report = PingReport.read(
                "9 bytes from 10.0.0.1: icmp_seq=1 ttl=64\n--- 10.0.0.1 ping statistics ---\n", 1, 1_000);

        assertThat(report.answered()).isOne();
        assertThat(report.micros()).isEmpty();
    }

    @Test
    void no_route_is_told_in_the_words_of_both() {
        assertThat(PingReport.read("ping: connect: Network is unreachable\n", 1, 1_000)
                        .status())
                .isEqualTo("Error_NoRouteToHost");
        assertThat(PingReport.read(
                                "PING 10.1.0.1 (10.1.0.1): 56 data bytes\nping: sendto: Network is unreachable\n",
                                1,
                                1_000)
                        .status())
                .isEqualTo("Error_NoRouteToHost");
    }

    @Test
    void what_it_prints_beyond_what_was_asked_for_does_not_count() {
        StringBuilder flood = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            flood.append("64 bytes from 10.0.0.1: icmp_seq=").append(i).append(" ttl=64 time=1.0 ms\n");
        }

        PingReport report = PingReport.read(flood + "--- 10.0.0.1 ping statistics ---\n", 3, 1_000);
        assertThat(report.answered()).isEqualTo(3);
        assertThat(report.micros()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping: socket: Operation not permitted",
                "64 bytes from 10.0.0.1: icmp_seq=99999999999999999999 time=1 ms",
                "64 bytes from : icmp_seq=1 ttl=64 time=999999999999999999.9 ms",
                "\u0000\u0000\uFFFD\uFFFD"
            })
    void what_is_no_report_is_none(String output) {
        PingReport report = PingReport.read(output, 3, 1_000);

        assertThat(report.status()).isEmpty();
        assertThat(report.answered()).isZero();
    }
}
