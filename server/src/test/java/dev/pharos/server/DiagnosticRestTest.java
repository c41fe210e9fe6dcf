// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.usp.EndpointId;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Diagnostics of a real agent, begun and followed over REST. They ask a DNS server, since not every host has a ping.
final class DiagnosticRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EndpointId DEVICE = EndpointId.of("os::0200F0-MEASURES");
    private static final String PATH = "/api/v1/devices/" + Rest.segment(DEVICE);
    private static final String RUNS = PATH + "/diagnostics";

    @TempDir
    Path folder;

    /// Before, it would not tell what it found.
    private static void isOnboarded(Rest rest) {
        await().atMost(PATIENCE)
                .until(() -> rest.get(PATH + "/events").response().body().contains("onboarded"));
    }

    private static long begin(Rest rest, String body) {
        Rest.Answer answer = rest.post(RUNS, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        JsonNode run = answer.json();
        // it may have ended already
        assertThat(run.get("state").stringValue()).isIn("running", "complete", "failed");
        return run.get("id").longValue();
    }

    private static JsonNode ended(Rest rest, long run) {
        await().atMost(PATIENCE)
                .until(() -> !rest.get(RUNS + "/" + run)
                        .json()
                        .path("state")
                        .stringValue("running")
                        .equals("running"));
        return rest.get(RUNS + "/" + run).json();
    }

    /// @param times each takes half a second, since nobody answers
    private static String lookUp(DatagramSocket silent, int times) {
        return """
                {"kind": "lookup", "target": "www.example.com",
                 "arguments": {"DNSServer": "127.0.0.1:%d", "Timeout": "500", "NumberOfRepetitions": "%d"}}
                """.formatted(silent.getLocalPort(), times);
    }

    @Test
    void what_a_device_found_is_kept_with_who_wanted_to_know() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                TestServer server = TestServer.in(folder);
                HomeGateway _ = new HomeGateway(DEVICE, server.ws())) {
            Rest rest = server.rest();
            isOnboarded(rest);

            long first = begin(rest, lookUp(silent, 1));
            JsonNode run = ended(rest, first);
            assertThat(run.get("state").stringValue()).isEqualTo("complete");
            assertThat(run.get("outputs").get("Status").stringValue()).isEqualTo("Complete");
            assertThat(run.get("outputs").get("Result.1.Status").stringValue()).isEqualTo("Error_Timeout");
            assertThat(run.get("outputs").has("commandKey")).isFalse();
            assertThat(run.get("inputs").get("HostName").stringValue()).isEqualTo("www.example.com");
            assertThat(run.get("by").stringValue()).isNotEmpty();
            assertThat(run.has("ended")).isTrue();

            long second = begin(rest, "{\"kind\": \"ping\", \"target\": \"--help\"}");
            JsonNode refused = ended(rest, second);
            assertThat(refused.get("state").stringValue()).isEqualTo("failed");
            assertThat(refused.get("fault").stringValue()).contains("no host name");

            JsonNode items = rest.get(RUNS).json().get("items");
            assertThat(items.size()).isEqualTo(2);
            assertThat(items.get(0).get("id").longValue()).isEqualTo(second);
            assertThat(rest.get("/api/v1/audit?action=diagnose")
                            .json()
                            .get("items")
                            .get(0)
                            .get("detail")
                            .stringValue())
                    .isEqualTo("ping --help");
        }
    }

    @Test
    void a_diagnostic_is_cancelled_on_the_device() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                TestServer server = TestServer.in(folder);
                HomeGateway _ = new HomeGateway(DEVICE, server.ws())) {
            Rest rest = server.rest();
            isOnboarded(rest);
            long run = begin(rest, lookUp(silent, 100));

            assertThat(rest.send("DELETE", RUNS + "/" + run, null).status()).isEqualTo(202);

            assertThat(ended(rest, run).get("state").stringValue()).isEqualTo("cancelled");
            assertThat(rest.send("DELETE", RUNS + "/" + run, null).status()).isEqualTo(409);
            assertThat(rest.send("DELETE", RUNS + "/99", null).status()).isEqualTo(404);
        }
    }

    @Test
    void a_result_that_comes_while_the_server_restarts_is_not_lost() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ServerOptions options = TestServer.options(folder);
            TestServer first = TestServer.with(options);
            try (HomeGateway _ = new HomeGateway(DEVICE, first.ws())) {
                isOnboarded(first.rest());
                long run = begin(first.rest(), lookUp(silent, 4));
                int port = first.ws().getPort();
                first.stop();

                // by now the device has its result, and nobody to tell it to
                Thread.sleep(4_000);
                ServerOptions again = TestServer.options(folder);
                again.ws = new Port(port);
                try (TestServer second = TestServer.with(again)) {
                    JsonNode ended = ended(second.rest(), run);
                    assertThat(ended.get("state").stringValue()).isEqualTo("complete");
                    assertThat(ended.get("outputs").get("Result.4.Status").stringValue())
                            .isEqualTo("Error_Timeout");
                }
            }
        }
    }

    @Test
    void a_transfer_without_a_place_is_with_this_server_and_its_link_is_nobody_elses() throws Exception {
        try (TestServer server = TestServer.in(folder);
                HomeGateway _ = new HomeGateway(DEVICE, server.ws())) {
            Rest rest = server.rest();
            isOnboarded(rest);

            for (String kind : new String[] {"download", "upload"}) {
                String second = "{\"kind\": \"%s\", \"arguments\": {\"TimeBasedTestDuration\": \"1\"}}".formatted(kind);
                JsonNode run = ended(rest, begin(rest, second));
                JsonNode outputs = run.get("outputs");
                assertThat(outputs.get("Status").stringValue()).as(kind).isEqualTo("Complete");
                String bytes = kind.equals("upload") ? "TestBytesSent" : "TestBytesReceived";
                assertThat(Long.parseLong(outputs.get(bytes).stringValue())).isGreaterThan(1_000_000);
                String url = kind.equals("upload") ? "UploadURL" : "DownloadURL";
                assertThat(run.get("inputs").get(url).stringValue())
                        .contains("/transfer-tests/" + kind)
                        .endsWith("token=******");
            }
            for (String bad : new String[] {"", "?expires=9999999999&token=x", "?expires=x&token="}) {
                assertThat(rest.get("/transfer-tests/download" + bad).status())
                        .as(bad)
                        .isEqualTo(403);
                assertThat(rest.send("PUT", "/transfer-tests/upload" + bad, "x").status())
                        .as(bad)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void what_cannot_be_asked_is_refused_and_not_kept() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            Rest rest = server.rest();
            assertThat(rest.post(RUNS, "{\"kind\": \"ping\", \"target\": \"a\"}")
                            .status())
                    .as("nobody")
                    .isEqualTo(404);
            try (HomeGateway _ = new HomeGateway(DEVICE, server.ws())) {
                isOnboarded(rest);
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            rest.get(PATH).json().path("status").stringValue("").equals("offline"));
            assertThat(rest.post(RUNS, "{\"kind\": \"ping\", \"target\": \"a\"}")
                            .status())
                    .as("away")
                    .isEqualTo(409);
            for (String wrong : new String[] {
                "{}",
                "{\"kind\": \"flood\", \"target\": \"a\"}",
                "{\"kind\": \"ping\"}",
                "{\"kind\": \"ping\", \"target\": \"" + "a".repeat(3_000) + "\"}",
                "{\"kind\": \"ping\", \"target\": \"a\", \"arguments\": {\"Host\": null}}"
            }) {
                assertThat(rest.post(RUNS, wrong).status()).as(wrong).isEqualTo(400);
            }
            assertThat(rest.get(RUNS).json().get("items").size()).isZero();
            assertThat(rest.get(RUNS + "/1").status()).isEqualTo(404);
        }
    }
}
