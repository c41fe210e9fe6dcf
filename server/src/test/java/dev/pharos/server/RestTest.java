// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class RestTest {
    /// 128 bits, as base64url.
    private static final Pattern NONCE = Pattern.compile("style-src 'self' 'nonce-([A-Za-z0-9_-]{22})';");

    private final Rest rest = TestServer.shared().rest();
    private final Rest nobody = new Rest(TestServer.shared().url(), Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/devices",
                "/api/v1/devices/proto::x",
                "/api/v1/devices/proto::x/twin",
                "/api/v1/devices/-/wire",
                "/api/v1/events",
                "/api/v1/events/stream",
                "/api/v1/tokens",
                "/api/v1/audit",
                "/api/v1/jobs",
                "/api/v1/jobs/1/results.csv",
                "/api/v1/summary",
                "/api/v1/session",
                "/api/v1/nothing"
            })
    void nothing_is_answered_without_a_token(String path) {
        Answer answer = nobody.get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("title").stringValue()).isEqualTo("Not signed in");
        assertThat(nobody.with("Authorization", "Bearer wrong" + System.nanoTime())
                        .get("/health/live")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_first_token_is_an_administrators_and_the_summary_says_who_we_are() {
        JsonNode summary = rest.get("/api/v1/summary").json();
        assertThat(summary.get("endpointId").stringValue()).isEqualTo("self::pharos");
        assertThat(summary.get("listeners").get("ws").stringValue()).startsWith("ws://127.0.0.1:");
    }

    @Test
    void probes_and_metrics_are_open_on_loopback() {
        assertThat(nobody.get("/health/live").json().get("status").stringValue())
                .isEqualTo("UP");
        assertThat(nobody.get("/health/ready").json().get("database").stringValue())
                .isEqualTo("UP");
        assertThat(nobody.get("/metrics").response().body())
                .contains("jvm_memory_used_bytes", "pharos_calls_total", "pharos_devices");
    }

    @Test
    void the_page_is_served_with_a_strict_policy_also_at_its_own_addresses() {
        Set<String> nonces = new HashSet<>();
        for (String path : List.of("/", "/devices/proto%3A%3Aa%252Fb.c", "/events")) {
            Answer page = nobody.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.response().body()).contains("<!doctype html>");
            Matcher nonce = NONCE.matcher(page.header("Content-Security-Policy"));
            assertThat(nonce.find()).isTrue();
            assertThat(nonces.add(nonce.group(1))).as("its own nonce").isTrue();
            assertThat(page.response().body()).contains("nonce=\"" + nonce.group(1) + "\"");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("script-src 'self' 'nonce-", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.response().headers().firstValue("Last-Modified")).isEmpty();
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        assertThat(nobody.get("/assets/nothing.js").status()).isEqualTo(404);
        assertThat(rest.get("/api/v1/devices").header("Content-Security-Policy"))
                .startsWith("default-src 'none';");
    }

    /// The id is percent-encoded once, whatever it holds itself.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto::plain.id-1_2",
                "proto::a%2Fb",
                "proto::a%2fb%3A%25",
                "proto::%2e%2E%3B%5C",
                "proto::%00%0A%0D",
                "proto::%E2%82%AC",
                "self::a..b",
                "proto:auth:x"
            })
    void an_endpoint_id_reaches_every_resource_as_it_is(String id) {
        String device = "/api/v1/devices/" + Rest.segment(id);
        for (String path : List.of("", "/schema", "/twin", "/subscriptions")) {
            Answer answer = rest.get(device + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().get("detail").stringValue()).contains(id);
        }
        Map<String, String> bodies = Map.of(
                "get", "{\"paths\":[\"Device.\"]}",
                "set", "{\"updateObjects\":[{\"objPath\":\"Device.\",\"paramSettings\":[]}]}",
                "add", "{\"createObjects\":[{\"objPath\":\"Device.X.\"}]}",
                "delete", "{\"objPaths\":[\"Device.X.1.\"]}",
                "operate", "{\"command\":\"Device.Reboot()\"}",
                "instances", "{\"objPaths\":[\"Device.\"]}",
                "schema", "{\"objPaths\":[\"Device.\"]}",
                "protocols", "{}");
        bodies.forEach((verb, body) -> {
            Answer answer = rest.post(device + "/usp/" + verb, body);
            assertThat(answer.status()).as(verb).isEqualTo(404);
            assertThat(answer.json().get("detail").stringValue()).contains(id);
        });
        assertThat(rest.get(device + "/events").json().get("items").size()).isZero();
        assertThat(rest.send("PATCH", device, "{\"tags\":[]}").status()).isEqualTo(404);
        assertThat(rest.send("DELETE", device, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/devices;x=1", "/api/v1//devices", "/api/v1/./devices", "/api/../api/v1/devices"})
    void a_path_that_is_not_plain_is_refused(String path) {
        assertThat(rest.get(path).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    get | {"paths":["Device."],"depth":1} | depth | allowed are: maxDepth, paths
                    get | {"paths":"Device."}             | paths | must be a list
                    get | {"paths":[]}                    | paths | at least one
                    get | {"paths":[null]}                | paths[0] | must not be null
                    get | {"paths":[7]}                   | paths[0] | must be a text
                    get | {"paths":[""]}                  | paths[0] | not empty
                    get | {"paths":["D."],"maxDepth":-1}  | maxDepth | 0
                    get | {"paths":["D."],"maxDepth":"x"} | maxDepth | whole number
                    set | {"updateObjects":[{"objPath":"D.","paramSettings":[{"param":"A"}]}]} | updateObjects[0].paramSettings[0].value | must be a text
                    set | {"allowPartial":"yes","updateObjects":[]} | allowPartial | true or false
                    add | {}                              | createObjects | at least one
                    delete | {"objPaths":{}}              | objPaths | must be a list
                    operate | {"command":"Device.Reboot"} | command | ends with "()"
                    operate | {"command":"D.X()","inputArgs":{"a":null}} | inputArgs.a | must be a text
                    """)
    void a_bad_body_is_told_which_field_and_what_is_allowed(String verb, String body, String field, String allowed) {
        Answer answer = rest.post("/api/v1/devices/proto::x/usp/" + verb, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("field").stringValue()).isEqualTo(field);
        assertThat(answer.json().get("detail").stringValue()).contains(allowed);
    }

    @Test
    void what_is_no_request_at_all_gets_a_problem_too() {
        String get = "/api/v1/devices/proto::x/usp/get";
        assertThat(rest.post(get, "{\"paths\":[").json().get("detail").stringValue())
                .contains("no JSON");
        assertThat(rest.post(get, "{} {}").status()).isEqualTo(400);
        assertThat(rest.send("POST", get, null).status()).isIn(400, 415);
        assertThat(rest.post(get, " ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
        assertThat(rest.get("/api/v1/devices/nonsense").json().get("detail").stringValue())
                .contains("two colons");
        assertThat(rest.get("/api/v1/devices?sort=age").json().get("field").stringValue())
                .isEqualTo("sort");
        JsonNode query = rest.get("/api/v1/devices?q=" + Rest.segment("online:true and modle = X"))
                .json();
        assertThat(query.get("field").stringValue()).isEqualTo("q");
        assertThat(query.get("detail").stringValue())
                .startsWith("\"q\" is no query, at character 17: nothing is called \"modle\"");
        JsonNode facet = rest.get("/api/v1/devices/facets?by=age").json();
        assertThat(facet.get("field").stringValue()).isEqualTo("by");
        assertThat(facet.get("detail").stringValue()).contains("model", "tag", "Device.WiFi.Radio.*.Channel");
        assertThat(rest.get("/api/v1/devices/facets?by=model").json().get("by").stringValue())
                .isEqualTo("model");
        assertThat(rest.get("/api/v1/devices?limit=0").json().get("field").stringValue())
                .isEqualTo("limit");
        assertThat(rest.get("/api/v1/devices?cursor=AAAA").json().get("field").stringValue())
                .isEqualTo("cursor");
        assertThat(rest.get("/api/v1/events?cursor=x").json().get("field").stringValue())
                .isEqualTo("cursor");
        assertThat(rest.send("PUT", "/api/v1/devices", "{}").status()).isEqualTo(405);
        assertThat(rest.get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void a_session_needs_its_csrf_header_for_what_changes_something() {
        String token = String.valueOf(rest.headers().get("Authorization")).substring("Bearer ".length());
        Answer signedIn = nobody.post("/api/v1/session", "{\"token\":\"" + token + "\"}");
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        String csrf = signedIn.json().get("csrf").stringValue();
        Rest page = nobody.with("Cookie", signedIn.header("Set-Cookie").replaceAll(";.*", ""));
        assertThat(page.get("/api/v1/session").json().get("user").stringValue()).isEqualTo("admin");
        assertThat(page.get("/api/v1/devices").status()).isEqualTo(200);
        assertThat(page.post("/api/v1/tokens", "{\"name\":\"n\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(403);
        assertThat(page.with("X-CSRF-Token", "x")
                        .post("/api/v1/tokens", "{\"name\":\"n\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(403);
        assertThat(page.with("X-CSRF-Token", csrf)
                        .post("/api/v1/tokens", "{\"name\":\"n\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(200);
        assertThat(page.with("X-CSRF-Token", csrf)
                        .send("DELETE", "/api/v1/session", null)
                        .status())
                .isEqualTo(204);
        assertThat(page.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void a_token_is_shown_once_works_and_ends_with_its_removal() {
        JsonNode made = rest.post("/api/v1/tokens", "{\"name\":\"script\",\"role\":\"admin\"}")
                .json();
        Rest script = nobody.with("Authorization", "Bearer " + made.get("token").stringValue());
        assertThat(script.get("/api/v1/devices").status()).isEqualTo(200);
        assertThat(rest.get("/api/v1/tokens").response().body())
                .contains("script")
                .doesNotContain(made.get("token").stringValue());
        String id = made.get("id").stringValue();
        assertThat(rest.send("DELETE", "/api/v1/tokens/" + id, null).status()).isEqualTo(204);
        assertThat(script.get("/api/v1/devices").status()).isEqualTo(401);
        assertThat(rest.send("DELETE", "/api/v1/tokens/" + id, null).status()).isEqualTo(404);
        assertThat(rest.get("/api/v1/audit?order=sideways").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/audit?since=yesterday").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/audit?action=remove%20token&text=" + id)
                        .json()
                        .get("items")
                        .size())
                .isOne();
        assertThat(rest.get("/api/v1/audit?limit=1")
                        .json()
                        .get("items")
                        .get(0)
                        .get("action")
                        .stringValue())
                .isEqualTo("remove token");
        assertThat(rest.post("/api/v1/tokens", "{\"name\":\" \"}").status()).isEqualTo(400);
    }

    @Test
    void a_request_with_an_idempotency_key_is_carried_out_once() {
        Rest keyed = rest.with("Idempotency-Key", "key-" + System.nanoTime());
        int before = rest.get("/api/v1/tokens").json().get("items").size();
        assertThat(keyed.post("/api/v1/tokens", "{\"name\":\"once\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(200);
        Answer again = keyed.post("/api/v1/tokens", "{\"name\":\"once\",\"role\":\"viewer\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(keyed.post("/api/v1/tokens", "{\"name\":\"other\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(422);
        assertThat(rest.get("/api/v1/tokens").json().get("items").size()).isEqualTo(before + 1);
        assertThat(rest.with("Idempotency-Key", "k".repeat(256))
                        .post("/api/v1/tokens", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_openapi_document_describes_every_operation() {
        JsonNode document = nobody.get("/api/openapi.json").json();
        List<String> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    operations.add(operation.getKey() + " " + path.getKey());
                    assertThat(operation.getValue().get("operationId"))
                            .as(path.getKey())
                            .isNotNull();
                    assertThat(operation.getValue().get("responses").has("default"))
                            .as(path.getKey())
                            .isTrue();
                }));
        assertThat(operations)
                .contains(
                        "get /api/v1/devices",
                        "get /api/v1/devices/facets",
                        "get /api/v1/devices/{id}",
                        "patch /api/v1/devices/{id}",
                        "delete /api/v1/devices/{id}",
                        "post /api/v1/devices/{id}/usp/get",
                        "post /api/v1/devices/{id}/usp/protocols",
                        "get /api/v1/devices/{id}/twin",
                        "get /api/v1/devices/{id}/health",
                        "get /api/v1/devices/{id}/wire",
                        "post /api/v1/devices/{id}/collector-login",
                        "get /api/v1/devices/{id}/identity",
                        "post /api/v1/devices/{id}/identity",
                        "delete /api/v1/devices/{id}/identity",
                        "get /api/v1/devices/{id}/transfers",
                        "get /api/v1/devices/{id}/options",
                        "delete /api/v1/devices/{id}/transfers/{key}",
                        "post /api/v1/devices/{id}/options",
                        "get /api/v1/bulk",
                        "get /api/v1/devices/{id}/bulk",
                        "post /api/v1/devices/{id}/bulk/profiles",
                        "put /api/v1/devices/{id}/bulk/profiles/{profile}",
                        "delete /api/v1/devices/{id}/bulk/profiles/{profile}",
                        "post /api/v1/devices/{id}/bulk/profiles/{profile}/report",
                        "post /api/v1/devices/{id}/cwmp-login",
                        "get /api/v1/devices/{id}/cwmp-proof",
                        "put /api/v1/devices/{id}/cwmp-proof",
                        "get /api/v1/wire",
                        "get /api/v1/refused",
                        "get /api/v1/bbf/v2/agents/{id}",
                        "post /api/v1/bbf/v2/agents/{id}/commands",
                        "put /api/v1/groups/{name}",
                        "post /api/v1/bootstraps",
                        "put /api/v1/devices/{id}/address",
                        "post /api/v1/devices/{id}/migration",
                        "delete /api/v1/devices/{id}/migration",
                        "get /api/v1/migrations",
                        "get /api/v1/migrations/candidates",
                        "post /api/v1/jobs",
                        "post /api/v1/jobs/preview",
                        "get /api/v1/jobs/{id}",
                        "get /api/v1/jobs/{id}/targets",
                        "get /api/v1/jobs/{id}/results.csv",
                        "post /api/v1/jobs/{id}/pause",
                        "post /api/v1/profiles/plan",
                        "post /api/v1/profiles/apply",
                        "post /api/v1/profiles/undo",
                        "post /api/v1/devices/{id}/swap-plan",
                        "post /api/v1/devices/{id}/swap",
                        "post /api/v1/devices/{id}/swap-undo",
                        "put /api/v1/profiles/{name}",
                        "get /api/v1/profiles/{name}/versions",
                        "put /api/v1/devices/{id}/attributes",
                        "get /api/v1/devices/{id}/profile",
                        "post /api/v1/devices/{id}/diagnostics",
                        "delete /api/v1/devices/{id}/diagnostics/{run}",
                        "post /api/v1/firmware",
                        "post /api/v1/firmware/{id}/link",
                        "post /api/v1/modules",
                        "get /api/v1/events/stream",
                        "post /api/v1/session",
                        "post /api/v1/session/passkey",
                        "post /api/v1/session/passkeys",
                        "put /api/v1/session/views/{name}")
                .hasSize(205);
        JsonNode schemas = document.get("components").get("schemas");
        assertThat(schemas.get("Device").get("required").size()).isEqualTo(22);
        assertThat(schemas.get("GetRequest").get("required").toString()).isEqualTo("[\"paths\"]");
        assertThat(schemas.has("WireEntry")).isTrue();
        assertThat(document.get("openapi").stringValue()).startsWith("3.1");
    }

    /// What is answered has the fields that the document says, and no others.
    @Test
    void answers_match_the_openapi_document() {
        JsonNode schemas =
                nobody.get("/api/openapi.json").json().get("components").get("schemas");
        matches(rest.get("/api/v1/summary").json(), schemas.get("Summary"));
        matches(rest.get("/api/v1/devices").json(), schemas.get("DevicePage"));
        matches(rest.get("/api/v1/devices/facets?by=model").json(), schemas.get("Facets"));
        matches(rest.get("/api/v1/events").json(), schemas.get("EventPage"));
        matches(rest.get("/api/v1/audit").json(), schemas.get("AuditPage"));
        matches(rest.get("/api/v1/tokens").json().get("items").get(0), schemas.get("Token"));
        matches(rest.get("/api/v1/devices/nonsense").json(), schemas.get("Problem"));
    }

    private static void matches(JsonNode answer, JsonNode schema) {
        List<String> fields = new ArrayList<>(answer.propertyNames());
        List<String> described = new ArrayList<>(schema.get("properties").propertyNames());
        List<String> required = new ArrayList<>();
        schema.get("required").forEach(name -> required.add(name.stringValue()));
        assertThat(described).containsAll(fields);
        assertThat(fields).containsAll(required);
    }

    @Test
    void requests_to_this_host_by_its_address_work_too() {
        Rest byAddress = new Rest(URI.create("http://127.0.0.1:" + rest.url().getPort()), rest.headers());
        assertThat(byAddress.get("/api/v1/devices").status()).isEqualTo(200);
    }
}
