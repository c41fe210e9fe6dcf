// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.StandardErrorCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads and uploads, from and to real web servers on loopback, and to such that misbehave.
@Timeout(120)
class TransferTest {
    private static final int MIB = 1 << 20;

    private final Host host = new Host();
    private WebPeer web;

    @BeforeEach
    void start() throws Exception {
        web = new WebPeer();
    }

    @AfterEach
    void stop() {
        web.close();
        host.close();
    }

    private Map<String, String> download(String url, Map<String, String> arguments) throws InterruptedException {
        Map<String, String> inputs = new HashMap<>(arguments);
        inputs.put("DownloadURL", url);
        return host.model.operate(Host.IP + "DownloadDiagnostics()", inputs);
    }

    private Map<String, String> upload(String url, Map<String, String> arguments) throws InterruptedException {
        Map<String, String> inputs = new HashMap<>(arguments);
        inputs.put("UploadURL", url);
        return host.model.operate(Host.IP + "UploadDiagnostics()", inputs);
    }

    private static long number(Map<String, String> outputs, String name) {
        return Long.parseLong(outputs.getOrDefault(name, "-1"));
    }

    private static Instant time(Map<String, String> outputs, String name) {
        return Instant.parse(outputs.getOrDefault(name, "missing " + name));
    }

    @Test
    void a_download_of_one_file_counts_its_bytes_and_tells_the_times_in_their_order() throws Exception {
        Map<String, String> outputs = download(web.url("/file/" + 5 * MIB), Map.of());

        assertThat(outputs).containsEntry("Status", "Complete").containsEntry("IPAddressUsed", "127.0.0.1");
        assertThat(number(outputs, "TestBytesReceived")).isEqualTo(5 * MIB);
        // the link counts headers too, and loopback counts what others say
        assertThat(number(outputs, "TotalBytesReceived")).isGreaterThanOrEqualTo(5 * MIB);
        assertThat(number(outputs, "TotalBytesSent")).isPositive();
        Instant before = time(outputs, "TCPOpenRequestTime");
        for (String later : new String[] {"TCPOpenResponseTime", "ROMTime", "BOMTime", "EOMTime"}) {
            assertThat(time(outputs, later)).as(later).isAfterOrEqualTo(before);
            before = time(outputs, later);
        }
        assertThat(outputs).doesNotContainKey("PerConnectionResult.1.BOMTime");
        assertThat(web.requests("/file/" + 5 * MIB)).isOne();
    }

    @Test
    void the_rate_of_a_download_is_that_of_its_server() throws Exception {
        Map<String, String> outputs = download(
                web.url("/slow"),
                Map.of(
                        "TimeBasedTestDuration", "4",
                        "TimeBasedTestMeasurementInterval", "1",
                        "TimeBasedTestMeasurementOffset", "1"));

        assertThat(outputs).containsEntry("Status", "Complete");
        Duration taken = Duration.between(time(outputs, "BOMTime"), time(outputs, "EOMTime"));
        assertThat(taken.toMillis()).isBetween(3_900L, 8_000L);
        double rate = number(outputs, "TestBytesReceived") * 1e9 / taken.toNanos();
        assertThat(rate).isCloseTo(WebPeer.SLOW_BYTES, within(WebPeer.SLOW_BYTES * 0.25));
        for (int row = 1; row <= 3; row++) {
            String prefix = "IncrementalResult." + row + ".";
            Duration part = Duration.between(time(outputs, prefix + "StartTime"), time(outputs, prefix + "EndTime"));
            double partly = number(outputs, prefix + "TestBytesReceived") * 1e9 / part.toNanos();
            assertThat(partly).as(prefix).isCloseTo(WebPeer.SLOW_BYTES, within(WebPeer.SLOW_BYTES * 0.5));
        }
        assertThat(outputs).doesNotContainKey("IncrementalResult.4.StartTime");
    }

