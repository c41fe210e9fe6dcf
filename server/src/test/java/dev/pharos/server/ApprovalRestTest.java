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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What nobody does alone: it waits for a second person, and is done once.
final class ApprovalRestTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest ADMIN = SERVER.rest();
    private static final EndpointId ONE = EndpointId.of("proto::approval%2Fone");
    private static final EndpointId TWO = EndpointId.of("proto::approval%2Ftwo");
    private static final String SET =
            "{\"set\":{\"updateObjects\":[{\"objPath\":\"Device.DeviceInfo.\",\"paramSettings\":"
                    + "[{\"param\":\"ProvisioningCode\",\"value\":\"approved\"}]}]}}";
    private static final String GET = "{\"get\":{\"paths\":[\"Device.DeviceInfo.SerialNumber\"]}}";
    private static final String BOTH = "\"query\":\"tag:of-approvals\",";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<HomeGateway> gateways;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest ann;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest bob;

    @BeforeAll
    static void connect() throws IOException {
        gateways = List.of(new HomeGateway(ONE, SERVER.ws()), new HomeGateway(TWO, SERVER.ws()));
        for (HomeGateway gateway : gateways) {
            String device = device(gateway.id());
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> ADMIN.get(device + "/events").response().body().contains("onboarded"));
            assertThat(ADMIN.send("PATCH", device, "{\"tags\":[\"of-approvals\"]}")
                            .status())
                    .isEqualTo(200);
        }
        ann = token(ADMIN, "approval-ann");
        bob = token(ADMIN, "approval-bob");
        assertThat(rules("{\"applies\":\"always\",\"devices\":1}").get("now").booleanValue())
                .isTrue();
    }

    @AfterAll
    static void disconnect() {
        rules("{\"applies\":\"auto\",\"devices\":100}");
        gateways.forEach(HomeGateway::close);
    }

    private static String device(EndpointId id) {
        return "/api/v1/devices/" + Rest.segment(id);
    }

    private static Rest token(Rest by, String name) {
        String secret = by.post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"admin\"}")
                .json()
                .get("token")
                .stringValue();
        return ADMIN.with("Authorization", "Bearer " + secret);
    }

    private static JsonNode rules(String body) {
        Answer answer = ADMIN.send("PUT", "/api/v1/approval-rules", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    /// Where it is waited with.
    private static String held(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        assertThat(answer.json().get("title").stringValue()).isEqualTo("Waits for a second person");
        return "/api/v1/approvals/" + answer.json().get("approval").asLong();
    }

    private static JsonNode approved(String approval) {
        Answer answer = bob.post(approval + "/approve", "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").stringValue()).isEqualTo("done");
        assertThat(answer.json().get("decidedBy").stringValue()).isEqualTo("approval-bob");
        return answer.json();
    }

    private static JsonNode ended(JsonNode approval) {
        String job = "/api/v1/jobs/" + approval.get("jobs").get(0).asLong();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ADMIN.get(job).json().get("state").stringValue().equals("done"));
        return ADMIN.get(job).json();
    }

    private static String audit() {
        return ADMIN.get("/api/v1/audit?limit=200").response().body();
    }

    @Test
    void a_factory_reset_waits_for_somebody_else_and_runs_once() {
        String reset = device(ONE) + "/usp/operate";
        String body = "{\"command\":\"Device.FactoryReset()\"}";
        String approval = held(ann.post(reset, body));
        assertThat(held(ann.post(reset, body))).as("the same again waits once").isEqualTo(approval);
        JsonNode waits = bob.get(approval).json();
        assertThat(waits.get("what").stringValue()).isEqualTo("Device.FactoryReset() of " + ONE);
        assertThat(waits.get("devices").asLong()).isEqualTo(1);
        assertThat(waits.get("own").booleanValue()).isFalse();

        assertThat(ann.post(approval + "/approve", "").status()).isEqualTo(403);
        Answer stands = token(ann, "approval-of-ann").post(approval + "/approve", "");
        assertThat(stands.status()).isEqualTo(403);
        assertThat(stands.json().get("detail").stringValue()).contains("stands for the same person");
        assertThat(ADMIN.get(approval).json().get("state").stringValue()).isEqualTo("waiting");

        JsonNode done = approved(approval);
        assertThat(bob.post(approval + "/approve", "").json().get("detail").stringValue())
                .contains("is done, so this does nothing");
        JsonNode job = ended(done);
        assertThat(job.get("createdBy").stringValue()).isEqualTo("approval-ann");
        assertThat(job.get("steps").toString()).contains("Device.FactoryReset()");
        assertThat(job.get("progress").get("devices").asLong()).isEqualTo(1);
        assertThat(audit()).contains("ask for approval", "approval of what they asked for themselves", "\"approve\"");
    }

    @Test
    void a_job_that_changes_many_devices_waits_and_one_that_reads_or_changes_few_does_not() {
        assertThat(ann.post("/api/v1/jobs", "{" + BOTH + "\"steps\":[" + GET + "]}")
                        .status())
                .isEqualTo(200);
        assertThat(ann.post("/api/v1/jobs", "{\"devices\":[\"" + ONE + "\"],\"steps\":[" + SET + "]}")
                        .status())
                .isEqualTo(200);
        Answer answer = ann.post("/api/v1/jobs", "{" + BOTH + "\"name\":\"approve me\",\"steps\":[" + SET + "]}");
        assertThat(answer.json().get("detail").stringValue())
                .contains("This changes 2 devices, and one person may change 1");
        String approval = held(answer);
        assertThat(ADMIN.get("/api/v1/jobs").response().body()).doesNotContain("approve me");
        assertThat(ADMIN.get("/api/v1/approvals?state=waiting").response().body())
                .contains("approve me", "Device.DeviceInfo.ProvisioningCode=approved", ONE.toString());
        JsonNode job = ended(approved(approval));
        assertThat(job.get("name").stringValue()).isEqualTo("approve me");
        assertThat(job.get("progress").get("done").asLong()).isEqualTo(2);
        String later = held(ann.post(
                "/api/v1/jobs",
                "{\"query\":\"tag:of-approvals and tag:nobody\",\"allowEmpty\":true,\"startAt\":\""
                        + java.time.Instant.now().plusSeconds(3_600) + "\",\"steps\":[" + SET + "]}"));
        assertThat(bob.post(later + "/refuse", "{}").status()).isEqualTo(400);
        JsonNode refused =
                bob.post(later + "/refuse", "{\"reason\":\"not on a Friday\"}").json();
        assertThat(refused.get("state").stringValue()).isEqualTo("refused");
        assertThat(ann.get(later).json().get("reason").stringValue()).isEqualTo("not on a Friday");
        assertThat(bob.post(later + "/approve", "").status()).isEqualTo(409);
        assertThat(audit()).contains("not on a Friday");
    }

    @Test
    void profiles_and_their_undo_wait_as_jobs_do() {
        Rest yaml = ann.with("Content-Type", "application/yaml");
        String profile =
                "{name: approved, query: 'tag:of-approvals', parameters: {Device.DeviceInfo.ProvisioningCode: P}}";
        String approval = held(yaml.post("/api/v1/profiles/apply", profile));
        assertThat(ADMIN.get("/api/v1/profiles/approved").status()).isEqualTo(404);
        JsonNode waits = ADMIN.get(approval).json();
        assertThat(waits.get("what").stringValue()).isEqualTo("the profile approved on tag:of-approvals");
        assertThat(waits.get("steps").toString()).contains("ProvisioningCode = P on ");
        assertThat(ended(approved(approval)).get("progress").get("done").asLong())
                .isEqualTo(2);
        assertThat(ADMIN.get("/api/v1/profiles/approved")
                        .json()
                        .get("changedBy")
                        .stringValue())
                .isEqualTo("approval-ann");
        String undo = held(ann.post("/api/v1/profiles/undo", "{\"profile\":\"approved\"}"));
        assertThat(ADMIN.get("/api/v1/profiles/approved").status()).isEqualTo(200);
        ended(approved(undo));
        assertThat(ADMIN.get("/api/v1/profiles/approved").status()).isEqualTo(404);
    }

    @Test
    void by_itself_it_begins_with_two_people_who_could_approve() {
        rules("{\"applies\":\"auto\"}");
        try {
            assertThat(ADMIN.get("/api/v1/approval-rules").json().get("now").booleanValue())
                    .isFalse();
            for (String person : List.of("approver-one", "approver-two")) {
                String first = ADMIN.post("/api/v1/users", "{\"name\":\"" + person + "\",\"role\":\"engineer\"}")
                        .json()
                        .get("password")
                        .stringValue();
                assertThat(ADMIN.get("/api/v1/approval-rules").json().get("now").booleanValue())
                        .as("who has not signed in approves nothing")
                        .isFalse();
                Rest nobody = ADMIN.without("Authorization");
                Answer in =
                        nobody.post("/api/v1/session", "{\"user\":\"" + person + "\",\"password\":\"" + first + "\"}");
                String cookie = in.header("Set-Cookie");
                nobody.with("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .with("X-CSRF-Token", in.json().get("csrf").stringValue())
                        .send(
                                "PUT",
                                "/api/v1/session/password",
                                "{\"old\":\"" + first + "\",\"chosen\":\"correct horse battery\"}");
            }
            JsonNode rules = ADMIN.get("/api/v1/approval-rules").json();
            assertThat(rules.get("approvers").asLong()).isEqualTo(2);
            assertThat(rules.get("now").booleanValue()).isTrue();
            assertThat(ADMIN.send("PUT", "/api/v1/approval-rules", "{\"applies\":\"sometimes\"}")
                            .json()
                            .get("detail")
                            .stringValue())
                    .contains("auto, always or never");
        } finally {
            ADMIN.send("DELETE", "/api/v1/users/approver-one", null);
            ADMIN.send("DELETE", "/api/v1/users/approver-two", null);
            rules("{\"applies\":\"always\"}");
        }
    }
}
