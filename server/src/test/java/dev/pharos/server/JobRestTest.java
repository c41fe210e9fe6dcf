// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Jobs over REST, with real agents.
final class JobRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ONE = EndpointId.of("proto::job%2Fone");
    private static final EndpointId TWO = EndpointId.of("proto::job%2Ftwo");
    private static final String GET = "{\"get\":{\"paths\":[\"Device.DeviceInfo.SerialNumber\",\"Device.Nothing.\"]}}";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static List<HomeGateway> gateways;

    @BeforeAll
    static void connect() throws IOException {
        gateways = List.of(new HomeGateway(ONE, SERVER.ws()), new HomeGateway(TWO, SERVER.ws()));
        for (HomeGateway gateway : gateways) {
            String device = "/api/v1/devices/" + Rest.segment(gateway.id());
            await().atMost(PATIENCE)
                    .until(() -> REST.get(device + "/events").response().body().contains("onboarded"));
            assertThat(REST.send("PATCH", device, "{\"tags\":[\"of-jobs\"]}").status())
                    .isEqualTo(200);
        }
    }

    @AfterAll
    static void disconnect() {
        gateways.forEach(HomeGateway::close);
    }

    private static JsonNode created(String fields, String... steps) {
        Answer answer = REST.post(
                "/api/v1/jobs",
                "{\"query\":\"tag:of-jobs\"," + fields + "\"steps\":[" + String.join(",", steps) + "]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static String job(JsonNode job) {
        return "/api/v1/jobs/" + job.get("id").asLong();
    }

    private static JsonNode done(JsonNode job) {
        await().atMost(PATIENCE)
                .until(() ->
                        REST.get(job(job)).json().get("state").stringValue().equals("done"));
        return REST.get(job(job)).json();
    }

    @Test
    void a_job_asks_every_device_of_its_query_and_shows_what_each_answered() {
        JsonNode preview = REST.post("/api/v1/jobs/preview", "{\"query\":\"tag:of-jobs\",\"steps\":[" + GET + "]}")
                .json();
        assertThat(preview.get("devices").intValue()).isEqualTo(2);
        assertThat(preview.get("online").intValue()).isEqualTo(2);
        assertThat(preview.get("first").toString()).contains(ONE.toString(), TWO.toString());
        JsonNode made = created("\"name\":\"serial numbers\",", GET);
        JsonNode job = done(made);
        assertThat(job.get("progress").toString())
                .isEqualTo("{\"devices\":2,\"waiting\":0,\"offline\":0,\"running\":0,\"done\":2,\"failed\":0,"
                        + "\"cancelled\":0,\"uncertain\":0}");
        assertThat(job.get("steps").get(0).stringValue())
                .isEqualTo("get Device.DeviceInfo.SerialNumber Device.Nothing.");
        JsonNode first = REST.get(job(made) + "/targets?limit=1").json();
        assertThat(first.at("/items/0/device").stringValue()).isEqualTo(ONE.toString());
        assertThat(first.at("/items/0/results/0/value").stringValue()).isEqualTo("S-job_2Fone");
        assertThat(first.at("/items/0/results/1/errCode").intValue()).isEqualTo(7026);
        JsonNode second = REST.get(job(made) + "/targets?state=done&limit=1&cursor="
                        + Rest.segment(first.get("nextCursor").stringValue()))
                .json();
        assertThat(second.at("/items/0/device").stringValue()).isEqualTo(TWO.toString());
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(REST.get(job(made) + "/targets?state=failed")
                        .json()
                        .get("items")
                        .isEmpty())
                .isTrue();
        Answer csv = REST.get(job(made) + "/results.csv");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.response().body().lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith(TWO + ",done,")
                        && line.endsWith(",1,Device.DeviceInfo.SerialNumber,S-job_2Ftwo,,"));
    }

    @Test
    void a_script_writes_and_reads_and_its_secrets_are_shown_nowhere() {
        String secret = "correct-horse-battery";
        JsonNode made = created(
                "",
                "{\"set\":{\"updateObjects\":[{\"objPath\":\"Device.WiFi.AccessPoint.1.Security.\",\"paramSettings\":"
                        + "[{\"param\":\"KeyPassphrase\",\"value\":\"" + secret + "\"}]}]}}",
                "{\"get\":{\"paths\":[\"Device.WiFi.AccessPoint.1.Security.\"]}}");
        assertThat(done(made).get("progress").get("done").intValue()).isEqualTo(2);
        for (String path : List.of("", "/targets", "/results.csv")) {
            assertThat(REST.get(job(made) + path).response().body())
                    .as(path)
                    .contains(path.isEmpty() ? "******" : "Device.WiFi.AccessPoint.1.Security.")
                    .doesNotContain(secret);
        }
        assertThat(REST.get("/api/v1/audit?limit=100").response().body())
                .contains("create job")
                .doesNotContain(secret);
    }

    @Test
    void a_job_with_an_idempotency_key_is_made_once() {
        Rest keyed = REST.with("Idempotency-Key", "job-" + System.nanoTime());
        String body = "{\"query\":\"tag:of-jobs\",\"steps\":[" + GET + "]}";
        long first = keyed.post("/api/v1/jobs", body).json().get("id").asLong();
        assertThat(keyed.post("/api/v1/jobs", body).json().get("id").asLong()).isEqualTo(first);
    }

    @Test
    void a_job_is_paused_resumed_and_cancelled_and_each_is_written_down() {
        String soon = Instant.now().plus(Duration.ofDays(1)).toString();
        JsonNode made = created("\"startAt\":\"" + soon + "\",\"perMinute\":10,", GET);
        assertThat(made.get("state").stringValue()).isEqualTo("waiting");
        assertThat(REST.post(job(made) + "/resume", "").json().get("detail").stringValue())
                .contains("is waiting, so this does nothing");
        assertThat(REST.post(job(made) + "/pause", "").json().get("state").stringValue())
                .isEqualTo("paused");
        assertThat(REST.post(job(made) + "/resume", "").json().get("state").stringValue())
                .isEqualTo("waiting");
        JsonNode cancelled = REST.post(job(made) + "/cancel", "").json();
        assertThat(cancelled.get("state").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.get("note").stringValue()).startsWith("cancelled by ");
        Answer again = REST.post(job(made) + "/cancel", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(REST.get("/api/v1/audit?limit=20").response().body())
                .contains("pause job", "resume job", "cancel job");
        assertThat(REST.get("/api/v1/jobs?limit=1").json().get("items").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "query":"((" , "steps":[GET]                                                          | query | at character
            "query":"group:none-such" , "steps":[GET]                                             | query | no group
            "query":"a" , "devices":["proto::x"] , "steps":[GET]                                  | query | which devices
            "steps":[GET]                                                                         | query | which devices
            "devices":[] , "steps":[GET]                                                          | devices | at least one
            "devices":["nonsense"] , "steps":[GET]                                                | devices[0] | Endpoint ID
            "query":"" , "steps":[]                                                               | steps | at least one
            "query":"" , "steps":[{}]                                                             | steps[0] | exactly one of
            "query":"" , "steps":[{"get":{"paths":["A"]},"operate":{"command":"B()"}}]            | steps[0] | exactly one of
            "query":"" , "steps":[{"operate":{"command":"Device.Reboot"}}]                        | steps[0].operate.command | ends with
            "query":"" , "steps":[GET] , "concurrency":0                                          | concurrency | must be 1 to
            "query":"" , "steps":[GET] , "perMinute":0                                            | perMinute | must be 1 to
            "query":"" , "steps":[GET] , "retries":-1                                             | retries | must be 0 to
            "query":"" , "steps":[GET] , "startAt":"tomorrow"                                     | startAt | a time with its zone
            "query":"" , "steps":[GET] , "startAt":"2999-01-01T00:00:00Z"                         | startAt | within a year
            "query":"" , "steps":[GET] , "deadline":"2020-01-01T00:00:00Z"                        | deadline | after the start
            "query":"" , "steps":[GET] , "window":{"from":"01:00","to":"01:00"}                   | window | never opens
            "query":"" , "steps":[GET] , "window":{"from":"1","to":"2"}                           | window.from | a time of day
            "query":"" , "steps":[GET] , "window":{"from":"01:00","to":"02:00","days":[]}         | window.days | never opens
            "query":"" , "steps":[GET] , "window":{"from":"01:00","to":"02:00","days":["someday"]} | window.days | mon, tue
            "query":"" , "steps":[GET] , "window":{"from":"01:00","to":"02:00","zone":"Mars"}     | window.zone | no time zone
            "query":"" , "steps":[GET] , "hurry":true                                             | hurry | allowed are
            """)
    void a_job_that_cannot_be_is_refused_with_the_field_and_the_reason(String fields, String field, String reason) {
        Answer answer = REST.post("/api/v1/jobs", "{" + fields.replace("GET", GET) + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.json().get("field").stringValue()).isEqualTo(field);
        assertThat(answer.json().get("detail").stringValue()).contains(reason);
    }

    @Test
    void a_window_that_opens_nowhere_before_the_deadline_is_refused() {
        Instant now = Instant.now();
        String day =
                now.atOffset(ZoneOffset.UTC).plusDays(3).getDayOfWeek().name().substring(0, 3);
        Answer answer = REST.post(
                "/api/v1/jobs",
                "{\"query\":\"\",\"steps\":[" + GET + "],\"deadline\":\"" + now.plus(Duration.ofHours(2))
                        + "\",\"window\":{\"from\":\"01:00\",\"to\":\"02:00\",\"days\":[\"" + day + "\"]}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue())
                .contains("never opens between the start and the deadline");
    }

    @Test
    void nobody_is_no_audience_unless_that_is_meant_and_an_unknown_job_is_none() {
        String nobody = "\"query\":\"tag:nobody-has-this\",\"steps\":[" + GET + "]";
        Answer refused = REST.post("/api/v1/jobs", "{" + nobody + "}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").stringValue()).contains("No device is meant now");
        JsonNode allowed = REST.post("/api/v1/jobs", "{" + nobody + ",\"allowEmpty\":true}")
                .json();
        assertThat(done(allowed).get("progress").get("devices").intValue()).isZero();
        for (String path : List.of("", "/targets", "/results.csv")) {
            assertThat(REST.get("/api/v1/jobs/999999999" + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(REST.post("/api/v1/jobs/999999999/pause", "").status()).isEqualTo(404);
        assertThat(REST.get("/api/v1/jobs/one").status()).isEqualTo(400);
        assertThat(REST.get(job(allowed) + "/targets?state=nonsense").status()).isEqualTo(400);
        assertThat(REST.get("/api/v1/jobs?cursor=x").status()).isEqualTo(400);
    }

    @Test
    void devices_named_one_by_one_fail_by_themselves_where_there_is_no_such_device() {
        JsonNode made = REST.post(
                        "/api/v1/jobs", "{\"devices\":[\"" + ONE + "\",\"proto::no-such\"],\"steps\":[" + GET + "]}")
                .json();
        assertThat(made.get("named").intValue()).isEqualTo(2);
        JsonNode job = done(made);
        assertThat(job.get("progress").get("done").intValue()).isEqualTo(1);
        assertThat(REST.get(job(made) + "/targets?state=failed")
                        .json()
                        .at("/items/0/detail")
                        .stringValue())
                .isEqualTo("the inventory has no such device");
    }
}
