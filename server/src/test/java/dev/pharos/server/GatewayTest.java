// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The main job, end to end: a real agent on a real WebSocket, managed by REST.
final class GatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();

    /// Holds what an id may hold and a path must not.
    private static final EndpointId ID = EndpointId.of("proto::home%2Fgateway.1");

    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @BeforeAll
    static void connect() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        await().atMost(PATIENCE)
                .until(() -> REST.get(DEVICE).status() == 200
                        && REST.get(DEVICE).json().get("status").stringValue().equals("online")
                        && !REST.get(DEVICE)
                                .json()
                                .get("modelName")
                                .stringValue()
                                .isEmpty());
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
    }

    @Test
    void the_gateway_is_learnt_and_shown() {
        JsonNode device = REST.get(DEVICE).json();
        assertThat(device.get("id").stringValue()).isEqualTo(ID.toString());
        assertThat(device.get("online").booleanValue()).isTrue();
        assertThat(device.get("approved").booleanValue()).isTrue();
        assertThat(device.get("verified").booleanValue()).isFalse();
        assertThat(device.get("transport").stringValue()).isEqualTo("websocket");
        assertThat(device.get("parameterCount").intValue()).isPositive();
        assertThat(device.get("protocolVersions").stringValue()).contains("1.");
        JsonNode found =
                REST.get("/api/v1/devices?q=online:true+HOME%252Fgateway").json();
        assertThat(found.get("total").intValue()).isEqualTo(1);
        assertThat(REST.get("/api/v1/summary").json().get("online").intValue()).isPositive();
    }

    @Test
    void parameters_are_read_written_and_told_to_those_who_watch() throws Exception {
        String path = "Device.WiFi.SSID.1.SSID";
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Stream<String> stream = REST.lines("/api/v1/events/stream?device=" + Rest.segment(ID))) {
            Thread reader = Thread.ofVirtual().start(() -> gather(stream, lines));
            String name = "Net" + System.nanoTime();
            Answer set = REST.post(
                    DEVICE + "/usp/set",
                    "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":[{\"param\":\"SSID\","
                            + "\"value\":\"" + name + "\"}]}]}");
            assertThat(set.status()).as(set.response().body()).isEqualTo(200);
            assertThat(set.json()
                            .at(
                                    "/updatedObjectResults/0/operStatus/operSuccess/updatedInstanceResults/0/updatedParams/SSID")
                            .stringValue())
                    .isEqualTo(name);
            assertThat(REST.post(DEVICE + "/usp/get", "{\"paths\":[\"" + path + "\"]}")
                            .json()
                            .at("/requestedPathResults/0/resolvedPathResults/0/resultParams/SSID")
                            .stringValue())
                    .isEqualTo(name);
            await().atMost(PATIENCE)
                    .until(() -> lines.stream()
                            .anyMatch(line ->
                                    line.startsWith("data: ") && line.contains("ValueChange") && line.contains(name)));
            await().atMost(PATIENCE)
                    .until(() -> REST.get(DEVICE + "/twin?path=" + path)
                            .json()
                            .at("/items/0/value")
                            .stringValue("")
                            .equals(name));
            assertThat(REST.get(DEVICE + "/events?limit=50").response().body()).contains(name);
            reader.interrupt();
        }
    }

    @Test
    void a_stream_goes_on_after_the_last_event_that_its_reader_had() {
        JsonNode newest = REST.get("/api/v1/events?limit=2").json().get("items");
        assertThat(newest.size()).isEqualTo(2);
        String before = newest.get(1).get("seq").toString();
        try (Stream<String> stream = REST.with("Last-Event-ID", before).lines("/api/v1/events/stream")) {
            assertThat(stream.filter(line -> line.startsWith("id: ")).findFirst())
                    .contains("id: " + newest.get(0).get("seq"));
        }
    }

    @Test
    void a_device_refuses_with_its_own_code_and_text() {
        Answer set = REST.post(
                DEVICE + "/usp/set",
                "{\"updateObjects\":[{\"objPath\":\"Device.Nothing.\",\"paramSettings\":[{\"param\":\"A\",\"value\":\"b\"}]}]}");
        assertThat(set.status()).isEqualTo(422);
        assertThat(set.json().get("errCode").intValue()).isBetween(7000, 7999);
        assertThat(set.json().get("paramErrs").isArray()).isTrue();
        JsonNode get = REST.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.Nothing.\"]}")
                .json();
        assertThat(get.at("/requestedPathResults/0/errCode").intValue()).isEqualTo(7026);
    }

    @Test
    void rows_come_and_go_and_instances_show_them() {
        Answer add = REST.with("Idempotency-Key", "add-" + System.nanoTime())
                .post(DEVICE + "/usp/add", "{\"createObjects\":[{\"objPath\":\"Device.LocalAgent.Subscription.\"}]}");
        assertThat(add.status()).as(add.response().body()).isEqualTo(200);
        String row = add.json()
                .at("/createdObjectResults/0/operStatus/operSuccess/instantiatedPath")
                .stringValue();
        assertThat(REST.post(DEVICE + "/usp/instances", "{\"objPaths\":[\"Device.LocalAgent.Subscription.\"]}")
                        .response()
                        .body())
                .contains(row);
        Answer delete = REST.post(DEVICE + "/usp/delete", "{\"objPaths\":[\"" + row + "\"]}");
        assertThat(delete.json()
                        .at("/deletedObjectResults/0/operStatus/operSuccess/affectedPaths/0")
                        .stringValue())
                .isEqualTo(row);
    }

    @Test
    void what_it_supports_is_stored_and_what_it_speaks_is_asked() {
        JsonNode stored = REST.get(DEVICE + "/schema").json().get("supportedObjs");
        assertThat(stored.size()).isGreaterThan(20);
        JsonNode asked = REST.post(DEVICE + "/usp/schema", "{\"objPaths\":[\"Device.WiFi.\"],\"firstLevelOnly\":true}")
                .json();
        assertThat(asked.at("/requestedObjectResults/0/supportedObjs/0/access").stringValue())
                .startsWith("OBJ_");
        assertThat(REST.post(DEVICE + "/usp/protocols", "{}")
                        .json()
                        .get("agentSupportedProtocolVersions")
                        .stringValue())
                .contains("1.4");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                REST.get(DEVICE + "/subscriptions").response().body())
                        .contains("\"pharos-boot\""));
    }

    @Test
    void a_command_runs_and_its_wrong_name_is_refused() {
        Answer wrong = REST.post(DEVICE + "/usp/operate", "{\"command\":\"Device.NoSuch()\"}");
        assertThat(wrong.status()).isIn(200, 422);
        assertThat(wrong.response().body()).contains("\"errCode\":7");
        assertThat(REST.get("/api/v1/audit?limit=50").response().body()).contains("Device.NoSuch()");
    }

    @Test
    void records_are_seen_as_they_pass() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Stream<String> stream = REST.lines("/api/v1/devices/-/wire")) {
            Thread reader = Thread.ofVirtual().start(() -> gather(stream, lines));
            await().atMost(PATIENCE).until(() -> {
                REST.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.DeviceInfo.\"]}");
                return lines.stream()
                        .anyMatch(line -> line.contains("\"GetResponse\"") || line.contains("\"GetResp\""));
            });
            reader.interrupt();
        }
    }

    @Test
    void a_query_that_has_a_name_is_a_group_and_stands_in_other_queries() {
        String id = "id = \\\"" + ID + "\\\"";
        String mine = "/api/v1/groups/mine%20here";
        JsonNode saved = REST.send("PUT", mine, "{\"query\":\"" + id + "\",\"description\":\"for tests\"}")
                .json();
        assertThat(saved.get("devices").intValue()).isEqualTo(1);
        assertThat(saved.get("name").stringValue()).isEqualTo("mine here");
        assertThat(REST.send("PUT", "/api/v1/groups/others", "{\"query\":\"not group:\\\"mine here\\\"\"}")
                        .status())
                .isEqualTo(200);

        assertThat(REST.get("/api/v1/devices?q=group%3A%22mine%20here%22")
                        .json()
                        .get("total")
                        .intValue())
                .isEqualTo(1);
        assertThat(REST.get("/api/v1/devices/facets?by=transport&q=group:%22mine%20here%22")
                        .json()
                        .get("devices")
                        .intValue())
                .isEqualTo(1);
        assertThat(REST.get("/api/v1/groups").response().body()).contains("for tests", "\"others\"");
        assertThat(REST.get("/api/v1/audit").response().body()).contains("save group");

        Rest.Answer used = REST.send("DELETE", mine, null);
        assertThat(used.status()).isEqualTo(409);
        assertThat(used.response().body()).contains("others");
        assertThat(REST.send("DELETE", "/api/v1/groups/others", null).status()).isEqualTo(204);
        assertThat(REST.send("DELETE", mine, null).status()).isEqualTo(204);
        assertThat(REST.get(mine).status()).isEqualTo(404);
        assertThat(REST.get("/api/v1/devices?q=group:gone").response().body()).contains("there is no group");
    }

    @Test
    void a_group_that_could_mean_nothing_is_refused_with_the_reason() {
        assertThat(REST.send("PUT", "/api/v1/groups/x", "{\"query\":\"modle = X\"}")
                        .response()
                        .body())
                .contains("character 1", "modle");
        assertThat(REST.send("PUT", "/api/v1/groups/x", "{\"query\":\"online:true or group:x\"}")
                        .response()
                        .body())
                .contains("made of itself");
        assertThat(REST.send("PUT", "/api/v1/groups/-x", "{\"query\":\"online:true\"}")
                        .status())
                .isEqualTo(400);
        assertThat(REST.send("PUT", "/api/v1/groups/x", "{}").status()).isEqualTo(400);
        assertThat(REST.get("/api/v1/groups/x").status()).isEqualTo(404);
    }

    @Test
    void tags_are_kept_and_a_device_that_left_is_said_to_be_away() throws IOException {
        EndpointId id = EndpointId.of("proto::short-visit");
        String device = "/api/v1/devices/" + Rest.segment(id);
        try (HomeGateway visitor = new HomeGateway(id, SERVER.ws())) {
            await().atMost(PATIENCE)
                    .until(() -> REST.get(device).status() == 200
                            && REST.get(device)
                                    .json()
                                    .get("status")
                                    .stringValue()
                                    .equals("online"));
            assertThat(REST.send("PATCH", device, "{\"tags\":[\"lab\",\"lab\"]}")
                            .json()
                            .get("tags")
                            .toString())
                    .isEqualTo("[\"lab\"]");
            assertThat(visitor.id()).isEqualTo(id);
        }
        await().atMost(PATIENCE)
                .until(() -> !REST.get(device).json().get("online").booleanValue());
        Answer away = REST.post(device + "/usp/get", "{\"paths\":[\"Device.\"]}");
        assertThat(away.status()).isEqualTo(409);
        assertThat(away.json().get("detail").stringValue()).contains("last seen 20");
        assertThat(REST.send("DELETE", device, null).status()).isEqualTo(204);
        assertThat(REST.get(device).status()).isEqualTo(404);
    }

    /// Until the stream is closed, which the test does when it has seen enough.
    private static void gather(Stream<String> stream, List<String> lines) {
        try {
            stream.forEach(lines::add);
        } catch (UncheckedIOException closed) {
            lines.add("closed");
        }
    }
}
