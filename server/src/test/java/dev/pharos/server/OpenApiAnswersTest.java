// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every answer is what the OpenAPI document says: each field of its type, whatever is nested in it, and nothing else.
final class OpenApiAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("proto::described%2Fgateway");
    private static final JsonNode DOCUMENT =
            closed(REST.get("/api/openapi.json").json());
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @BeforeAll
    static void connect() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        String device = "/api/v1/devices/" + Rest.segment(ID);
        await().atMost(PATIENCE)
                .until(() -> REST.get(device + "/events").response().body().contains("onboarded"));
        // something for the audit to tell of
        assertThat(REST.send("PATCH", device, "{\"tags\":[\"described\"]}").status())
                .isEqualTo(200);
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
    }

    /// A described object has the fields that are described and no others.
    private static JsonNode closed(JsonNode document) {
        for (JsonNode schema : document.get("components").get("schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        return document;
    }

    private static List<String> mismatches(String method, String path, String status, Answer answer) {
        JsonNode content = DOCUMENT.get("paths")
                .get(path)
                .get(method)
                .get("responses")
                .get(status)
                .get("content");
        JsonNode described =
                content.get(content.propertyNames().iterator().next()).get("schema");
        ObjectNode schema = ((ObjectNode) described).deepCopy();
        schema.set("components", DOCUMENT.get("components"));
        return SCHEMAS.getSchema(schema).validate(answer.json()).stream()
                .map(Error::toString)
                .toList();
    }

    private static void matches(String method, String path, Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(mismatches(method, path, "200", answer))
                .as(answer.response().body())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/summary,",
        "/api/v1/fleet/attention,",
        "/api/v1/fleet/history,",
        "/api/v1/devices,",
        "/api/v1/devices/{id},",
        "/api/v1/devices/{id}/schema,",
        "/api/v1/devices/{id}/twin, ?path=Device.WiFi.",
        "/api/v1/devices/{id}/subscriptions,",
        "/api/v1/devices/{id}/events,",
        "/api/v1/devices/{id}/timeline,",
        "/api/v1/events,",
        "/api/v1/bbf/v2/agents/{id},",
        "/api/v1/bbf/v2/agents/{id}/status,",
        "/api/v1/migrations,",
        "/api/v1/tokens,",
        "/api/v1/audit,"
    })
    void what_is_read_is_as_described(String path, String query) {
        Answer answer = REST.get(path.replace("{id}", Rest.segment(ID)) + (query == null ? "" : query));
        matches("get", path, answer);
        assertThat(answer.response().body()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get | {"paths":["Device.DeviceInfo.","Device.WiFi.SSID.*.SSID","Device.Nothing."]}
            set | {"updateObjects":[{"objPath":"Device.WiFi.SSID.1.","paramSettings":[{"param":"SSID","value":"Described"}]}]}
            set | {"allowPartial":true,"updateObjects":[{"objPath":"Device.WiFi.SSID.1.","paramSettings":[{"param":"SSID","value":"Partly","required":false},{"param":"Nothing","value":"x","required":false}]},{"objPath":"Device.Nothing.","paramSettings":[{"param":"A","value":"b","required":true}]}]}
            add | {"createObjects":[{"objPath":"Device.LocalAgent.Subscription.","paramSettings":[{"param":"ID","value":"described","required":true}]}]}
            add | {"allowPartial":true,"createObjects":[{"objPath":"Device.Nothing."}]}
            delete | {"allowPartial":true,"objPaths":["Device.Nothing.1."]}
            operate | {"command":"Device.NoSuch()"}
            instances | {"objPaths":["Device.WiFi.SSID."]}
            schema | {"objPaths":["Device.WiFi."],"returnCommands":true,"returnEvents":true,"returnParams":true,"returnUniqueKeySets":true}
            protocols | {}
            """)
    void what_a_device_answers_is_as_described(String verb, String body) {
        String path = "/api/v1/devices/{id}/usp/" + verb;
        Answer answer = REST.post(path.replace("{id}", Rest.segment(ID)), body);
        if (answer.status() == 200) {
            matches("post", path, answer);
        } else {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
            assertThat(mismatches("post", path, "default", answer))
                    .as(answer.response().body())
                    .isEmpty();
        }
    }

    @Test
    void a_job_is_answered_as_described() {
        String plan = "{\"devices\":[\"" + ID + "\"],\"window\":{\"from\":\"00:00\",\"to\":\"23:59\"},\"perMinute\":60,"
                + "\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.\",\"Device.Nothing.\"]}}]}";
        matches("post", "/api/v1/jobs/preview", REST.post("/api/v1/jobs/preview", plan));
        Answer made = REST.post("/api/v1/jobs", plan);
        matches("post", "/api/v1/jobs", made);
        String job = "/api/v1/jobs/" + made.json().get("id").asLong();
        await().atMost(PATIENCE)
                .until(() -> REST.get(job + "/targets").response().body().contains("\"device\""));
        matches("get", "/api/v1/jobs/{id}", REST.get(job));
        matches("get", "/api/v1/jobs/{id}/targets", REST.get(job + "/targets"));
        matches("get", "/api/v1/jobs", REST.get("/api/v1/jobs"));
    }

    @Test
    void profiles_are_answered_as_described() {
        String attributes = "/api/v1/devices/" + Rest.segment(ID) + "/attributes";
        matches(
                "put",
                "/api/v1/devices/{id}/attributes",
                REST.send("PUT", attributes, "{\"attributes\":{\"a\":\"b\"}}"));
        matches("get", "/api/v1/devices/{id}/attributes", REST.get(attributes));
        String profile =
                "{\"name\":\"described\",\"query\":\"tag:described\",\"parameters\":{\"Device.WiFi.SSID.1.SSID\":"
                        + "\"By profile\",\"Device.Nothing\":\"x\"},\"rows\":[{\"object\":\"Device.Time.Client.\",\"key\":"
                        + "{\"Alias\":\"described\"},\"values\":{\"Enable\":\"true\"}}]}";
        matches("post", "/api/v1/profiles/plan", REST.post("/api/v1/profiles/plan", profile));
        Answer made = REST.post("/api/v1/profiles/apply", "{\"profiles\":[" + profile + "]}");
        matches("post", "/api/v1/profiles/apply", made);
        matches("get", "/api/v1/profiles", REST.get("/api/v1/profiles"));
        matches("get", "/api/v1/profiles/{name}", REST.get("/api/v1/profiles/described"));
        String job = "/api/v1/jobs/" + made.json().at("/items/0/job").asLong();
        await().atMost(PATIENCE).until(() -> REST.get(job).json().has("ended"));
        matches("get", "/api/v1/jobs/{id}", REST.get(job));
        matches("get", "/api/v1/jobs/{id}/targets", REST.get(job + "/targets"));
        matches("get", "/api/v1/devices/{id}/profile", REST.get("/api/v1/devices/" + Rest.segment(ID) + "/profile"));
        matches("post", "/api/v1/profiles/undo", REST.post("/api/v1/profiles/undo", "{\"profile\":\"described\"}"));
        matches("get", "/api/v1/profiles/{name}/versions", REST.get("/api/v1/profiles/described/versions"));
    }

    @Test
    void a_row_that_is_deleted_is_answered_as_described() {
        String usp = "/api/v1/devices/" + Rest.segment(ID) + "/usp/";
        String row = REST.post(usp + "add", "{\"createObjects\":[{\"objPath\":\"Device.LocalAgent.Subscription.\"}]}")
                .json()
                .at("/createdObjectResults/0/operStatus/operSuccess/instantiatedPath")
                .stringValue();
        matches(
                "post",
                "/api/v1/devices/{id}/usp/delete",
                REST.post(usp + "delete", "{\"objPaths\":[\"" + row + "\"]}"));
    }

    @Test
    void a_problem_is_as_described_too_and_another_answer_would_be_noticed() {
        Answer problem = REST.get("/api/v1/devices/nonsense");
        assertThat(mismatches("get", "/api/v1/devices/{id}", "default", problem))
                .as(problem.response().body())
                .isEmpty();
        assertThat(mismatches("get", "/api/v1/devices/{id}", "200", problem)).isNotEmpty();
    }
}
