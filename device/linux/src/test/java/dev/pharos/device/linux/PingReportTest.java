// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What ping of iputils prints, read.
class PingReportTest {
    private static final String ANSWERS = """
            PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.289 ms
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.290 ms (DUP!)
            64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=2.04 ms
            64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=1700 ms

            --- 127.0.0.1 ping statistics ---
            4 packets transmitted, 3 received, 25% packet loss, time 601ms
            rtt min/avg/max/mdev = 0.040/0.164/0.289/0.124 ms
            """;

    @Test
    void answers_in_time_count_and_duplicates_and_late_ones_do_not() {
        assertThat(PingReport.read(ANSWERS, 4, 1_000).outputs())
                .containsEntry("Status", "Complete")
                .containsEntry("IPAddressUsed", "127.0.0.1")
                .containsEntry("SuccessCount", "2")
                .containsEntry("FailureCount", "2")
                .containsEntry("MinimumResponseTimeDetailed", "289")
                .containsEntry("MaximumResponseTimeDetailed", "2040")
                .containsEntry("MaximumResponseTime", "3")
                .containsEntry("AverageResponseTimeDetailed", "1165");
    }

    @Test
    void nobody_answering_is_complete_with_failures_only() {
        String silence =
                "PING ::1(::1) 56 data bytes\n\n--- ::1 ping statistics ---\n1 packets transmitted, 0 received\n";

        assertThat(PingReport.read(silence, 1, 1_000).outputs())
                .containsEntry("Status", "Complete")
                .containsEntry("IPAddressUsed", "::1")
                .containsEntry("SuccessCount", "0")
                .containsEntry("FailureCount", "1");
    }

    @Test
    void failures_have_their_own_status() {
        assertThat(PingReport.read("ping: x.invalid: Name or service not known\n", 1, 1_000)
                        .outputs())
                .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));
        assertThat(PingReport.read("ping: connect: Network is unreachable\n", 1, 1_000)
                        .outputs())
                .containsExactlyEntriesOf(Map.of("Status", "Error_NoRouteToHost"));
        assertThat(PingReport.read("", 1, 1_000).outputs()).containsExactlyEntriesOf(Map.of("Status", "Error_Other"));
    }

    @Test
    void a_host_without_ping_says_so(@TempDir Path empty) {
        CommandDefinition command = GatewayModel.load()
                .object("Device.IP.Diagnostics.")
                .flatMap(object -> object.command("IPPing()"))
                .orElseThrow();
        try (Mounted host = new Mounted()) {
            CommandCall call = new CommandCall(
                    host.model.snapshot().object("Device.IP.Diagnostics.").orElseThrow(),
                    command,
                    Map.of("Host", "127.0.0.1"));

            assertThatExceptionOfType(UspException.class)
                    .isThrownBy(() -> new Ping(new HostFiles(empty)).run(call, ""))
                    .satisfies(failure -> {
                        assertThat(failure.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
                        assertThat(failure.fault().errMsg()).contains("no ping program");
                    });
        }
    }
}