    @Test
    void several_connections_add_up_and_are_told_each() throws Exception {
        Map<String, String> outputs = download(
                web.url("/slow"),
                Map.of(
                        "NumberOfConnections", "3",
                        "TimeBasedTestDuration", "2",
                        "EnablePerConnectionResults", "true"));

        assertThat(outputs).containsEntry("Status", "Complete");
        long sum = 0;
        for (int i = 1; i <= 3; i++) {
            long bytes = number(outputs, "PerConnectionResult." + i + ".TestBytesReceived");
            assertThat(bytes).isPositive();
            assertThat(time(outputs, "PerConnectionResult." + i + ".BOMTime"))
                    .isAfterOrEqualTo(time(outputs, "BOMTime"));
            sum += bytes;
        }
        assertThat(number(outputs, "TestBytesReceived")).isBetween(sum - MIB, sum + MIB);
        assertThat(number(outputs, "PeriodOfFullLoading")).isBetween(500_000L, 2_500_000L);
        assertThat(number(outputs, "TestBytesReceivedUnderFullLoading"))
                .isPositive()
                .isLessThanOrEqualTo(number(outputs, "TestBytesReceived"));
        assertThat(web.requests("/slow")).isEqualTo(3);
    }

    @Test
    void a_file_that_is_shorter_than_the_time_is_fetched_again() throws Exception {
        Map<String, String> outputs = download(web.url("/file/200000"), Map.of("TimeBasedTestDuration", "1"));

        assertThat(outputs).containsEntry("Status", "Complete");
        assertThat(web.requests("/file/200000")).isGreaterThan(1);
        assertThat(number(outputs, "TestBytesReceived")).isGreaterThan(200_000);
    }

    @Test
    void a_file_that_is_fetched_often_enough_is_not_fetched_for_the_whole_time() throws Exception {
        Map<String, String> outputs = download(web.url("/file/500"), Map.of("TimeBasedTestDuration", "60"));

        assertThat(outputs).containsEntry("Status", "Complete");
        assertThat(web.requests("/file/500")).isEqualTo(Limits.REQUESTS);
        assertThat(number(outputs, "TestBytesReceived")).isEqualTo(500L * Limits.REQUESTS);
    }

    @Test
    void an_upload_of_one_file_is_all_there() throws Exception {
        Map<String, String> outputs = upload(
                web.url("/put"),
                Map.of("TestFileLength", Integer.toString(3 * MIB), "EnablePerConnectionResults", "true"));

        assertThat(outputs)
                .containsEntry("Status", "Complete")
                .containsEntry("TestBytesSent", Integer.toString(3 * MIB))
                .containsEntry("PerConnectionResult.1.TestBytesSent", Integer.toString(3 * MIB));
        assertThat(web.taken()).isEqualTo(3 * MIB);
        assertThat(number(outputs, "TotalBytesSent")).isGreaterThanOrEqualTo(3 * MIB);
        assertThat(time(outputs, "EOMTime")).isAfterOrEqualTo(time(outputs, "BOMTime"));
    }

    @Test
    void an_upload_by_time_ends_with_it() throws Exception {
        Map<String, String> outputs =
                upload(web.url("/put"), Map.of("TimeBasedTestDuration", "1", "NumberOfConnections", "2"));

        assertThat(outputs).containsEntry("Status", "Complete");
        assertThat(number(outputs, "TestBytesSent")).isPositive().isLessThanOrEqualTo(web.taken());
        assertThat(web.requests("/put")).isEqualTo(2);
    }

    @Test
    void over_https_only_whom_somebody_vouches_for_is_measured(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        SSLContext believed = Tls.client(authority);
        try (Host trusting = new Host(HostPrograms.OF_THIS_HOST, () -> believed);
                WebPeer right = WebPeer.secured(Tls.server(authority, "127.0.0.1"));
                WebPeer wrong = WebPeer.secured(Tls.server(authority, "elsewhere.example.com"))) {
            Map<String, String> inputs = new HashMap<>();
            inputs.put("DownloadURL", right.url("/file/300000"));
            assertThat(trusting.model.operate(Host.IP + "DownloadDiagnostics()", inputs))
                    .containsEntry("Status", "Complete")
                    .containsEntry("TestBytesReceived", "300000");
            assertThat(download(right.url("/file/300000"), Map.of()))
                    .as("nobody vouches for it")
                    .containsEntry("Status", "Error_InitConnectionFailed");
            inputs.put("DownloadURL", wrong.url("/file/300000"));
            assertThat(trusting.model.operate(Host.IP + "DownloadDiagnostics()", inputs))
                    .as("another name")
                    .containsEntry("Status", "Error_InitConnectionFailed");
        }
    }

