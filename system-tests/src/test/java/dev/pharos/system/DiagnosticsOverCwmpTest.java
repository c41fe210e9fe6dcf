// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.runtime.SharedTimer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Diagnostics of a gateway that is managed over TR-069 alone, begun and followed over REST as those of USP are. It
/// asks
/// a DNS server that never answers, since not every host has a ping.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosticsOverCwmpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SERIAL = "MEASURES";
    private static final String ID = "os::0200F0-" + SERIAL;
    private static final String RUNS = RestApi.device(ID) + "/diagnostics";

    @TempDir
    private static Path folder;

    private final SharedTimer timer = new SharedTimer();

    @SuppressWarnings("NullAway.Init") // set before all
    private DatagramSocket silent;

    @SuppressWarnings("NullAway.Init") // set before all
    private RunningServer server;

    @SuppressWarnings("NullAway.Init") // set before all
    private GatewayOverCwmp gateway;

    private int port;

    @BeforeAll
    void a_gateway_is_known_and_can_be_called() throws Exception {
        silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        startServer();
        startGateway();
        await("that it can be called")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> server.rest()
                        .value(ID, "Device.ManagementServer.ConnectionRequestUsername")
                        .startsWith("pharos-"));
    }

    private void startServer() throws IOException {
        server = RunningServer.here(
                folder.resolve("server"), ("--http 0 --ws off --mqtt off --stomp off --cwmp " + port).split(" "));
    }

    private void startGateway() throws IOException {
        gateway = GatewayOverCwmp.start(SERIAL, folder.resolve("gateway"), "http://127.0.0.1:" + port + "/cwmp", timer);
    }

    @AfterAll
    void all_stop() {
        gateway.close();
        server.close();
        timer.close();
        silent.close();
    }

    /// @param times each takes half a second
    private String lookUp(int times) {
        return """
                {"kind": "lookup", "target": "www.example.com",
                 "arguments": {"DNSServer": "127.0.0.1:%d", "Timeout": "500", "NumberOfRepetitions": "%d"}}
                """.formatted(silent.getLocalPort(), times);
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return server.rest().exchange(method, path, body, PATIENCE);
    }

    private long begin(String body) throws Exception {
        HttpResponse<String> answer = ask("POST", RUNS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("id").longValue();
    }

    private JsonNode ended(long run) throws Exception {
        await("the end of run " + run)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !state(run).equals("running"));
        return server.rest().get(RUNS + "/" + run);
    }

    private String state(long run) throws Exception {
        return server.rest().get(RUNS + "/" + run).get("state").stringValue();
    }

    private void isRefused(int status, String body, String why) throws Exception {
        HttpResponse<String> answer = ask("POST", RUNS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    /// The same bed: a profile is made in sessions of TR-069, and what comes of it at the collector is in the twin.
    @Test
    void it_reports_by_itself_to_the_collector_what_was_asked_for_over_tr_069() throws Exception {
        String bulk = RestApi.device(ID) + "/bulk";
        String path = "Device.Ethernet.Interface.1.Stats.BytesSent";
        HttpResponse<String> pushed =
                ask("POST", bulk + "/profiles", "{\"parameters\":[\"" + path + "\"],\"interval\":5}");
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(409);
        HttpResponse<String> added = ask(
                "POST",
                bulk + "/profiles",
                "{\"parameters\":[\"" + path + "\"],\"interval\":5,\"way\":\"http\",\"url\":\""
                        + server.address("http").replaceFirst("/*$", "/bulk") + "\"}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        await("that it is in the twin")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> server.rest()
                        .get(RestApi.device(ID) + "/twin?path=" + path)
                        .toString()
                        .contains("\"bulk\""));
        String profile =
                bulk + "/profiles/" + JSON.readTree(added.body()).get("number").longValue();
        HttpResponse<String> removed = ask("DELETE", profile, "");
        assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
        assertThat(server.rest().get(bulk).path("profiles")).isEmpty();
    }

    @Test
    void what_it_finds_has_the_names_that_it_has_over_usp_and_one_of_a_kind_runs_at_a_time() throws Exception {
        long first = begin(lookUp(3));
        isRefused(429, lookUp(1), "one of a kind at a time");
        JsonNode run = ended(first);
        assertThat(run.get("state").stringValue()).as(run.toString()).isEqualTo("complete");
        JsonNode outputs = run.get("outputs");
        assertThat(outputs.get("Status").stringValue()).isEqualTo("Complete");
        assertThat(outputs.get("SuccessCount").stringValue()).isEqualTo("0");
        assertThat(outputs.get("Result.3.Status").stringValue()).isEqualTo("Error_Timeout");
        assertThat(outputs.has("HostName")).isFalse();
        assertThat(outputs.has("DiagnosticsState")).isFalse();

        RunningServer.Answer typed = server.pharos(
                "diagnose",
                ID,
                "lookup",
                "www.example.com",
                "--dns",
                "127.0.0.1:" + silent.getLocalPort(),
                "--reply",
                "300");
        assertThat(typed.status()).as(typed.toString()).isEqualTo(1);
        JsonNode again = server.rest().get(RUNS + "?limit=1").get("items").get(0);
        assertThat(again.get("outputs").has("Result.1.Status")).isTrue();
        assertThat(again.get("outputs").has("Result.2.Status"))
                .as("of the run before")
                .isFalse();

        isRefused(409, "{\"kind\": \"ping\", \"target\": \"a\", \"arguments\": {\"Colour\": \"1\"}}", "no Colour");
        JsonNode refused = ended(begin("{\"kind\": \"ping\", \"target\": \"a\", \"arguments\": {\"DSCP\": \"64\"}}"));
        assertThat(refused.get("state").stringValue()).isEqualTo("failed");
        assertThat(refused.get("fault").stringValue()).contains("DSCP", "9007");
        assertThat(ended(begin("{\"kind\": \"ping\", \"target\": \"--help\"}"))
                        .get("outputs")
                        .toString())
                .isEqualTo("{\"Status\":\"Error_Other\"}");
    }

    @Test
    void a_download_is_from_this_server_by_a_link_that_nobody_sees_and_one_that_is_cancelled_ends() throws Exception {
        long download = begin("{\"kind\": \"download\", \"arguments\": {\"TimeBasedTestDuration\": \"1\"}}");
        JsonNode run = ended(download);
        assertThat(run.get("outputs").get("Status").stringValue())
                .as(run.toString())
                .isEqualTo("Complete");
        assertThat(Long.parseLong(run.get("outputs").get("TestBytesReceived").stringValue()))
                .isGreaterThan(100_000);
        assertThat(run.get("inputs").get("DownloadURL").stringValue()).endsWith("token=******");
        assertThat(server.rest().value(ID, "Device.IP.Diagnostics.DownloadDiagnostics.DownloadURL"))
                .contains("/transfer-tests/download")
                .endsWith("token=******");

        long long_ = begin(lookUp(100));
        assertThat(ask("DELETE", RUNS + "/" + long_, "").statusCode()).isEqualTo(202);
        assertThat(ended(long_).get("state").stringValue()).isEqualTo("cancelled");
        assertThat(ask("DELETE", RUNS + "/" + long_, "").statusCode()).isEqualTo(409);
    }

    @Test
    void a_result_outlives_a_restart_of_the_server_and_a_device_that_starts_anew_has_forgotten_it() throws Exception {
        long run = begin(lookUp(2));
        server.close();
        // by now the device has its result, and nobody to tell it to
        Thread.sleep(1_500);
        startServer();
        assertThat(ended(run).get("outputs").get("Result.2.Status").stringValue())
                .isEqualTo("Error_Timeout");

        long lost = begin(lookUp(100));
        gateway.close();
        startGateway();
        JsonNode forgotten = ended(lost);
        assertThat(forgotten.get("state").stringValue()).isEqualTo("failed");
        assertThat(forgotten.get("fault").stringValue()).contains("restarted");
    }
}
