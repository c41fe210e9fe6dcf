// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What passes on the wire and who is refused, as a reader of the REST interface sees it, on a server that listens over
/// WebSocket and MQTT.
final class WireTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final EndpointId ID = EndpointId.of("proto::wire%2Fgateway");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String UPGRADE = """
            GET /usp?eid=%s HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            %s

            """.replace("\n", "\r\n");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestServer server;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        ServerOptions options = TestServer.options(folder);
        options.mqtt = new Port(0);
        server = TestServer.with(options);
        rest = server.rest();
        gateway = new HomeGateway(ID, server.ws());
        await().atMost(PATIENCE)
                .until(() -> rest.get(DEVICE).status() == 200
                        && !rest.get(DEVICE)
                                .json()
                                .get("modelName")
                                .stringValue()
                                .isEmpty());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    /// A reader of a stream that is open until it is closed.
    private static final class Reader implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Stream<String> stream;

        Reader(Rest from, String path) {
            stream = from.lines(path);
            Thread.ofVirtual().start(() -> {
                try {
                    stream.forEach(lines::add);
                } catch (UncheckedIOException closed) {
                    lines.add("closed");
                }
            });
        }

        List<JsonNode> entries() {
            return lines.stream()
                    .filter(line -> line.startsWith("data:") && line.contains("\"seq\""))
                    .map(line -> JSON.readTree(line.substring("data:".length())))
                    .toList();
        }

        JsonNode awaitEntry(Predicate<JsonNode> wanted) {
            await().atMost(PATIENCE).until(() -> entries().stream().anyMatch(wanted));
            return entries().stream().filter(wanted).findFirst().orElseThrow();
        }

        void awaitLive() {
            await().atMost(PATIENCE).until(() -> lines.contains("event: live"));
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static String text(JsonNode entry, String field) {
        return entry.get(field).asString("");
    }

    private static boolean isRefused(JsonNode entry, String reason) {
        return text(entry, "refused").contains(reason);
    }

    private static JsonNode awaitRefusedPeer(String reason) {
        await().atMost(PATIENCE)
                .until(() -> rest.get("/api/v1/refused").response().body().contains(reason));
        for (JsonNode peer : rest.get("/api/v1/refused").json().get("items")) {
            if (text(peer, "reason").contains(reason)) {
                return peer;
            }
        }
        throw new AssertionError("it was there a moment ago: " + reason);
    }

    /// Sends each text when the one before it has been answered.
    private static void send(String url, String... texts) throws IOException {
        int port = Integer.parseInt(url.replaceFirst("/usp$", "").replaceFirst(".*:", ""));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            for (String text : texts) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
            }
        }
    }

    @Test
    void a_view_begins_with_what_passed_lately_and_goes_on_with_what_passes() {
        try (Reader reader = new Reader(rest, DEVICE + "/wire")) {
            reader.awaitLive();
            assertThat(reader.entries())
                    .as("before anything was asked")
                    .anyMatch(entry -> text(entry, "record").equals("WebSocketConnect"))
                    .anyMatch(entry -> text(entry, "message").equals("GetResponse"));
            long last = reader.entries().getLast().get("seq").longValue();
            rest.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.DeviceInfo.ModelName\"]}");
            JsonNode request = reader.awaitEntry(entry -> entry.get("seq").longValue() > last
                    && text(entry, "summary").equals("Get Device.DeviceInfo.ModelName"));
            assertThat(text(request, "direction")).isEqualTo("out");
            assertThat(text(request, "transport")).isEqualTo("websocket");
            assertThat(text(request, "hex")).isNotEmpty();
            JsonNode answer = reader.awaitEntry(entry -> text(entry, "msgId").equals(text(request, "msgId"))
                    && text(entry, "direction").equals("in"));
            assertThat(JSON.readTree(text(answer, "text")).get("message").toString())
                    .contains("ModelName");
            assertThat(reader.entries()).allMatch(entry -> text(entry, "device").equals(ID.toString()));
            assertThat(reader.entries().stream().map(entry -> entry.get("seq").longValue()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void who_comes_back_with_the_last_id_is_not_told_the_same_again() {
        long last;
        try (Reader reader = new Reader(rest, DEVICE + "/wire")) {
            reader.awaitLive();
            last = reader.entries().getLast().get("seq").longValue();
        }
        try (Reader again = new Reader(rest.with("Last-Event-ID", Long.toString(last)), "/api/v1/wire")) {
            again.awaitLive();
            assertThat(again.entries()).allMatch(entry -> entry.get("seq").longValue() > last);
        }
    }

    @Test
    @Requirement("R-SEC.1")
    void a_passphrase_on_its_way_to_the_device_is_not_seen() {
        try (Reader reader = new Reader(rest, "/api/v1/wire")) {
            reader.awaitLive();
            Answer set = rest.post(
                    DEVICE + "/usp/set",
                    "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.AccessPoint.1.Security.\",\"paramSettings\":"
                            + "[{\"param\":\"KeyPassphrase\",\"value\":\"lighthouse-8472\",\"required\":true}]}]}");
            assertThat(set.status()).isEqualTo(200);
            JsonNode seen = reader.awaitEntry(entry -> text(entry, "message").equals("Set"));
            assertThat(text(seen, "text")).contains("KeyPassphrase", "******");
            assertThat(text(seen, "note")).contains("masked");
            reader.awaitEntry(entry -> text(entry, "message").equals("SetResponse"));
            assertThat(reader.lines).noneMatch(line -> line.contains("lighthouse-8472"));
            String hex = java.util.HexFormat.of().formatHex("lighthouse-8472".getBytes(StandardCharsets.UTF_8));
            assertThat(reader.lines).noneMatch(line -> line.contains(hex));
        }
    }

    @Test
    void a_peer_without_the_sub_protocol_is_seen_with_the_reason() throws Exception {
        send(server.ws().toString(), UPGRADE.formatted("proto::no-protocol", "Sec-WebSocket-Protocol: chat"));
        JsonNode peer = awaitRefusedPeer("Sec-WebSocket-Protocol: v1.usp is missing");
        assertThat(text(peer, "transport")).isEqualTo("websocket");
        assertThat(peer.get("count").longValue()).isPositive();
        try (Reader reader = new Reader(rest, "/api/v1/wire")) {
            JsonNode entry = reader.awaitEntry(each -> isRefused(each, "Sec-WebSocket-Protocol"));
            assertThat(text(entry, "kind")).isEqualTo("refused");
        }
    }

    @Test
    void bytes_that_are_no_record_are_seen_with_their_beginning() throws Exception {
        EndpointId garbler = EndpointId.of("proto::garbler");
        // the upgrade, then a masked binary frame (mask 0) of sixteen bytes
        send(
                server.ws().toString(),
                UPGRADE.formatted(garbler, "Sec-WebSocket-Protocol: v1.usp"),
                "\202\220\0\0\0\0password=secret!");
        JsonNode peer = awaitRefusedPeer("it sent something that is no Record");
        assertThat(text(peer, "device")).isEqualTo(garbler.toString());
        try (Reader reader = new Reader(rest, "/api/v1/devices/" + Rest.segment(garbler) + "/wire")) {
            JsonNode entry = reader.awaitEntry(each -> isRefused(each, "not a Record"));
            assertThat(text(entry, "hex")).isEqualTo("70617373776f7264");
            assertThat(text(entry, "note")).contains("the first 8 of 16");
            reader.awaitEntry(each -> text(each, "kind").equals("opened"));
            reader.awaitEntry(each -> text(each, "kind").equals("closed"));
        }
    }

    @Test
    void a_wrong_password_at_the_broker_is_seen_with_the_reason() throws Exception {
        // CONNECT of MQTT 3.1.1: client id "c", user "intruder", password "letmein-please"
        String body = "\0\4MQTT\4\302\0<\0\1c\0\10intruder\0\16letmein-please";
        send(server.mqtt().toString(), "\20" + (char) body.length() + body);
        JsonNode peer = awaitRefusedPeer("unknown user or wrong password: intruder");
        assertThat(text(peer, "transport")).isEqualTo("mqtt");
        assertThat(rest.get("/api/v1/refused").response().body()).doesNotContain("letmein");
        await().atMost(PATIENCE)
                .until(() ->
                        rest.get("/api/v1/events?limit=200").response().body().contains("intruder"));
    }

    @Test
    void a_device_that_is_not_approved_is_seen_with_the_reason() throws Exception {
        EndpointId id = EndpointId.of("proto::unwanted");
        String device = "/api/v1/devices/" + Rest.segment(id);
        try (HomeGateway unwanted = new HomeGateway(id, server.ws())) {
            await().atMost(PATIENCE).until(() -> rest.get(device).status() == 200);
            rest.send("PATCH", device, "{\"approved\":false}");
            try (Reader reader = new Reader(rest, device + "/wire")) {
                JsonNode entry = reader.awaitEntry(each -> isRefused(each, "approv"));
                assertThat(text(entry, "device")).isEqualTo(unwanted.id().toString());
            }
        }
    }

    @Test
    void an_id_that_is_none_is_a_wrong_request() {
        assertThat(rest.get("/api/v1/devices/nonsense/wire").status()).isEqualTo(400);
        assertThat(rest.with("Last-Event-ID", "x").get("/api/v1/wire").status()).isEqualTo(400);
    }
}