    @Test
    void refusals_of_the_server_are_told_as_what_they_are() throws Exception {
        assertThat(download(web.url("/refuse/401"), Map.of())).containsEntry("Status", "Error_LoginFailed");
        assertThat(download(web.url("/refuse/404"), Map.of())).containsEntry("Status", "Error_TransferFailed");
        assertThat(download(web.url("/refuse/503"), Map.of("TimeBasedTestDuration", "3")))
                .containsEntry("Status", "Error_TransferFailed");
        assertThat(upload(web.url("/refuse/401"), Map.of("TestFileLength", "10")))
                .containsEntry("Status", "Error_LoginFailed");
        assertThat(upload(web.url("/refuse/500"), Map.of("TestFileLength", "10")))
                .containsEntry("Status", "Error_NoTransferComplete");
    }

    @Test
    void who_is_not_there_is_told() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        assertThat(download("http://127.0.0.1:" + free + "/", Map.of()))
                .containsEntry("Status", "Error_InitConnectionFailed");
        assertThat(download("http://nobody.invalid/", Map.of()))
                .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));
        try (RawPeer plain = new RawPeer("no TLS", true)) {
            assertThat(download(plain.url().replace("http:", "https:"), Map.of()))
                    .containsEntry("Status", "Error_InitConnectionFailed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no HTTP at all\r\n\r\n", "HTTP/1.1 999 odd\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
    void what_is_no_answer_of_http_is_no_response(String said) throws Exception {
        try (RawPeer peer = new RawPeer(said, true)) {
            assertThat(download(peer.url(), Map.of())).containsEntry("Status", "Error_NoResponse");
        }
    }

    @Test
    void a_head_without_end_is_cut() throws Exception {
        try (RawPeer peer = new RawPeer("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000), false)) {
            assertThat(download(peer.url(), Map.of())).containsEntry("Status", "Error_NoResponse");
        }
    }

    @Test
    void a_file_that_is_cut_off_is_of_the_wrong_size() throws Exception {
        try (RawPeer peer = new RawPeer("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort", true)) {
            assertThat(download(peer.url(), Map.of())).containsEntry("Status", "Error_IncorrectSize");
        }
    }

    @Test
    void a_server_that_stalls_is_given_up_and_left() throws Exception {
        try (RawPeer peer = new RawPeer("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort", false)) {
            Instant begin = Instant.now();

            assertThat(download(peer.url(), Map.of())).containsEntry("Status", "Error_Timeout");

            assertThat(Duration.between(begin, Instant.now()))
                    .isBetween(Limits.STALL.minusSeconds(1), Limits.STALL.plusSeconds(20));
            assertThat(peer.connected()).isZero();
        }
    }

    @Test
    void a_cancelled_transfer_leaves_no_connection() throws Exception {
        try (RawPeer peer = new RawPeer("HTTP/1.1 200 OK\r\n\r\nbegun", false)) {
            FutureTask<Boolean> cancelled = new FutureTask<>(() -> {
                try {
                    return download(peer.url(), Map.of("TimeBasedTestDuration", "900", "NumberOfConnections", "4"))
                            .isEmpty();
                } catch (InterruptedException stop) {
                    return true;
                }
            });
            Thread runner = Thread.ofVirtual().start(cancelled);
            Thread.sleep(1_000);
            runner.interrupt();

            assertThat(cancelled.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(peer.connected()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1/x",
                "file:///etc/passwd",
                "http://anna:secret@127.0.0.1/",
                "http:///x",
                "http://-f/",
                "http://127.0.0.1:99999/",
                "nonsense"
            })
    void what_is_no_place_for_a_transfer_is_refused(String url) {
        DiagnosticsTest.refused(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> download(url, Map.of()));
    }

    @Test
    void what_goes_beyond_the_bounds_is_refused() {
        for (Map<String, String> wrong : List.of(
                Map.of("NumberOfConnections", "9"),
                Map.of("TimeBasedTestDuration", "900", "TimeBasedTestMeasurementInterval", "1"))) {
            DiagnosticsTest.refused(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> download(web.url("/file/1"), wrong));
        }
        DiagnosticsTest.refused(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, () -> upload(web.url("/put"), Map.of()));
        DiagnosticsTest.refused(
                StandardErrorCode.COMMAND_FAILURE, () -> download(web.url("/file/1"), Map.of("EthernetPriority", "3")));
    }
}
