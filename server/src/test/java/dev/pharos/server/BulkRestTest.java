// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The reports of a device in the REST interface, with a real gateway, and what came of them.
class BulkRestTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("proto::bulk-rest");
    private static final String PLACE = "/api/v1/devices/" + Rest.segment(ID) + "/bulk";
    private static final String NAME = "Device.DeviceInfo.FriendlyName";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static HomeGateway gateway;

    @BeforeAll
    static void come() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        await().atMost(PATIENCE)
                .until(() -> REST.get("/api/v1/devices/" + Rest.segment(ID) + "/events")
                        .response()
                        .body()
                        .contains("onboarded"));
    }

    @AfterAll
    static void leave() {
        gateway.close();
    }

    private static JsonNode bulk() {
        Answer answer = REST.get(PLACE);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static long added(String body) {
        Answer answer = REST.post(PLACE + "/profiles", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().get("number").longValue();
    }

    private static List<String> paths(JsonNode profile) {
        List<String> paths = new ArrayList<>();
        profile.get("parameters").forEach(each -> paths.add(each.get("path").stringValue()));
        return paths;
    }

    @Test
    void a_report_is_added_changed_made_and_removed_and_what_came_is_told() {
        long number = added("{\"parameters\":[\"" + NAME + "\"],\"interval\":3600,\"name\":\"names\",\"retained\":3}");
        String profile = PLACE + "/profiles/" + number;
        JsonNode there = bulk();
        assertThat(there.get("asked").booleanValue()).isTrue();
        assertThat(there.get("topic").stringValue()).isEqualTo("usp/bulk/" + ID);
        assertThat(there.get("profiles").get(0).toString())
                .contains("\"enabled\":true", "\"names\"", "USPEventNotif", "3600", "\"retained\":3", NAME);
        long before = there.get("received").get("deliveries").longValue();

        assertThat(REST.post(profile + "/report", "{}").status()).isEqualTo(204);
        await().atMost(PATIENCE)
                .until(() -> bulk().get("received").get("deliveries").longValue() > before);
        assertThat(bulk().get("received").get("way").stringValue()).isEqualTo("event");
        assertThat(bulk().get("received").get("kept").longValue()).isPositive();

        Answer changed = REST.send(
                "PUT", profile, "{\"interval\":600,\"parameters\":[\"Device.DeviceInfo.UpTime\"],\"enabled\":false}");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(paths(changed.json())).containsExactly("Device.DeviceInfo.UpTime");
        assertThat(changed.json().get("interval").intValue()).isEqualTo(600);
        assertThat(changed.json().get("enabled").booleanValue()).isFalse();
        Answer off = REST.post(profile + "/report", "{}");
        assertThat(off.status()).as(off.response().body()).isEqualTo(422);

        assertThat(REST.send("DELETE", profile, null).status()).isEqualTo(204);
        assertThat(REST.send("DELETE", profile, null).status()).isEqualTo(404);
        assertThat(bulk().get("profiles").toString()).doesNotContain("\"number\":" + number + ",");
    }

    @Test
    void what_the_device_refuses_leaves_no_half_of_a_report() {
        int before = bulk().get("profiles").size();
        Answer refused = REST.post(PLACE + "/profiles", "{\"parameters\":[\"Device.No.Such\"]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errCode").intValue()).isBetween(7000, 7999);
        assertThat(bulk().get("profiles").size()).isEqualTo(before);
        Answer nowhere = REST.post(PLACE + "/profiles", "{\"parameters\":[\"" + NAME + "\"],\"way\":\"mqtt\"}");
        assertThat(nowhere.status()).isEqualTo(409);
        assertThat(nowhere.json().get("detail").stringValue()).contains("no session at an MQTT broker");
    }

    @Test
    void what_makes_no_sense_is_refused_with_what_is_allowed() {
        for (String wrong : List.of(
                "{}",
                "{\"parameters\":[\"WiFi\"]}",
                "{\"parameters\":[\"" + NAME + "\"],\"interval\":0}",
                "{\"parameters\":[\"" + NAME + "\"],\"way\":\"pigeon\"}",
                "{\"parameters\":[\"" + NAME + "\"],\"way\":\"http\"}",
                "{\"parameters\":[\"" + NAME + "\"],\"url\":\"https://a/bulk\"}",
                "{\"parameters\":[\"" + NAME + "\"],\"encoding\":\"XML\"}",
                "{\"parameters\":[\"" + NAME + "\"],\"retained\":101}")) {
            assertThat(REST.post(PLACE + "/profiles", wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(REST.send("PUT", PLACE + "/profiles/1", "{}").status()).isEqualTo(400);
        assertThat(REST.send("PUT", PLACE + "/profiles/4711", "{\"enabled\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(REST.get("/api/v1/devices/proto::nobody/bulk").status()).isEqualTo(404);
    }

    @Test
    void who_was_refused_is_told_with_the_reason_of_the_device_and_of_strangers() {
        String password = REST.post("/api/v1/devices/" + Rest.segment(ID) + "/collector-login", "{}")
                .json()
                .get("password")
                .stringValue();
        Rest device = login(ID + ":" + password);
        assertThat(device.post("/bulk", "{\"Report\":7}").status()).isEqualTo(400);
        assertThat(login("proto::stranger:x").post("/bulk", "{}").status()).isEqualTo(401);

        JsonNode own = bulk().get("refusals").get(0);
        assertThat(own.get("reason").stringValue()).contains("Report is no array");
        assertThat(own.get("device").stringValue()).isEqualTo(ID.toString());
        assertThat(bulk().get("received").get("refused").longValue()).isPositive();
        JsonNode all = REST.get("/api/v1/bulk").json();
        assertThat(all.get("refusals").get(0).toString())
                .contains("proto::stranger", "No device has this login", "127.0.0.1")
                .doesNotContain("\"device\"");
        assertThat(all.get("outcomes").toString()).contains("refused.400", "refused.401");
    }

    private static Rest login(String login) {
        return new Rest(SERVER.url(), Map.of())
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
}
