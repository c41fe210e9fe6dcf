// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What parameters were, over REST: a device that reports, and who looks.
final class SeriesRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("proto::series%2Frest");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String KEPT = "/api/v1/series/Device.Ethernet.Interface.*.Stats.BytesReceived";
    private static final String BYTES = "Device.Ethernet.Interface.1.Stats.BytesReceived";

    private static Rest device = REST;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static HomeGateway gateway;

    @BeforeAll
    static void a_device_that_may_report() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        await().atMost(PATIENCE)
                .until(() -> REST.get(DEVICE + "/events").response().body().contains("onboarded"));
        Answer login = REST.post(DEVICE + "/collector-login", "{}");
        String words = ID + ":" + login.json().get("password").stringValue();
        device = new Rest(SERVER.url(), Map.of())
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
        Answer kept = REST.send("PUT", KEPT, "");
        assertThat(kept.status()).as(kept.response().body()).isEqualTo(200);
        // what is kept is known to who writes within two seconds
        await().atMost(PATIENCE).until(() -> {
            report(1, 1, Instant.now());
            return !points("&step=0").isEmpty();
        });
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
        REST.send("DELETE", KEPT, "");
    }

    /// Values that were collected each second until then, the first of them with this one.
    private static void report(int first, int values, Instant until) {
        String rows = IntStream.range(0, values)
                .mapToObj(i -> "{\"CollectionTime\":"
                        + until.minusSeconds(values - 1 - i).toEpochMilli() + ",\"" + BYTES + "\":" + (first + i) + "}")
                .collect(Collectors.joining(","));
        Answer taken = device.post("/bulk", "{\"Report\":[" + rows + "]}");
        assertThat(taken.status()).as(taken.response().body()).isEqualTo(200);
    }

    private static Answer series(String more) {
        return REST.get(DEVICE + "/series?path=" + BYTES + more);
    }

    private static JsonNode points(String more) {
        Answer answer = series(more);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("points");
    }

    @Test
    void what_a_device_reported_is_there_when_its_report_was_taken_as_told_and_in_steps() {
        Instant until = Instant.now().minus(Duration.ofHours(30));
        String span = "&from=" + until.minusSeconds(3_600) + "&to=" + until.plusSeconds(1);
        report(100, 600, until);
        JsonNode told = points(span + "&step=0");
        assertThat(told.size()).isEqualTo(600);
        assertThat(told.get(599).toString()).contains("\"value\":\"699\"").doesNotContain("avg");
        JsonNode fitting = series(span).json();
        assertThat(fitting.get("step").asInt())
                .as("600 are too many to look at")
                .isEqualTo(300);
        JsonNode hour = points(span + "&step=86400");
        assertThat(hour.valueStream()
                        .mapToLong(point -> point.get("count").asLong())
                        .sum())
                .isEqualTo(600);
        assertThat(hour.get(0).get("min").asDouble()).isEqualTo(100);
        assertThat(hour.get(hour.size() - 1).get("max").asDouble()).isEqualTo(699);
        assertThat(series(span + "&step=0").json().get("kept").asBoolean()).isTrue();
    }

    @Test
    void what_makes_no_sense_is_refused_with_what_would() {
        assertThat(detail(REST.get(DEVICE + "/series?path=Device.Ethernet.Interface.*.Stats.BytesReceived")))
                .contains("must name one parameter");
        assertThat(detail(REST.get(DEVICE + "/series?path=nothing"))).contains("must be the path of a parameter");
        assertThat(detail(series("&step=17"))).contains("multiple of 300");
        assertThat(detail(series("&step=-300"))).contains("multiple of 300");
        assertThat(detail(series("&from=2020-01-01T00:00:00Z&step=300")))
                .contains("must be")
                .contains("or more");
        assertThat(detail(series("&from=-1000000-01-01T00:00:00Z"))).contains("before to");
        assertThat(detail(series("&to=9999-01-01T00:00:00Z"))).contains("future");
        assertThat(detail(series("&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")))
                .contains("before to");
        assertThat(series("&from=yesterday").status()).isEqualTo(400);
        assertThat(REST.get("/api/v1/devices/proto::nobody/series?path=" + BYTES)
                        .status())
                .isEqualTo(404);
        assertThat(detail(REST.send("PUT", "/api/v1/series/Device.WiFi.AccessPoint.*.Security.KeyPassphrase", "")))
                .contains("secret");
        assertThat(detail(REST.send("PUT", "/api/v1/series/Device..X", ""))).contains("path of a parameter");
    }

    private static String detail(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        return answer.json().get("detail").stringValue();
    }

    @Test
    void what_is_kept_is_listed_kept_once_and_forgotten_and_the_audit_log_knows() {
        String path = "/api/v1/series/Device.DeviceInfo.UpTime";
        assertThat(REST.send("PUT", path, "").status()).isEqualTo(200);
        JsonNode again = REST.send("PUT", path, "").json();
        assertThat(again.get("path").stringValue()).isEqualTo("Device.DeviceInfo.UpTime");
        assertThat(REST.get("/api/v1/series").json().get("items").toString()).contains("UpTime", "BytesReceived");
        assertThat(REST.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(REST.send("DELETE", path, "").status()).isEqualTo(404);
        assertThat(REST.get(DEVICE + "/series?path=Device.DeviceInfo.UpTime")
                        .json()
                        .get("kept")
                        .asBoolean())
                .isFalse();
        assertThat(REST.get("/api/v1/audit?limit=20").response().body()).contains("keep series", "forget series");
    }
}
