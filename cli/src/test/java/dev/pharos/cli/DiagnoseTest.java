// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `pharos diagnose`, with a server that says what each test wants.
final class DiagnoseTest {
    private static final String RUN = """
            {"id": 7, "device": "proto::x", "kind": "%s", "state": "%s", "begun": "2026-05-01T10:00:00Z", "by": "a",
             "inputs": {"%s": "www.example.com"}, "outputs": {%s}, "fault": "%s"}
            """;

    private final Path folder;
    private final Typed typed;

    @AutoClose
    private final ServerStub server;

    DiagnoseTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        typed = new Typed(folder);
        server = new ServerStub(folder);
    }

    private int diagnose(String line) {
        return typed.run("diagnose proto::x " + line);
    }

    /// It runs when it is asked for, and is so when it is looked at.
    private void becomes(String run) {
        server.answers("/diagnostics", 202, "application/json", RUN.formatted("ping", "running", "Host", "", ""))
                .answers("/diagnostics/7", 200, "application/json", run);
    }

    @Test
    void a_ping_is_told_as_ping_tells_it() {
        becomes(RUN.formatted("ping", "complete", "Host", """
                "Status": "Complete", "IPAddressUsed": "192.0.2.1", "SuccessCount": "3", "FailureCount": "1",
                "MinimumResponseTimeDetailed": "289", "AverageResponseTimeDetailed": "1165",
                "MaximumResponseTimeDetailed": "2040"
                """, ""));

        assertThat(diagnose("ping www.example.com")).isZero();
        assertThat(typed.out().lines())
                .containsExactly(
                        "--- www.example.com (192.0.2.1) ping statistics ---",
                        "4 packets transmitted, 3 received, 25% packet loss",
                        "rtt min/avg/max = 0.289/1.165/2.040 ms");
    }

    @Test
    void nobody_answering_ends_with_1() {
        becomes(RUN.formatted(
                "ping",
                "complete",
                "Host",
                "\"Status\": \"Complete\", \"SuccessCount\": \"0\", \"FailureCount\": \"4\"",
                ""));

        assertThat(diagnose("ping www.example.com")).isEqualTo(1);
        assertThat(typed.out()).contains("4 packets transmitted, 0 received, 100% packet loss");
    }

    @Test
    void a_trace_shows_each_hop_and_who_did_not_answer() {
        becomes(RUN.formatted("trace", "complete", "Host", """
                "Status": "Error_MaxHopCountExceeded", "IPAddressUsed": "192.0.2.1",
                "RouteHops.1.HostAddress": "10.1.0.2", "RouteHops.1.RTTimes": "1,0", "RouteHops.1.ErrorCode": "0",
                "RouteHops.2.HostAddress": "", "RouteHops.2.RTTimes": "0,0", "RouteHops.2.ErrorCode": "0"
                """, ""));

        assertThat(diagnose("trace www.example.com")).isEqualTo(1);
        assertThat(typed.out().lines())
                .containsExactly(
                        "trace to www.example.com (192.0.2.1)",
                        " 1  10.1.0.2  1 ms  *",
                        " 2  *  *  *",
                        "www.example.com: Error_MaxHopCountExceeded");
    }

    @Test
    void a_lookup_shows_the_addresses_and_whose_answer_it_is() {
        becomes(RUN.formatted("lookup", "complete", "HostName", """
                "Status": "Complete", "SuccessCount": "1", "Result.1.Status": "Success",
                "Result.1.HostNameReturned": "a.example.com", "Result.1.IPAddresses": "192.0.2.7,2001:db8::7",
                "Result.1.AnswerType": "NonAuthoritative", "Result.1.DNSServerIP": "192.0.2.53",
                "Result.1.ResponseTime": "12"
                """, ""));

        assertThat(diagnose("lookup www.example.com")).isZero();
        assertThat(typed.out().strip())
                .isEqualTo("a.example.com  192.0.2.7  2001:db8::7  (NonAuthoritative answer of 192.0.2.53 in 12 ms)");
    }

    @Test
    void a_capture_is_told_with_its_file_which_is_written_here_where_that_is_said() throws Exception {
        becomes(RUN.replace("\"fault\"", "\"file\": 9, \"fault\"")
                .formatted("capture", "complete", "FilterExpression", """
                "Status": "Complete", "PacketCaptureResult.1.Count": "12",
                "PacketCaptureResult.1.StartTime": "2026-05-01T10:00:00Z",
                "PacketCaptureResult.1.EndTime": "2026-05-01T10:00:02.5Z"
                """, ""));
        server.answers("/files/9", 200, "application/octet-stream", "packets");
        Path here = folder.resolve("here.pcap");

        assertThat(diagnose("capture --count 12 --filter tcp --out " + here)).isZero();

        assertThat(typed.out().lines())
                .containsExactly(
                        "12 packets in 2.500 s, kept as file 9 (pharos files proto::x get 9)", here + ", 7 bytes");
        assertThat(here).hasContent("packets");
        assertThat(diagnose("capture --out " + here))
                .as("nothing is written over")
                .isEqualTo(2);
        assertThat(diagnose("ping a --out x.pcap")).isEqualTo(2);
        assertThat(diagnose("capture --dscp 3")).isEqualTo(2);
        assertThat(diagnose("capture a b")).isEqualTo(2);
    }

    @Test
    void a_download_is_told_with_its_rate_and_how_it_went() {
        becomes(RUN.formatted("download", "complete", "DownloadURL", """
                "Status": "Complete", "TestBytesReceived": "50000000", "BOMTime": "2026-05-01T10:00:00Z",
                "EOMTime": "2026-05-01T10:00:04.000005Z", "IncrementalResult.1.TestBytesReceived": "10000000",
                "IncrementalResult.1.StartTime": "2026-05-01T10:00:00Z",
                "IncrementalResult.1.EndTime": "2026-05-01T10:00:01Z"
                """, ""));

        assertThat(diagnose("download --duration 4 --interval 1")).isZero();
        assertThat(typed.out().lines())
                .containsExactly("download of 50.0 MB in 4.000 s: 100.0 Mbit/s", "    1  80.0 Mbit/s");
    }

    @Test
    void times_that_are_none_are_no_rate() {
        becomes(RUN.formatted("upload", "complete", "UploadURL", """
                "Status": "Complete", "TestBytesSent": "50000000", "BOMTime": "yesterday",
                "EOMTime": "+999999999-12-31T00:00:00Z"
                """, ""));

        assertThat(diagnose("upload")).isZero();
        assertThat(typed.out()).contains("too short to tell");
    }

    @Test
    void the_fastest_server_is_told() {
        becomes(RUN.formatted("servers", "complete", "HostList", """
                "Status": "Complete", "FastestHost": "b.example.com", "IPAddressUsed": "192.0.2.2",
                "MinimumResponseTime": "900", "AverageResponseTime": "1000", "MaximumResponseTime": "1100"
                """, ""));

        assertThat(diagnose("servers a.example.com b.example.com")).isZero();
        assertThat(typed.out().strip())
                .isEqualTo("fastest: b.example.com (192.0.2.2), min/avg/max = 0.900/1.000/1.100 ms");
    }

    @Test
    void what_a_device_says_drives_no_terminal() {
        becomes(RUN.formatted("ping", "failed", "Host", "", "7022 \\u001b]0;owned\\u0007 no"));

        assertThat(diagnose("ping www.example.com")).isEqualTo(1);
        assertThat(typed.out())
                .contains("failed: 7022")
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
    }

    @Test
    void one_that_waits_for_a_session_says_so_and_why_and_not_that_it_runs() {
        String waits = RUN.formatted("ping", "running", "Host", "", "It cannot be called: nobody listens.")
                .replace("\"fault\"", "\"awaitedSession\": \"2020-01-01T10:00:00Z\", \"fault\"");
        server.answers("/diagnostics", 202, "application/json", waits);
        server.answers(
                "/diagnostics/7", 200, "application/json", RUN.formatted("ping", "failed", "Host", "", "9004 full"));

        assertThat(diagnose("ping www.example.com --no-wait")).isZero();
        assertThat(typed.out())
                .contains("www.example.com: waits for its next session (was expected 20")
                .contains("): It cannot be called: nobody listens., number 7 of the history")
                .doesNotContain("running");
        assertThat(diagnose("ping www.example.com")).isEqualTo(1);
        assertThat(typed.err()).contains("the device waits for its next session (was expected 20");
    }

    @Test
    void the_history_is_one_line_for_each_run() {
        String failed = RUN.formatted("ping", "failed", "Host", "", "7022 no ping program");
        server.answers("/diagnostics", 200, "application/json", "{\"items\": [" + failed + "]}");

        assertThat(diagnose("history")).isZero();
        assertThat(typed.out()).contains("    7  ").contains("www.example.com  failed: 7022 no ping program");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flood a",
                "ping",
                "ping a b",
                "ping a --hops 3",
                "ping a -4 -6",
                "lookup a -4",
                "lookup a --dscp 3",
                "trace a --dns b",
                "download a b",
                "download --count 3",
                "servers",
                "servers a --dscp 3",
                "udp-echo a --connections 2",
                "history x",
                "history 1 2",
                "ping a --count many"
            })
    void what_makes_no_sense_is_wrong_usage(String line) {
        assertThat(diagnose(line)).isEqualTo(2);
        assertThat(typed.err()).contains("pharos diagnose --help");
    }
}
