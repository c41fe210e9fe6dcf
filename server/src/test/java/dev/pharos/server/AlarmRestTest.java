// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.webhook.Receiver;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Alarms as scripts have them, with a real agent.
final class AlarmRestTest {
    private static final String RULES = "/api/v1/alarm-rules";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EndpointId ID = EndpointId.of("proto::alarmed-gateway");

    private final Rest rest = TestServer.shared().rest();

    @AfterEach
    void end() {
        rest.send("DELETE", path(), null);
        rest.send("DELETE", "/api/v1/webhooks/alarms", null);
    }

    private static String path() {
        return RULES + "/of%20this%20test";
    }

    private JsonNode open() {
        return rest.get("/api/v1/alarms?state=open&rule=of%20this%20test&device=" + Rest.segment(ID))
                .json()
                .get("items");
    }

    private JsonNode preview(String fields) {
        Answer answer = rest.post(RULES + "/preview", "{\"severity\":\"minor\"," + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void whom_a_rule_would_concern_is_known_before_it_is_saved() throws IOException {
        EndpointId id = EndpointId.of("proto::previewed-gateway");
        try (HomeGateway gateway = new HomeGateway(id, TestServer.shared().ws())) {
            String query = "\"query\":\"id = \\\"" + gateway.id() + "\\\"\"";
            await().atMost(PATIENCE)
                    .until(() -> preview(query + ",\"when\":\"onboarded:true\"")
                                    .get("concerned")
                                    .asLong()
                            == 1);
            JsonNode one = preview(query + ",\"when\":\"online:true\"");
            assertThat(one.get("devices").asLong()).isEqualTo(1);
            assertThat(one.get("alarms").asLong()).isEqualTo(1);
            assertThat(one.get("first").get(0).stringValue())
                    .isEqualTo(gateway.id().toString());
            assertThat(preview(query + ",\"when\":\"online:false\",\"percent\":10")
                            .get("alarms")
                            .asLong())
                    .isZero();
            assertThat(preview(query + ",\"atLeast\":1,\"kinds\":[\"online\"]")
                            .get("concerned")
                            .asLong())
                    .isEqualTo(1);
            assertThat(preview(query + ",\"atLeast\":1000").get("concerned").asLong())
                    .isZero();
            assertThat(rest.post(RULES + "/preview", "{\"severity\":\"minor\",\"when\":\"modle = X\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(rest.get(RULES + "/preview").status()).isEqualTo(404);
        }
    }

    @Test
    void an_alarm_is_raised_told_looked_after_and_over() throws IOException {
        try (Receiver receiver = new Receiver();
                HomeGateway gateway = new HomeGateway(ID, TestServer.shared().ws())) {
            assertThat(rest.post(
                                    "/api/v1/webhooks",
                                    "{\"name\":\"alarms\",\"kinds\":[\"alarm\"],\"url\":\"" + receiver.url() + "\"}")
                            .status())
                    .isEqualTo(200);
            Answer made = rest.send(
                    "PUT",
                    path(),
                    "{\"severity\":\"minor\",\"query\":\"id = \\\"" + gateway.id()
                            + "\\\"\",\"when\":\"online:true\"}");
            assertThat(made.status()).as(made.response().body()).isEqualTo(200);
            assertThat(made.json().get("text").stringValue()).isEqualTo("online:true");
            await().atMost(PATIENCE).until(() -> open().size() == 1);
            await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty());
            JsonNode told = receiver.received().getFirst().json();
            assertThat(told.get("type").stringValue()).isEqualTo("alarm");
            assertThat(told.get("data").get("device").stringValue()).isEqualTo(ID.toString());
            String alarm = "/api/v1/alarms/" + open().get(0).get("id").asLong();
            assertThat(rest.post(alarm + "/assign", "{\"to\":\"anna\"}")
                            .json()
                            .get("state")
                            .stringValue())
                    .isEqualTo("assigned");
            assertThat(rest.post(alarm + "/mute", "{\"minutes\":60}")
                            .json()
                            .get("state")
                            .stringValue())
                    .isEqualTo("muted");
            assertThat(rest.post(alarm + "/note", "{\"text\":\"seen\"}")
                            .json()
                            .get("notes")
                            .get(0)
                            .get("text")
                            .stringValue())
                    .isEqualTo("seen");
            assertThat(rest.post(alarm + "/mute", "{\"minutes\":0}")
                            .json()
                            .get("state")
                            .stringValue())
                    .isEqualTo("assigned");
            JsonNode cleared = rest.post(alarm + "/clear", "{}").json();
            assertThat(cleared.get("state").stringValue()).isEqualTo("cleared");
            assertThat(cleared.get("clearedBy").stringValue()).isNotEmpty();
            assertThat(rest.post(alarm + "/clear", "{}").status()).isEqualTo(409);
            assertThat(open()).isEmpty();
            assertThat(rest.get("/api/v1/audit?device=" + Rest.segment(ID))
                            .response()
                            .body())
                    .contains("assign alarm", "mute alarm", "note on alarm", "clear alarm");
            await().atMost(PATIENCE)
                    .until(() -> rest.get("/api/v1/devices/" + Rest.segment(ID) + "/events")
                            .response()
                            .body()
                            .contains("is cleared by"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"when":"online:false"} | severity
            {"severity":"awful","when":"online:false"} | severity
            {"severity":"minor"} | when
            {"severity":"minor","when":"online:false","atLeast":3} | when
            {"severity":"minor","when":"online="} | when
            {"severity":"minor","when":"online:false","query":"group:nobody-made-this"} | query
            {"severity":"minor","when":"online:false","forSeconds":-1} | forSeconds
            {"severity":"minor","atLeast":0} | atLeast
            {"severity":"minor","atLeast":1,"withinSeconds":1} | withinSeconds
            {"severity":"minor","atLeast":1,"kinds":["alarm"]} | kinds
            {"severity":"minor","atLeast":1,"kinds":["Boot!"]} | kinds
            {"severity":"minor","atLeast":1,"percent":101} | percent
            """)
    void what_is_wrong_is_named_and_no_rule_is_made(String body, String field) {
        Answer answer = rest.send("PUT", path(), body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue()).startsWith("\"" + field + "\" ");
        assertThat(rest.get(path()).status()).isEqualTo(404);
    }

    @Test
    void a_group_that_a_rule_or_a_webhook_means_cannot_be_deleted() {
        String group = "/api/v1/groups/watched";
        assertThat(rest.send("PUT", group, "{\"query\":\"tag:watched\"}").status())
                .isEqualTo(200);
        rest.send("PUT", path(), "{\"severity\":\"minor\",\"when\":\"group:watched and online:false\"}");
        Answer refused = rest.send("DELETE", group, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").stringValue())
                .isEqualTo("Rules for alarms look at this one: of this test.");
        rest.post(
                "/api/v1/webhooks", "{\"name\":\"alarms\",\"url\":\"https://x.example/\",\"query\":\"group:watched\"}");
        assertThat(rest.send("DELETE", group, null).json().get("detail").stringValue())
                .isEqualTo("Webhooks are for this one: alarms.");
        end();
        assertThat(rest.send("DELETE", group, null).status()).isEqualTo(204);
    }

    @Test
    void a_rule_over_events_is_shown_as_it_was_made() {
        JsonNode made = rest.send(
                        "PUT",
                        path(),
                        "{\"severity\":\"major\",\"query\":\"model = X\",\"kinds\":[\"Event\"],\"path\":\"Device.Boot!\","
                                + "\"atLeast\":1,\"withinSeconds\":3600,\"percent\":30}")
                .json();
        assertThat(made.get("text").stringValue()).isEqualTo("30 % of model = X: 1 × Event Device.Boot! within 1 h");
        assertThat(made.has("when")).isFalse();
        JsonNode shown = rest.get(RULES).json().get("items").get(0);
        assertThat(shown.get("percent").asInt()).isEqualTo(30);
        assertThat(shown.get("open").asLong()).isZero();
        assertThat(rest.get("/api/v1/alarms?state=ended").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/alarms?severity=awful").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/alarms/999999").status()).isEqualTo(404);
    }
}
