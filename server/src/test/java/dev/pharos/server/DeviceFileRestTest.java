// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Configuration and log files of real agents, asked for and put back over REST, and devices that do it wrongly.
final class DeviceFileRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    private static String path(EndpointId device) {
        return "/api/v1/devices/" + Rest.segment(device);
    }

    private static String files(EndpointId device) {
        return path(device) + "/files";
    }

    private static void isOnboarded(EndpointId device) {
        await().atMost(PATIENCE)
                .until(() ->
                        REST.get(path(device) + "/events").response().body().contains("onboarded"));
    }

    private static long ask(EndpointId device, String body) {
        Rest.Answer answer = REST.post(files(device) + "/requests", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json().get("id").longValue();
    }

    private static JsonNode request(EndpointId device, long id) {
        return REST.get(files(device) + "/requests/" + id).json();
    }

    private static JsonNode ended(EndpointId device, long id) {
        await().atMost(PATIENCE)
                .until(() -> !request(device, id)
                        .path("state")
                        .stringValue("running")
                        .equals("running"));
        return request(device, id);
    }

    private static JsonNode complete(EndpointId device, long id) {
        JsonNode request = ended(device, id);
        assertThat(request.get("state").stringValue()).as(request.toString()).isEqualTo("complete");
        return request;
    }

    private static Rest role(String role) {
        String secret = REST.post("/api/v1/tokens", "{\"name\":\"files-" + role + "\",\"role\":\"" + role + "\"}")
                .json()
                .get("token")
                .stringValue();
        return REST.with("Authorization", "Bearer " + secret);
    }

    private static String put(String url, String content) {
        return Integer.toString(new Rest(URI.create(url), Map.of("Content-Type", "application/octet-stream"))
                .send("PUT", "", content)
                .status());
    }

    private static Rest.Answer putHere(EndpointId device, String name, String content) {
        return REST.with("Content-Type", "application/octet-stream").post(files(device) + "?name=" + name, content);
    }

    private static String ssid(EndpointId device) {
        return REST.post(path(device) + "/usp/get", "{\"paths\":[\"" + SSID + "\"]}")
                .response()
                .body();
    }

    @Test
    void a_configuration_is_fetched_read_by_who_may_and_put_back_and_a_hostile_one_changes_nothing()
            throws IOException {
        EndpointId id = EndpointId.of("os::0200F0-FILES");
        try (HomeGateway _ = new HomeGateway(id, SERVER.ws())) {
            isOnboarded(id);
            String before = ssid(id);
            JsonNode backup = complete(id, ask(id, "{\"action\":\"backup\"}"));
            assertThat(backup.get("name").stringValue()).isEqualTo("settings.txt");
            String kept = files(id) + "/" + backup.get("file").longValue();
            String content = REST.get(kept).response().body();
            assertThat(content).startsWith("# settings of a simulated gateway").contains(SSID + "=\"");

            Rest support = role("support");
            assertThat(support.get(kept).status()).isEqualTo(403);
            assertThat(support.post(files(id) + "/requests", "{\"action\":\"backup\"}")
                            .status())
                    .isEqualTo(403);
            String other = "{\"action\":\"fetch\",\"type\":\"X 00256D Core Dump\"}";
            assertThat(support.post(files(id) + "/requests", other).status()).isEqualTo(403);
            assertThat(REST.post(files(id) + "/requests", other).status()).isEqualTo(409);
            assertThat(support.post(
                                    path(id) + "/usp/operate",
                                    "{\"command\":\"Device.DeviceInfo.VendorConfigFile.1.Backup()\","
                                            + "\"inputArgs\":{\"URL\":\"http://127.0.0.1:1/\"}}")
                            .status())
                    .isEqualTo(403);
            long log = complete(id, ask(id, "{\"action\":\"log\",\"number\":1}"))
                    .get("file")
                    .longValue();
            assertThat(support.get(files(id) + "/" + log).response().body()).contains("started with");

            assertThat(REST.post(
                                    path(id) + "/usp/set",
                                    "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":"
                                            + "[{\"param\":\"SSID\",\"value\":\"Changed\",\"required\":true}]}]}")
                            .status())
                    .isEqualTo(200);
            assertThat(ssid(id)).contains("Changed");
            long file = backup.get("file").longValue();
            JsonNode restored = complete(id, ask(id, "{\"action\":\"restore\",\"file\":" + file + "}"));
            assertThat(restored.get("fault").stringValue()).isEmpty();
            assertThat(ssid(id)).isEqualTo(before);

            Rest.Answer hostile =
                    putHere(id, "evil.txt", content.replaceFirst("\n", "\nDevice.LocalAgent.EndpointID=\"os::x\"\n"));
            assertThat(hostile.status()).isEqualTo(200);
            JsonNode refused = ended(
                    id,
                    ask(
                            id,
                            "{\"action\":\"restore\",\"file\":"
                                    + hostile.json().get("id").longValue() + "}"));
            assertThat(refused.get("state").stringValue()).isEqualTo("failed");
            assertThat(refused.get("fault").stringValue()).contains("7022").contains("its line 2 is no setting");
            assertThat(ssid(id)).isEqualTo(before);

            assertThat(REST.get("/api/v1/audit?device=" + Rest.segment(id) + "&limit=50")
                            .response()
                            .body())
                    .contains("read file", "config " + file + " settings.txt", "restore configuration", "log file");
            assertThat(REST.send("DELETE", kept, null).status()).isEqualTo(204);
            assertThat(REST.get(kept).status()).isEqualTo(404);
            JsonNode offers = REST.get(files(id)).json().get("offers");
            assertThat(offers).hasSize(2);
        }
    }

    @Test
    void a_link_takes_one_whole_file_of_its_size_from_its_own_device_and_nothing_else() throws Exception {
        EndpointId id = EndpointId.of("os::0200F0-LIAR");
        FileDevice device = new FileDevice();
        try (HomeGateway _ = new HomeGateway(
                id, new WebSocketClientMtp(WebSocketClientConfig.to(SERVER.ws(), id)), device::beside)) {
            isOnboarded(id);
            long first = ask(id, "{\"action\":\"log\"}");
            String link = device.link();
            assertThat(put(link.replaceFirst("token=.", "token=."), "x")).isEqualTo("403");
            assertThat(put(link.replaceFirst("expires=[0-9]+", "expires=9999999999"), "x"))
                    .isEqualTo("403");
            assertThat(put(link.replaceFirst("files/" + first, "files/" + (first + 1)), "x"))
                    .isEqualTo("403");
            assertThat(new Rest(URI.create(link), Map.of()).get("").status()).isEqualTo(403);

            assertThat(tooLarge(URI.create(link))).contains(" 413 ");
            cutShort(URI.create(link));
            await().atMost(PATIENCE)
                    .until(() -> request(id, first).get("fault").stringValue().contains("broke off")
                            || request(id, first).get("fault").stringValue().contains("EOF"));
            assertThat(request(id, first).get("state").stringValue()).isEqualTo("running");
            assertThat(REST.get(files(id)).json().get("items")).isEmpty();

            assertThat(put(link, "all of it")).isEqualTo("201");
            assertThat(put(link, "once more")).isEqualTo("410");
            device.ends();
            assertThat(REST.get(files(id) + "/"
                                    + complete(id, first).get("file").longValue())
                            .response()
                            .body())
                    .isEqualTo("all of it");
        }
    }

    @Test
    void a_device_that_says_it_is_done_without_a_file_has_failed_and_its_link_is_good_no_more() throws Exception {
        EndpointId id = EndpointId.of("os::0200F0-EMPTY");
        FileDevice device = new FileDevice();
        try (HomeGateway _ = new HomeGateway(
                id, new WebSocketClientMtp(WebSocketClientConfig.to(SERVER.ws(), id)), device::beside)) {
            isOnboarded(id);
            long request = ask(id, "{\"action\":\"log\"}");
            String link = device.link();
            device.ends();
            JsonNode failed = ended(id, request);
            assertThat(failed.get("state").stringValue()).isEqualTo("failed");
            assertThat(failed.get("fault").stringValue()).contains("no file came");
            assertThat(put(link, "late")).isEqualTo("410");

            assertThat(REST.post(files(id) + "/requests", "{\"action\":\"restore\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(REST.post(files(id) + "/requests", "{\"action\":\"steal\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(REST.post(files(id) + "/requests", "{\"action\":\"restore\",\"file\":999999}")
                            .status())
                    .isEqualTo(404);
            assertThat(putHere(id, "..%2Fetc", "x").status()).isEqualTo(400);
        }
    }

    /// Says more than any file may have, and hears so before it has sent it.
    private static String tooLarge(URI link) throws IOException {
        try (Socket socket = new Socket(link.getHost(), link.getPort())) {
            head(socket, link, 1L << 40);
            return new String(socket.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);
        }
    }

    private static void cutShort(URI link) throws IOException {
        try (Socket socket = new Socket(link.getHost(), link.getPort())) {
            head(socket, link, 100);
            socket.getOutputStream().write(new byte[99]);
        }
    }

    private static void head(Socket socket, URI link, long length) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("PUT " + link.getRawPath() + "?" + link.getRawQuery() + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static JsonNode captured(EndpointId device, Map<String, String> arguments) {
        String runs = path(device) + "/diagnostics";
        String wanted = arguments.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                .collect(Collectors.joining(","));
        Rest.Answer asked = REST.post(runs, "{\"kind\":\"capture\",\"arguments\":{" + wanted + "}}");
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(202);
        String run = runs + "/" + asked.json().get("id").longValue();
        await().atMost(PATIENCE)
                .until(() -> !REST.get(run).json().path("state").stringValue("").equals("running"));
        return REST.get(run).json();
    }

    @Test
    void packets_that_a_device_captured_come_here_and_are_for_those_who_manage_the_fleet() throws IOException {
        EndpointId id = EndpointId.of("os::0200F0-CAPTURES");
        try (HomeGateway _ = new HomeGateway(id, SERVER.ws())) {
            isOnboarded(id);
            Rest support = role("support");
            assertThat(support.post(path(id) + "/diagnostics", "{\"kind\":\"capture\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(support.post(
                                    path(id) + "/usp/operate",
                                    "{\"command\":\"Device.PacketCaptureDiagnostics()\","
                                            + "\"inputArgs\":{\"FileTarget\":\"http://127.0.0.1:1/\"}}")
                            .status())
                    .isEqualTo(403);
            assertThat(REST.post(files(id) + "/requests", "{\"action\":\"capture\"}")
                            .status())
                    .isEqualTo(400);

            JsonNode refused = captured(id, Map.of("FilterExpression", "port none"));
            assertThat(refused.get("fault").stringValue()).contains("FilterExpression");
            assertThat(REST.get(files(id)).json().at("/requests/0/state").stringValue())
                    .as("nothing is waited for any more")
                    .isEqualTo("failed");

            // our own questions how it stands are what is captured
            JsonNode run = captured(id, Map.of("PacketCount", "4", "FilterExpression", "tcp", "Duration", "30"));
            assumeThat(run.get("fault").stringValue())
                    .as("this process may capture packets")
                    .doesNotContain("CAP_NET_RAW");

            assertThat(run.at("/outputs/PacketCaptureResult.1.Count").stringValue())
                    .as(run.toString())
                    .isEqualTo("4");
            assertThat(run.at("/inputs/FileTarget").stringValue()).endsWith("token=******");
            assertThat(run.at("/outputs/PacketCaptureResult.1.FileLocation").stringValue())
                    .endsWith("token=******");
            JsonNode kept = REST.get(files(id)).json().at("/items/0");
            assertThat(kept.get("id").longValue()).isEqualTo(run.get("file").longValue());
            assertThat(kept.get("kind").stringValue()).isEqualTo("capture");
            assertThat(kept.get("name").stringValue()).matches("capture-[0-9]{8}-[0-9]{6}[.]pcap");
            String file = files(id) + "/" + run.get("file").longValue();
            assertThat(REST.get(file).response().body())
                    .as("version 2.4 of libpcap")
                    .contains("\u0002\u0000\u0004\u0000");
            assertThat(support.get(file).status()).isEqualTo(403);
            assertThat(support.send("DELETE", file, null).status()).isEqualTo(403);
            assertThat(REST.send("DELETE", file, null).status()).isEqualTo(204);
        }
    }
}
