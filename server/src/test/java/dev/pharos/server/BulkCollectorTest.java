// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.server.Rest.Answer;
import dev.pharos.server.bulk.Limits;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Reports of bulk data, from a real agent and from others who would like to be one, into the twin.
final class BulkCollectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("proto::reporting");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String NAME = "Device.WiFi.SSID.1.SSID";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @BeforeAll
    static void connect() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        await().atMost(PATIENCE)
                .until(() -> REST.get(DEVICE + "/events").response().body().contains("onboarded"));
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
    }

    private static String password() {
        Answer made = REST.post(DEVICE + "/collector-login", "{}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().get("path").stringValue()).isEqualTo("/bulk");
        assertThat(made.json().get("username").stringValue()).isEqualTo(ID.toString());
        return made.json().get("password").stringValue();
    }

    private static Rest device(String password) {
        String login = ID + ":" + password;
        return new Rest(SERVER.url(), java.util.Map.of())
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static String report(String value) {
        return "{\"Report\":[{\"" + NAME + "\":\"" + value + "\"}]}";
    }

    private static JsonNode twin(String path) {
        return REST.get(DEVICE + "/twin?path=" + path).json().get("items").path(0);
    }

    private static void set(String object, String settings) {
        Answer answer = REST.post(
                DEVICE + "/usp/set",
                "{\"updateObjects\":[{\"objPath\":\"" + object + "\",\"paramSettings\":[" + settings + "]}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }

    private static String add(String table, String settings) {
        Answer answer = REST.post(
                DEVICE + "/usp/add",
                "{\"createObjects\":[{\"objPath\":\"" + table + "\",\"paramSettings\":[" + settings + "]}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json()
                .at("/createdObjectResults/0/operStatus/operSuccess/instantiatedPath")
                .stringValue();
    }

    private static String setting(String name, String value) {
        return "{\"param\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }

    @Test
    void a_device_reports_to_us_by_itself_and_its_twin_follows() {
        set("Device.BulkData.", setting("Enable", "true"));
        String profile =
                add("Device.BulkData.Profile.", setting("Protocol", "HTTP") + "," + setting("EncodingType", "JSON"));
        set(
                profile + "HTTP.",
                String.join(
                        ",",
                        setting("URL", SERVER.url() + "/bulk"),
                        setting("Username", ID.toString()),
                        setting("Password", password()),
                        setting("Compression", "GZIP")));
        String _ = add(profile + "Parameter.", setting("Reference", "Device.Ethernet.Interface.*.Stats."));
        set(profile, setting("Enable", "true"));

        Answer now = REST.post(DEVICE + "/usp/operate", "{\"command\":\"" + profile + "ForceCollection()\"}");

        assertThat(now.status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> twin("Device.Ethernet.Interface.1.Stats.BytesReceived")
                        .path("source")
                        .stringValue("")
                        .equals("bulk"));
        assertThat(REST.get("/api/v1/audit?limit=50").response().body()).contains("make collector login");
        set(profile, setting("Enable", "false"));
    }

    private static String pushed(String more) {
        set("Device.BulkData.", setting("Enable", "true"));
        String profile = add(
                "Device.BulkData.Profile.", setting("Protocol", "USPEventNotif") + "," + setting("EncodingType", more));
        String _ = add(profile + "Parameter.", setting("Reference", "Device.DeviceInfo.UpTime"));
        set(profile, setting("Enable", "true"));
        return profile;
    }

    private static String reported(String path) {
        JsonNode known = twin(path);
        return known.path("source").stringValue("").equals("bulk")
                ? known.path("value").stringValue("")
                : "";
    }

    @Test
    void reports_that_come_as_events_are_taken_in_every_format() {
        String subscription = add(
                "Device.LocalAgent.Subscription.",
                String.join(
                        ",",
                        setting("ID", "bulk-reports"),
                        setting("NotifType", "Event"),
                        setting("ReferenceList", "Device.BulkData.Profile.*.Push!"),
                        setting("Enable", "true")));
        for (String[] format : new String[][] {
            {"JSON", "", ""}, {"CSV", "CSVEncoding.", "ParameterPerRow"}, {"CSV", "CSVEncoding.", "ParameterPerColumn"}
        }) {
            String profile = pushed(format[0]);
            if (!format[2].isEmpty()) {
                set(profile + format[1], setting("ReportFormat", format[2]));
            }
            String before = reported("Device.DeviceInfo.UpTime");

            // until it is another second of the device
            await().atMost(PATIENCE).until(() -> {
                Answer now = REST.post(DEVICE + "/usp/operate", "{\"command\":\"" + profile + "ForceCollection()\"}");
                assertThat(now.status()).isEqualTo(200);
                String after = reported("Device.DeviceInfo.UpTime");
                return !after.isEmpty() && !after.equals(before);
            });
            assertThat(REST.post(DEVICE + "/usp/delete", "{\"objPaths\":[\"" + profile + "\"]}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(REST.get("/metrics").response().body()).contains("pharos_bulk_deliveries_total{outcome=\"pushed\"}");
        REST.post(DEVICE + "/usp/delete", "{\"objPaths\":[\"" + subscription + "\"]}");
    }

    @Test
    @Requirement("R-BULK.0")
    void a_chunked_report_is_taken() throws Exception {
        String password = password();
        byte[] body = report("chunked").getBytes(StandardCharsets.UTF_8);
        String login = Base64.getEncoder().encodeToString((ID + ":" + password).getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket("localhost", SERVER.url().getPort())) {
            StringBuilder request = new StringBuilder("POST /bulk?eid=" + Rest.segment(ID)
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\n"
                    + "BBF-Report-Format: \"NameValuePair\"\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                    + "Authorization: Basic " + login + "\r\n\r\n");
            for (byte each : body) {
                request.append("1\r\n").append((char) each).append("\r\n");
            }
            socket.getOutputStream()
                    .write(request.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("{\"reports\":1,\"kept\":1,\"unknown\":0}");
        }
        assertThat(twin(NAME).path("value").stringValue("")).isEqualTo("chunked");
    }

    @Test
    void who_is_not_the_device_is_told_so_and_nothing_is_kept() {
        String old = password();
        String password = password();
        Rest nobody = new Rest(SERVER.url(), java.util.Map.of());
        Answer challenged = nobody.post("/bulk", report("stranger"));
        assertThat(challenged.status()).isEqualTo(401);
        assertThat(challenged.header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(device(old).post("/bulk", report("stranger")).status()).isEqualTo(401);
        assertThat(REST.post("/bulk", report("stranger")).status()).isEqualTo(401);
        for (String other : new String[] {"eid=proto::other", "sn=OTHER", "oui=FFFFFF", "pc=Other"}) {
            assertThat(device(password)
                            .post("/bulk?" + other, report("stranger"))
                            .status())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(twin(NAME).path("value").stringValue("")).isNotEqualTo("stranger");
        assertThat(REST.post("/api/v1/devices/proto::nobody/collector-login", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_is_no_report_is_refused_with_the_reason_and_counted() throws Exception {
        Rest device = device(password());
        Answer malformed = device.post("/bulk", "{\"Report\":[1]}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().get("detail").stringValue()).contains("something else than objects");
        assertThat(device.with("Content-Encoding", "br")
                        .post("/bulk", report("x"))
                        .status())
                .isEqualTo(415);
        assertThat(sent(device, "text/plain", new byte[1])).isEqualTo(415);
        assertThat(sent(device, "application/json", new byte[Limits.DELIVERY_BYTES + 1]))
                .isEqualTo(413);
        Answer unknown = device.post("/bulk", "{\"Report\":[{\"Device.No.1.Such\":1,\"alias\":2}]}");
        assertThat(unknown.json().toString()).isEqualTo("{\"reports\":1,\"kept\":0,\"unknown\":2}");
        assertThat(new Rest(SERVER.url(), java.util.Map.of())
                        .get("/metrics")
                        .response()
                        .body())
                .contains("pharos_bulk_deliveries_total{outcome=\"refused.400\"}")
                .contains("pharos_bulk_deliveries_total{outcome=\"refused.413\"}")
                .contains("pharos_bulk_deliveries_total{outcome=\"taken\"}");
    }

    private static int sent(Rest device, String type, byte[] body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(device.url() + "/bulk"))
                    .header("Authorization", String.valueOf(device.headers().get("Authorization")))
                    .header("Content-Type", type)
                    .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void of_a_delivery_of_several_moments_the_twin_has_the_newest_in_whatever_order_they_come() {
        Instant now = Instant.now();
        String other = "Device.WiFi.SSID.2.SSID";
        Answer taken = device(password())
                .post(
                        "/bulk",
                        "{\"Report\":[" + moment(now.minusSeconds(5), "newest") + ","
                                + moment(now.minusSeconds(20), "before") + ","
                                + moment(now.minus(Duration.ofDays(900)), "long ago") + ",{\"CollectionTime\":"
                                + now.minus(Duration.ofDays(900)).toEpochMilli() + ",\"" + other + "\":\"only\"}]}");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().get("reports").intValue()).isEqualTo(4);
        assertThat(twin(NAME).path("value").stringValue("")).isEqualTo("newest");
        assertThat(twin(other).path("value").stringValue(""))
                .as("what was read of it is newer")
                .isNotEqualTo("only");
        assertThat(taken.json().get("kept").intValue()).isEqualTo(2);
        assertThat(taken.json().get("unknown").intValue()).isZero();
    }

    private static String moment(Instant collected, String value) {
        return "{\"CollectionTime\":" + collected.toEpochMilli() + ",\"" + NAME + "\":\"" + value + "\"}";
    }

    @Test
    void secrets_and_what_is_older_than_what_is_known_are_not_kept() {
        Rest device = device(password());
        assertThat(device.post("/bulk", report("new")).status()).isEqualTo(200);
        Answer late = device.post("/bulk", "{\"Report\":[{\"CollectionTime\":1364529149,\"" + NAME + "\":\"old\"}]}");
        assertThat(late.json().get("kept").intValue()).isZero();
        assertThat(twin(NAME).path("value").stringValue("")).isEqualTo("new");
        String secret = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        assertThat(device.post("/bulk", "{\"Report\":[{\"" + secret + "\":\"hunter2\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(twin(secret).path("value").stringValue("")).isEmpty();
    }
}
