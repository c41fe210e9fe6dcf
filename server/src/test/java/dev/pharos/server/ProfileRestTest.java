// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Profiles over REST, with real agents: planned, applied, and taken back.
final class ProfileRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final Rest YAML = REST.with("Content-Type", "application/yaml");
    private static final EndpointId ONE = EndpointId.of("proto::profile%2Fone");
    private static final EndpointId TWO = EndpointId.of("proto::profile%2Ftwo");
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<HomeGateway> gateways;

    @BeforeAll
    static void connect() throws IOException {
        gateways = List.of(new HomeGateway(ONE, SERVER.ws()), new HomeGateway(TWO, SERVER.ws()));
        for (HomeGateway gateway : gateways) {
            await().atMost(PATIENCE)
                    .until(() -> REST.get(device(gateway.id()) + "/events")
                            .response()
                            .body()
                            .contains("onboarded"));
            assertThat(REST.send("PATCH", device(gateway.id()), "{\"tags\":[\"of-profiles\",\"region=north\"]}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @AfterAll
    static void disconnect() {
        gateways.forEach(HomeGateway::close);
    }

    @AfterEach
    void nothing_holds_any_more() {
        for (JsonNode profile : REST.get("/api/v1/profiles").json().get("items")) {
            REST.send("DELETE", "/api/v1/profiles/" + profile.get("name").stringValue(), null);
        }
    }

    private static String device(EndpointId id) {
        return "/api/v1/devices/" + Rest.segment(id);
    }

    private static String profile(String name, String rest) {
        return "name: " + name + "\nquery: tag:of-profiles\n" + rest;
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode plan(String text) {
        return ok(YAML.post("/api/v1/profiles/plan", text));
    }

    /// The job of the first profile, when it has ended.
    private static JsonNode applied(String text) {
        return ended(ok(YAML.post("/api/v1/profiles/apply", text)));
    }

    private static JsonNode undone(String name) {
        return ended(ok(REST.post("/api/v1/profiles/undo", "{\"profile\":\"" + name + "\"}")));
    }

    private static JsonNode ended(JsonNode made) {
        String job = "/api/v1/jobs/" + made.at("/items/0/job").asLong();
        await().atMost(PATIENCE).until(() -> REST.get(job).json().has("ended"));
        return REST.get(job).json();
    }

    private static String value(EndpointId id, String path) {
        JsonNode answer = ok(REST.post(device(id) + "/usp/get", "{\"paths\":[\"" + path + "\"]}"));
        JsonNode object = answer.at("/requestedPathResults/0/resolvedPathResults/0/resultParams");
        return object.path(path.substring(path.lastIndexOf('.') + 1)).asString("");
    }

    private static String targets(JsonNode job, EndpointId id) {
        for (JsonNode target : REST.get("/api/v1/jobs/" + job.get("id").asLong() + "/targets")
                .json()
                .get("items")) {
            if (target.get("device").stringValue().equals(id.toString())) {
                return target.toString();
            }
        }
        throw new AssertionError("no such target");
    }

    @Test
    void a_profile_is_planned_applied_and_taken_back() {
        String before = value(ONE, SSID);
        String beforeTwo = value(TWO, SSID);
        String text = profile("home", "parameters: {" + SSID + ": 'Net-{serial}-{tag.region}'}");
        JsonNode plan = plan(text);
        assertThat(plan.get("detail").stringValue()).isEqualTo("Would change 2 of 2 devices.");
        assertThat(plan.at("/groups/0/before").toString()).contains("\"" + before + "\"");
        assertThat(plan.at("/groups/0/examples").toString()).contains("\"Net-S-profile_2Fone-north\"");
        JsonNode job = applied(text);
        assertThat(job.at("/progress/done").asLong()).as(targets(job, ONE)).isEqualTo(2);
        assertThat(job.at("/steps/0").stringValue()).isEqualTo("bring to profile home, version 1");
        assertThat(targets(job, ONE)).contains("1 changed", "Net-S-profile_2Fone-north");
        assertThat(value(ONE, SSID)).isEqualTo("Net-S-profile_2Fone-north");
        assertThat(value(TWO, SSID)).isEqualTo("Net-S-profile_2Ftwo-north");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode again = plan(text);
            assertThat(again.get("nothing").booleanValue()).as(again.toString()).isTrue();
            assertThat(again.get("detail").stringValue())
                    .isEqualTo("Nothing would change: all 2 devices are as they should be.");
        });
        assertThat(REST.get("/api/v1/profiles/home").json().get("version").intValue())
                .isOne();
        JsonNode back = undone("home");
        assertThat(back.at("/progress/done").asLong()).as(targets(back, ONE)).isEqualTo(2);
        assertThat(back.at("/steps/0").stringValue())
                .isEqualTo("bring back what was before job " + job.get("id").asLong());
        assertThat(value(ONE, SSID)).isEqualTo(before);
        assertThat(value(TWO, SSID)).isEqualTo(beforeTwo);
        assertThat(REST.get("/api/v1/profiles/home").status()).isEqualTo(404);
        assertThat(REST.get("/api/v1/profiles/home/versions")
                        .json()
                        .at("/items/0/deleted")
                        .booleanValue())
                .isTrue();
        assertThat(REST.get("/api/v1/audit?limit=20").response().body()).contains("apply profiles", "undo profile");
    }

    @Test
    void a_profile_holds_on_devices_that_come_later_and_that_drift_away() throws IOException {
        String text = profile("holds", "parameters: {" + SSID + ": 'Held-{serial}'}");
        applied(text);
        EndpointId late = EndpointId.of("proto::profile%2Flate");
        try (HomeGateway gateway = new HomeGateway(late, SERVER.ws())) {
            await().atMost(PATIENCE)
                    .until(() -> gateway.id().equals(late)
                            && REST.send("PATCH", device(late), "{\"tags\":[\"of-profiles\"]}")
                                            .status()
                                    == 200);
            await().atMost(PATIENCE).until(() -> held(late));
            ok(REST.post(
                    device(late) + "/usp/set",
                    "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":[{\"param\":\"SSID\",\"value\":"
                            + "\"By hand\"}]}]}"));
            await().atMost(PATIENCE).until(() -> held(late));
            await().atMost(PATIENCE)
                    .until(() -> REST.get(device(late) + "/events")
                            .response()
                            .body()
                            .contains("put right: " + SSID + " (profile holds)"));
            JsonNode explained = ok(REST.get(device(late) + "/profile"));
            assertThat(explained.at("/profiles/0").stringValue()).isEqualTo("holds");
            assertThat(explained.at("/items/0/why").stringValue()).isEqualTo("wanted by holds (priority 0)");
            assertThat(explained.at("/items/0/wanted").stringValue()).isEqualTo("Held-S-profile_2Flate");
            assertThat(explained.at("/items/0/drift/times").intValue()).isPositive();
        } finally {
            REST.send("DELETE", "/api/v1/profiles/holds", null);
            REST.send("DELETE", device(late), null);
        }
    }

    private static boolean held(EndpointId id) {
        Answer answer = REST.post(device(id) + "/usp/get", "{\"paths\":[\"" + SSID + "\"]}");
        return answer.status() == 200 && answer.response().body().contains("\"Held-S-profile_2Flate\"");
    }

    @Test
    void what_somebody_has_changed_since_stays_when_a_profile_is_taken_back() {
        applied(profile("since", "parameters: {" + SSID + ": Since, Device.WiFi.SSID.2.SSID: Since2}"));
        ok(REST.post(
                device(ONE) + "/usp/set",
                "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":[{\"param\":\"SSID\",\"value\":"
                        + "\"By hand\"}]}]}"));
        REST.send("DELETE", "/api/v1/profiles/since", null);
        Answer gone = REST.post("/api/v1/profiles/undo", "{\"profile\":\"since\"}");
        assertThat(gone.status()).isEqualTo(404);
        JsonNode job = applied(profile("since", "parameters: {Device.WiFi.SSID.2.SSID: Other}"));
        assertThat(value(ONE, "Device.WiFi.SSID.2.SSID")).isEqualTo("Other");
        JsonNode back = ended(ok(
                REST.post("/api/v1/profiles/undo", "{\"job\":" + job.get("id").asLong() + "}")));
        assertThat(targets(back, ONE)).contains("1 brought back");
        assertThat(value(ONE, "Device.WiFi.SSID.2.SSID")).isEqualTo("Since2");
        assertThat(value(ONE, SSID)).isEqualTo("By hand");
    }

    @Test
    void a_row_is_added_by_its_key_once_and_deleted_when_that_is_taken_back() {
        String text = profile(
                "row", "rows: [{object: Device.Time.Client., key: {Alias: 'from-{serial}'}, values: {Enable: true}}]");
        assertThat(plan(text).at("/groups/0/state").stringValue()).isEqualTo("missing");
        JsonNode job = applied(text);
        assertThat(job.at("/progress/done").asLong()).as(targets(job, ONE)).isEqualTo(2);
        assertThat(rows(ONE)).contains("from-S-profile_2Fone");
        JsonNode again = applied(text);
        assertThat(targets(again, ONE)).contains("nothing had to be changed");
        assertThat(rows(ONE).split("from-S-profile", -1)).hasSize(2);
        REST.send("DELETE", "/api/v1/profiles/row", null);
        applied(text);
        JsonNode nothing = undone("row");
        assertThat(nothing.at("/progress/devices").asLong())
                .as("it changed nothing")
                .isZero();
        assertThat(rows(ONE)).contains("from-S-profile_2Fone");
    }

    private static String rows(EndpointId id) {
        return ok(REST.post(device(id) + "/usp/get", "{\"paths\":[\"Device.Time.Client.*.Alias\"]}"))
                .toString();
    }

    @Test
    void a_row_that_was_added_is_gone_after_undo() {
        String text = profile("gone", "rows: [{object: Device.Time.Client., key: {Alias: gone}}]");
        applied(text);
        assertThat(rows(TWO)).contains("gone");
        JsonNode back = undone("gone");
        assertThat(targets(back, TWO)).contains("1 brought back");
        assertThat(rows(TWO)).doesNotContain("gone");
    }

    @Test
    void what_a_device_has_not_or_refuses_is_shown_and_the_others_hold() {
        JsonNode job = applied(profile(
                "partly",
                "parameters: {" + SSID + ": Partly, Device.NoSuch.Thing: 1, Device.DeviceInfo.SerialNumber: other,"
                        + " Device.WiFi.Radio.1.Channel: no number}"));
        assertThat(job.at("/progress/failed").asLong()).isEqualTo(2);
        assertThat(targets(job, ONE))
                .contains(
                        "data model has no such parameter (Device.NoSuch.Thing)",
                        "(Device.DeviceInfo.SerialNumber)",
                        "(Device.WiFi.Radio.1.Channel)",
                        "the others hold, 1 changed");
        assertThat(value(ONE, SSID)).isEqualTo("Partly");
    }

    @Test
    void secrets_are_written_once_and_shown_nowhere() {
        String secret = "correct-horse-battery";
        ok(REST.send(
                "PUT",
                device(ONE) + "/attributes",
                "{\"attributes\":{\"wifi.key\":\"" + secret + "\",\"note\":\"x\"}}"));
        String path = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        String text = profile("secret", "parameters: {" + path + ": '{attribute.wifi.key:or " + secret + "2}'}");
        assertThat(plan(text).toString()).contains("******").doesNotContain(secret);
        JsonNode job = applied(text);
        assertThat(job.at("/progress/done").asLong()).as(targets(job, ONE)).isEqualTo(2);
        assertThat(plan(text).get("nothing").booleanValue()).isTrue();
        assertThat(targets(applied(text), ONE)).contains("nothing had to be changed");
        for (String read : List.of(
                "/profiles",
                "/profiles/secret",
                "/profiles/secret/versions",
                "/jobs/" + job.get("id").asLong() + "/targets",
                "/audit?limit=50",
                "/devices/" + Rest.segment(ONE) + "/attributes")) {
            assertThat(REST.get("/api/v1" + read).response().body())
                    .as(read)
                    .hasSizeGreaterThan(2)
                    .doesNotContain(secret);
        }
        assertThat(undone("secret").at("/progress/devices").asLong())
                .as("what was done last changed nothing")
                .isZero();
        REST.send("DELETE", "/api/v1/profiles/secret", null);
        applied(text.replace("battery2", "battery3").replace("{attribute.wifi.key:or ", "{attribute.none:or "));
        String back = targets(undone("secret"), ONE);
        assertThat(back).contains("what secret was before is known to nobody").doesNotContain(secret);
    }

    @Test
    void profiles_that_contradict_each_other_are_refused_and_nothing_is_kept() {
        String two = profile("left", "priority: 7\nparameters: {" + SSID + ": Left}\n---\n")
                + profile("right", "priority: 7\nparameters: {Device.WiFi.SSID.*.SSID: Right}\n");
        JsonNode plan = plan(two);
        assertThat(plan.at("/groups").toString()).contains("contradiction", "left (priority 7), right (priority 7)");
        Answer refused = YAML.post("/api/v1/profiles/apply", two);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").stringValue()).contains("same priority want different values", SSID);
        assertThat(REST.get("/api/v1/profiles").json().get("items").isEmpty()).isTrue();
    }

    @Test
    void a_changed_profile_is_another_version_and_undo_brings_back_the_one_before() {
        applied(profile("versions", "parameters: {" + SSID + ": First}"));
        applied(profile("versions", "parameters: {" + SSID + ": Second}"));
        assertThat(value(ONE, SSID)).isEqualTo("Second");
        undone("versions");
        assertThat(value(ONE, SSID)).isEqualTo("First");
        JsonNode now = REST.get("/api/v1/profiles/versions").json();
        assertThat(now.get("version").intValue()).isEqualTo(3);
        assertThat(now.at("/parameters/" + SSID).stringValue()).isEqualTo("First");
        assertThat(REST.get("/api/v1/profiles/versions/versions").json().get("items"))
                .hasSize(3);
        Answer twice = REST.post("/api/v1/profiles/undo", "{\"profile\":\"versions\"}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().get("detail").stringValue()).contains("was taken back already");
    }

    @Test
    void a_group_that_a_profile_holds_on_stays() {
        String group = "/api/v1/groups/held";
        ok(REST.send("PUT", group, "{\"query\":\"tag:of-profiles\"}"));
        ended(ok(YAML.post(
                "/api/v1/profiles/apply", "{name: g, query: 'group:held', parameters: {" + SSID + ": Grouped}}")));
        assertThat(value(ONE, SSID)).isEqualTo("Grouped");
        Answer refused = REST.send("DELETE", group, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").stringValue()).isEqualTo("Profiles hold on this one: g.");
        REST.send("DELETE", "/api/v1/profiles/g", null);
        assertThat(REST.send("DELETE", group, null).status()).isEqualTo(204);
    }

    @Test
    void one_profile_is_put_under_its_own_name_as_json() {
        String body = "{\"name\":\"put\",\"query\":\"tag:of-profiles\",\"parameters\":{\"" + SSID + "\":\"Put\"}}";
        assertThat(REST.send("PUT", "/api/v1/profiles/other", body).status()).isEqualTo(400);
        ended(ok(REST.send("PUT", "/api/v1/profiles/put", body)));
        assertThat(value(TWO, SSID)).isEqualTo("Put");
        assertThat(REST.send("DELETE", "/api/v1/profiles/put", null).status()).isEqualTo(204);
        assertThat(REST.send("DELETE", "/api/v1/profiles/put", null).status()).isEqualTo(404);
        assertThat(value(TWO, SSID)).as("what it wanted stays").isEqualTo("Put");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan  | name: x              | 400 | Line 1:
            plan  | 'a: &b [*b]'         | 400 | anchors
            plan  | '{name: x, query: "group:none-such", parameters: {Device.A: 1}}' | 400 | cannot be read
            apply | '{name: x, query: "a >", parameters: {Device.A: 1}}' | 400 | at character
            undo  | {}                   | 400 | must name a profile
            undo  | {"profile":"none"}   | 404 | There is no profile none
            undo  | {"job":999999}       | 404 | There is no job 999999
            """)
    void what_cannot_be_done_is_refused_with_the_reason(String verb, String body, int status, String why) {
        Answer answer = (verb.equals("undo") ? REST : YAML).post("/api/v1/profiles/" + verb, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).contains(why);
    }

    @Test
    void a_body_of_more_than_a_mebibyte_is_refused() {
        assertThat(YAML.post("/api/v1/profiles/plan", "#".repeat((1 << 20) + 1)).status())
                .isEqualTo(413);
        assertThat(YAML.post("/api/v1/profiles/plan", "#".repeat(1 << 20)).status())
                .isEqualTo(400);
    }

    @Test
    void attributes_are_checked_and_secrets_among_them_masked() {
        String path = device(TWO) + "/attributes";
        JsonNode noted = ok(REST.send("PUT", path, "{\"attributes\":{\"pppoe.password\":\"abc\",\"floor\":\"2\"}}"));
        assertThat(noted.toString()).isEqualTo("{\"attributes\":{\"floor\":\"2\",\"pppoe.password\":\"******\"}}");
        ok(REST.send("PUT", path, noted.toString()));
        String key = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        assertThat(plan(profile("x", "parameters: {" + key + ": '{attribute.pppoe.password}'}"))
                        .at("/groups/0/devices")
                        .asLong())
                .as("a mask that comes back changes nothing")
                .isOne();
        Answer shown = YAML.post(
                "/api/v1/profiles/plan", profile("x", "parameters: {" + SSID + ": '{attribute.pppoe.password}'}"));
        assertThat(shown.status()).isEqualTo(400);
        assertThat(shown.json().get("detail").stringValue()).contains("would show a secret");
        assertThat(REST.send("PUT", path, "{\"attributes\":{\"a b\":\"c\"}}").status())
                .isEqualTo(400);
        assertThat(REST.send("PUT", path, "{}").status()).isEqualTo(400);
        assertThat(REST.get("/api/v1/devices/proto::none/attributes").status()).isEqualTo(404);
        ok(REST.send("PUT", path, "{\"attributes\":{}}"));
        assertThat(REST.get(path).json().toString()).isEqualTo("{\"attributes\":{}}");
    }

    @Test
    void what_another_system_keeps_is_said_as_files_and_nothing_is_changed() {
        Answer said = REST.post("/api/v1/imports/genieacs", """
                {"presets": [{"_id": "wifi", "weight": 2, "precondition": "Tags.pilot IS NOT NULL",
                  "configurations": [{"type": "value", "name": "Device.WiFi.SSID.1.SSID", "value": "Home"}]}]}""");
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.json().at("/items/0/state").stringValue()).isEqualTo("whole");
        assertThat(said.json().at("/profiles/0/yaml").stringValue()).contains("query: \"tag = \\\"pilot\\\"\"");
        assertThat(REST.get("/api/v1/profiles/wifi").status()).isEqualTo(404);
        assertThat(REST.post("/api/v1/imports/genieacs", "{\"presets\": [{}]}")
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("\"presets\" needs an \"_id\" of its own");
    }
}
