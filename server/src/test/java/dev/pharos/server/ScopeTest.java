// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.rights.Reach;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whoever is limited to the devices of a query sees no other, wherever they look: every operation is tried with one
/// that is out of their scope.
final class ScopeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest ADMIN = SERVER.rest();
    private static final EndpointId NORTH = EndpointId.of("proto::scope%2Fnorth");
    private static final EndpointId SOUTH = EndpointId.of("proto::scope%2Fsouth");
    private static final String UNKNOWN = "proto::scope%2Fnobody";
    private static final String GET = "{\"get\":{\"paths\":[\"Device.DeviceInfo.SerialNumber\"]}}";
    private static final String EVERYONE = "tag:scope-north or tag:scope-south";
    private static final String RULE = "/api/v1/alarm-rules/of%20scopes";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<HomeGateway> gateways;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest engineer;

    @BeforeAll
    static void connect() throws IOException {
        gateways = List.of(new HomeGateway(NORTH, SERVER.ws()), new HomeGateway(SOUTH, SERVER.ws()));
        for (EndpointId id : List.of(NORTH, SOUTH)) {
            await().atMost(PATIENCE)
                    .until(() ->
                            ADMIN.get(device(id) + "/events").response().body().contains("onboarded"));
            String tag = id.equals(NORTH) ? "scope-north" : "scope-south";
            assertThat(ADMIN.send("PATCH", device(id), "{\"tags\":[\"" + tag + "\"]}")
                            .status())
                    .isEqualTo(200);
        }
        engineer = token("engineer", "tag:scope-north");
    }

    @AfterAll
    static void disconnect() {
        gateways.forEach(HomeGateway::close);
        ADMIN.send("DELETE", RULE, null);
    }

    private static String device(Object id) {
        return "/api/v1/devices/" + Rest.segment(id);
    }

    private static Rest token(String role, String scope) {
        JsonNode made = ok(ADMIN.post(
                "/api/v1/tokens",
                "{\"name\":\"" + role + " of scopes\",\"role\":\"" + role + "\",\"scope\":\"" + scope + "\"}"));
        return ADMIN.with("Authorization", "Bearer " + made.get("token").stringValue());
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> operations() {
        List<String> there = new ArrayList<>();
        ADMIN.get("/api/openapi.json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> there.add(operation.getKey() + " " + path.getKey())));
        return there;
    }

    private static List<String> kept(Reach reach) {
        return KeptToScopes.OPERATIONS.getOrDefault(reach, List.of());
    }

    private static boolean ofDevice(String operation) {
        return operation.contains("/devices/{id}") || operation.contains("/agents/{id}");
    }

    /// With nothing in the body that would do anything.
    private static Answer tried(Rest rest, String operation, String device) {
        int blank = operation.indexOf(' ');
        String method = operation.substring(0, blank).toUpperCase(Locale.ROOT);
        String path = operation
                .substring(blank + 1)
                .replace("/api/v1/devices/{id}", device(device))
                .replace("/agents/{id}", "/agents/" + Rest.segment(device))
                .replaceAll("\\{(?:id|run)}", "999999")
                .replaceAll("\\{\\w+}", "none-of-scopes");
        boolean bare = method.equals("GET")
                || method.equals("DELETE")
                || List.of("/api/v1/firmware", "/api/v1/modules").contains(path);
        return rest.send(method, path, bare ? null : "{}");
    }

    @Test
    void every_operation_about_a_device_answers_of_one_out_of_scope_as_of_one_that_is_not_there() {
        List<String> ofDevices =
                operations().stream().filter(ScopeTest::ofDevice).toList();
        assertThat(ofDevices).containsExactlyInAnyOrderElementsOf(kept(Reach.DEVICE));
        for (String operation : ofDevices) {
            Answer foreign = tried(engineer, operation, SOUTH.toString());
            assertThat(foreign.status()).as(operation).isEqualTo(404);
            assertThat(foreign.response().body())
                    .as(operation)
                    .contains("Unknown device")
                    .isEqualTo(tried(engineer, operation, UNKNOWN)
                            .response()
                            .body()
                            .replace("scope%2Fnobody", "scope%2Fsouth")
                            .replace("scope%252Fnobody", "scope%252Fsouth"));
        }
        assertThat(engineer.get(device("-") + "/wire").status()).isEqualTo(404);
        assertThat(ok(engineer.get(device(NORTH))).get("id").stringValue()).isEqualTo(NORTH.toString());
        assertThat(ok(ADMIN.get(device(SOUTH))).get("id").stringValue()).isEqualTo(SOUTH.toString());
    }

    @Test
    void an_operation_that_does_not_say_how_it_keeps_to_scopes_is_refused() {
        List<String> open =
                Stream.of(Reach.values()).flatMap(reach -> kept(reach).stream()).toList();
        assertThat(operations()).containsAll(open);
        List<String> refused = operations().stream()
                .filter(operation -> !open.contains(operation))
                .toList();
        assertThat(refused).contains("post /api/v1/profiles/apply", "get /api/v1/wire", "get /api/v1/campaigns/{id}");
        for (String operation : refused) {
            assertThat(tried(engineer, operation, UNKNOWN).status())
                    .as(operation)
                    .isEqualTo(403);
        }
        assertThat(engineer.get("/metrics").status()).isEqualTo(403);
        // a part of the chain would prove nothing
        assertThat(token("auditor", "tag:scope-north").get("/api/v1/audit").status())
                .isEqualTo(403);
        assertThat(ADMIN.get("/api/v1/audit?action=refused&user=engineer%20of%20scopes&limit=1000")
                        .response()
                        .body())
                .contains("POST /api/v1/profiles/apply");
        assertThat(engineer.get("/api/v1/wire").json().get("detail").stringValue())
                .isEqualTo("This is about the whole fleet, and your access is limited: it sees only tag:scope-north.");
        for (String operation : open) {
            boolean streams = operation.endsWith("/stream");
            if (!ofDevice(operation) && !streams && !operation.contains("/session")) {
                assertThat(tried(engineer, operation, UNKNOWN).status())
                        .as(operation)
                        .isNotIn(401, 403);
            }
        }
    }

    @Test
    void lists_and_counts_are_of_the_devices_in_scope() {
        assertThat(ADMIN.send(
                                "PUT",
                                RULE,
                                "{\"severity\":\"minor\",\"query\":\"" + EVERYONE + "\",\"when\":\"onboarded:true\"}")
                        .status())
                .isEqualTo(200);
        String alarms = "/api/v1/alarms?rule=of%20scopes&state=open";
        await().atMost(PATIENCE)
                .until(() -> ADMIN.get(alarms).json().get("items").size() == 2);
        for (String list : List.of(
                "/api/v1/devices?q=tag:scope-south",
                "/api/v1/devices?limit=1000",
                "/api/v1/events?limit=1000",
                "/api/v1/events?device=" + Rest.segment(SOUTH),
                alarms)) {
            assertThat(ADMIN.get(list).response().body()).as(list).contains(SOUTH.toString());
            assertThat(engineer.get(list).status()).as(list).isEqualTo(200);
            assertThat(engineer.get(list).response().body()).as(list).doesNotContain(SOUTH.toString());
        }
        assertThat(ok(engineer.get(alarms)).get("items").size()).isEqualTo(1);
        for (JsonNode alarm : ADMIN.get(alarms).json().get("items")) {
            boolean ours = alarm.get("device").stringValue().equals(NORTH.toString());
            String path = "/api/v1/alarms/" + alarm.get("id").asLong();
            assertThat(engineer.get(path).status()).isEqualTo(ours ? 200 : 404);
            assertThat(engineer.post(path + "/note", "{\"text\":\"seen\"}").status())
                    .isEqualTo(ours ? 200 : 404);
        }
        assertThat(ok(engineer.get("/api/v1/devices")).get("total").asLong()).isEqualTo(1);
        assertThat(ok(engineer.get("/api/v1/devices/facets?by=tag")).toString())
                .contains("scope-north")
                .doesNotContain("scope-south");
        assertThat(ok(engineer.get(
                                "/api/v1/devices/facets?by=Device.DeviceInfo.SerialNumber&q=" + Rest.segment(EVERYONE)))
                        .toString())
                .contains("S-scope_2Fnorth")
                .doesNotContain("south");
        assertThat(ok(engineer.get("/api/v1/summary")).get("devices").asLong()).isEqualTo(1);
        assertThat(ok(engineer.get("/api/v1/fleet/attention")).get("devices").asLong())
                .isEqualTo(1);
        assertThat(ADMIN.send("PUT", "/api/v1/groups/of%20scopes", "{\"query\":\"" + EVERYONE + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ok(ADMIN.get("/api/v1/groups/of%20scopes")).get("devices").asLong())
                .isEqualTo(2);
        assertThat(ok(engineer.get("/api/v1/groups/of%20scopes")).get("devices").asLong())
                .isEqualTo(1);
        ADMIN.send("DELETE", "/api/v1/groups/of%20scopes", null);
    }

    @Test
    void a_profile_is_planned_for_the_devices_in_scope() {
        String profile = "{\"name\":\"of-scopes\",\"query\":\"" + EVERYONE
                + "\",\"parameters\":{\"Device.WiFi.SSID.1.SSID\":\"Scoped\"}}";
        assertThat(ok(ADMIN.post("/api/v1/profiles/plan", profile))
                        .get("devices")
                        .asLong())
                .isEqualTo(2);
        assertThat(ok(engineer.post("/api/v1/profiles/plan", profile))
                        .get("devices")
                        .asLong())
                .isEqualTo(1);
        assertThat(engineer.post("/api/v1/profiles/apply", profile).status()).isEqualTo(403);
    }

    private static JsonNode made(Rest by, String audience) {
        return ok(by.post("/api/v1/jobs", "{" + audience + ",\"steps\":[" + GET + "]}"));
    }

    private static String job(JsonNode job) {
        return "/api/v1/jobs/" + job.get("id").asLong();
    }

    private static JsonNode done(JsonNode job) {
        await().atMost(PATIENCE)
                .until(() ->
                        ADMIN.get(job(job)).json().get("state").stringValue().equals("done"));
        return ADMIN.get(job(job)).json();
    }

    @Test
    void a_job_of_somebody_limited_concerns_their_devices_and_of_others_jobs_they_see_theirs() {
        JsonNode ours = done(made(engineer, "\"query\":\"" + EVERYONE + "\""));
        assertThat(ours.get("query").stringValue()).isEqualTo("(" + EVERYONE + ") and (tag:scope-north)");
        assertThat(ours.get("progress").get("devices").asLong()).isEqualTo(1);
        assertThat(done(made(engineer, "\"query\":\"\""))
                        .get("progress")
                        .get("devices")
                        .asLong())
                .isEqualTo(1);
        assertThat(engineer.post(
                                "/api/v1/jobs",
                                "{\"devices\":[\"" + NORTH + "\",\"" + SOUTH + "\"],\"steps\":[" + GET + "]}")
                        .status())
                .isEqualTo(404);

        JsonNode all = done(made(ADMIN, "\"devices\":[\"" + NORTH + "\",\"" + SOUTH + "\"]"));
        assertThat(all.get("progress").get("devices").asLong()).isEqualTo(2);
        assertThat(ok(engineer.get(job(all))).get("progress").get("devices").asLong())
                .isEqualTo(1);
        for (String part : List.of("", "/targets", "/results.csv")) {
            Answer seen = engineer.get(job(all) + part);
            assertThat(seen.status()).isEqualTo(200);
            assertThat(seen.response().body()).as(part).doesNotContain("south");
        }
        assertThat(engineer.get(job(all) + "/targets").response().body()).contains(NORTH.toString());
        assertThat(engineer.post(job(all) + "/cancel", "{}").status()).isEqualTo(403);

        JsonNode foreign = done(made(ADMIN, "\"devices\":[\"" + SOUTH + "\"]"));
        assertThat(engineer.get(job(foreign)).status()).isEqualTo(404);
        assertThat(engineer.get(job(foreign) + "/targets").status()).isEqualTo(404);
        assertThat(engineer.get("/api/v1/jobs?limit=1000").response().body())
                .contains("\"id\":" + all.get("id").asLong() + ",")
                .doesNotContain("\"id\":" + foreign.get("id").asLong() + ",");
    }

    /// Until the stream is closed.
    private static void told(Stream<String> lines, BlockingQueue<String> told) {
        try {
            lines.forEach(told::add);
        } catch (UncheckedIOException closed) {
            told.add(String.valueOf(closed.getMessage()));
        }
    }

    @Test
    void the_stream_of_events_tells_of_devices_in_scope() {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Stream<String> lines = engineer.lines("/api/v1/events/stream")) {
            Thread.ofVirtual().start(() -> told(lines, told));
            await().atMost(PATIENCE).until(() -> {
                ADMIN.send("PATCH", device(SOUTH), "{\"tags\":[\"scope-south\"]}");
                ADMIN.send("PATCH", device(SOUTH), "{\"tags\":[\"scope-south\",\"told\"]}");
                ADMIN.send("PATCH", device(NORTH), "{\"tags\":[\"scope-north\",\"told\"]}");
                ADMIN.send("PATCH", device(NORTH), "{\"tags\":[\"scope-north\"]}");
                return told.stream().anyMatch(line -> line.contains(NORTH.toString()));
            });
            assertThat(told).noneMatch(line -> line.contains(SOUTH.toString()));
        }
    }

    @Test
    void a_scope_over_a_group_is_what_the_group_is_and_nothing_where_it_is_gone() {
        String group = "/api/v1/groups/north%20of%20scopes";
        assertThat(ADMIN.send("PUT", group, "{\"query\":\"tag:scope-north\"}").status())
                .isEqualTo(200);
        Rest viewer = token("viewer", "group:\\\"north of scopes\\\"");
        assertThat(ok(viewer.get("/api/v1/devices")).get("total").asLong()).isEqualTo(1);
        Answer inUse = ADMIN.send("DELETE", group, null);
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.json().get("detail").stringValue()).contains("People or tokens", "viewer of scopes");
        ADMIN.send("PUT", group, "{\"query\":\"tag:scope-south\"}");
        assertThat(viewer.get(device(NORTH)).status()).isEqualTo(404);
        assertThat(viewer.get(device(SOUTH)).status()).isEqualTo(200);
        ADMIN.send("PUT", group, "{\"query\":\"tag:nowhere-of-scopes\"}");
        assertThat(ok(viewer.get("/api/v1/devices")).get("total").asLong()).isZero();
    }

    @Test
    void who_changes_some_paths_only_changes_no_other_by_request_job_or_diagnostic() {
        JsonNode token = ok(ADMIN.post(
                "/api/v1/tokens",
                "{\"name\":\"wifi of scopes\",\"role\":\"engineer\","
                        + "\"changes\":[\"Device.WiFi.SSID.\",\"Device.WiFi.Radio.*.Channel\",\"Device.Reboot()\"]}"));
        assertThat(token.get("changes").toString())
                .isEqualTo("[\"Device.WiFi.SSID.\",\"Device.WiFi.Radio.*.Channel\",\"Device.Reboot()\"]");
        Rest wifi = ADMIN.with("Authorization", "Bearer " + token.get("token").stringValue());
        assertThat(ok(wifi.get("/api/v1/devices?q=" + Rest.segment(EVERYONE)))
                        .get("total")
                        .asLong())
                .isEqualTo(2);
        String set =
                "{\"updateObjects\":[{\"objPath\":\"%s\",\"paramSettings\":[{\"param\":\"%s\",\"value\":\"%s\"}]}]}";
        String usp = device(SOUTH) + "/usp";
        assertThat(wifi.post(usp + "/set", set.formatted("Device.WiFi.SSID.1.", "SSID", "Allowed"))
                        .status())
                .isEqualTo(200);
        Answer refused = wifi.post(usp + "/set", set.formatted("Device.WiFi.Radio.1.", "Enable", "false"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").stringValue())
                .isEqualTo("Device.WiFi.Radio.1.Enable is not among what you may change:"
                        + " Device.WiFi.SSID., Device.WiFi.Radio.*.Channel, Device.Reboot().");
        assertThat(wifi.post(usp + "/operate", "{\"command\":\"Device.FactoryReset()\"}")
                        .status())
                .isEqualTo(403);
        assertThat(wifi.post(usp + "/add", "{\"createObjects\":[{\"objPath\":\"Device.WiFi.AccessPoint.\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(wifi.post(usp + "/delete", "{\"objPaths\":[\"Device.NAT.PortMapping.1.\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(wifi.post(device(SOUTH) + "/diagnostics", "{\"kind\":\"ping\",\"target\":\"192.0.2.1\"}")
                        .status())
                .isEqualTo(403);
        assertThat(wifi.post(device(SOUTH) + "/migration", "{}").status()).isEqualTo(403);
        assertThat(wifi.post("/api/v1/profiles/apply", "{}").status()).isEqualTo(403);
        String job = "{\"query\":\"tag:scope-south\",\"steps\":[{\"set\":%s}]}";
        assertThat(wifi.post("/api/v1/jobs", job.formatted(set.formatted("Device.WiFi.Radio.1.", "Enable", "false")))
                        .status())
                .isEqualTo(403);
        assertThat(wifi.post("/api/v1/jobs", "{\"devices\":[\"" + SOUTH + "\"],\"firmware\":1}")
                        .status())
                .isEqualTo(403);
        assertThat(ok(wifi.post(
                                "/api/v1/jobs/preview",
                                job.formatted(set.formatted("Device.WiFi.SSID.*.", "SSID", "Allowed"))))
                        .get("devices")
                        .asLong())
                .isEqualTo(1);
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"viewer\",\"changes\":[\"Device.WiFi.\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"support\",\"changes\":[\"Device.W[i]Fi\"]}")
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("of which Device.W[i]Fi is none");
    }

    @Test
    void a_scope_is_a_query_is_not_for_who_could_lift_it_and_is_kept_until_it_is_lifted() {
        assertThat(ADMIN.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"viewer\",\"scope\":\"modle = X\"}")
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("\"scope\" is no query, at character 1");
        assertThat(ADMIN.post("/api/v1/users", "{\"name\":\"zoe\",\"role\":\"admin\",\"scope\":\"tag:x\"}")
                        .json()
                        .get("detail")
                        .stringValue())
                .contains("\"scope\" must be empty for admin");
        String zoe = "/api/v1/users/zoe";
        JsonNode made = ok(
                ADMIN.post("/api/v1/users", "{\"name\":\"zoe\",\"role\":\"support\",\"scope\":\"tag:scope-north\"}"));
        assertThat(made.get("scope").stringValue()).isEqualTo("tag:scope-north");
        assertThat(ok(ADMIN.send("PUT", zoe, "{\"role\":\"viewer\"}"))
                        .get("scope")
                        .stringValue())
                .isEqualTo("tag:scope-north");
        assertThat(ADMIN.send("PUT", zoe, "{\"role\":\"admin\"}").status()).isEqualTo(400);
        assertThat(ok(ADMIN.send("PUT", zoe, "{\"role\":\"viewer\",\"scope\":\"\"}"))
                        .has("scope"))
                .isFalse();
        assertThat(ADMIN.get("/api/v1/audit?text=zoe&limit=10").response().body())
                .contains(
                        "zoe, support, sees only tag:scope-north",
                        "zoe: viewer, sees only tag:scope-north",
                        "zoe: viewer\"");
        ADMIN.send("DELETE", zoe, null);
    }
}
