// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Devices of TR-069: who may be moved to USP, and what is answered; by which names one of TR-098 is known.
final class MigrationRestTest {
    private static final String ID = "os::00256D-1";
    private static final String MIGRATION = path(ID);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static TestServer server;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.cwmp = new Port(0);
        server = TestServer.with(options);
        rest = server.rest();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(String device) {
        return "/api/v1/devices/" + Rest.segment(device) + "/migration";
    }

    /// A device comes over TR-069, says this, and is not heard of again.
    private static void comes(String serial, Map<String, String> told) throws IOException, InterruptedException {
        StringBuilder values = new StringBuilder();
        told.forEach((name, value) -> values.append("<ParameterValueStruct><Name>")
                .append(name)
                .append("</Name><Value>")
                .append(value)
                .append("</Value></ParameterValueStruct>"));
        String inform = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'"
                + " xmlns:c='urn:dslforum-org:cwmp-1-2'><s:Header><c:ID s:mustUnderstand='1'>7</c:ID></s:Header>"
                + "<s:Body><c:Inform><DeviceId><Manufacturer>A</Manufacturer><OUI>00256D</OUI><ProductClass/>"
                + "<SerialNumber>" + serial + "</SerialNumber></DeviceId><Event><EventStruct><EventCode>0 BOOTSTRAP"
                + "</EventCode><CommandKey/></EventStruct></Event><ParameterList>" + values
                + "</ParameterList></c:Inform></s:Body></s:Envelope>";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.acs())
                            .POST(HttpRequest.BodyPublishers.ofString(inform))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("InformResponse");
        }
    }

    private static String problem(String path, String body, int status) {
        Rest.Answer answer = rest.post(path, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        return answer.json().get("detail").stringValue();
    }

    @Test
    void a_device_of_tr_098_is_known_by_the_names_of_tr_181_and_its_own_are_told() throws Exception {
        String wan = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1";
        String wlan = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.";
        comes(
                "98",
                Map.of(
                        "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
                        "3.1",
                        "InternetGatewayDevice.Layer3Forwarding.DefaultConnectionService",
                        wan,
                        wlan + "SSID",
                        "Home",
                        wlan + "BeaconType",
                        "WPAand11i",
                        wlan + "PreSharedKey.1.KeyPassphrase",
                        "hush hush"));
        // the way out is found by what was told before
        comes(
                "98",
                Map.of(
                        "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
                        "3.2",
                        wan + ".ExternalIPAddress",
                        "203.0.113.8"));

        String device = "/api/v1/devices/" + Rest.segment("os::00256D-98");
        Map<String, String> shown = new TreeMap<>();
        rest.get(device + "/twin?path=Device.")
                .json()
                .get("items")
                .forEach(item -> shown.put(
                        item.get("path").stringValue(),
                        item.get("value").stringValue() + " from "
                                + item.get("from").stringValue()));

        assertThat(shown)
                .containsEntry(
                        "Device.DeviceInfo.SoftwareVersion",
                        "3.2 from InternetGatewayDevice.DeviceInfo.SoftwareVersion")
                .containsEntry("Device.WiFi.SSID.2.SSID", "Home from " + wlan + "SSID")
                .containsEntry("Device.WiFi.AccessPoint.2.SSIDReference", "Device.WiFi.SSID.2 from " + wlan + "SSID")
                .containsEntry(
                        "Device.WiFi.AccessPoint.2.Security.ModeEnabled",
                        "WPA-WPA2-Personal from " + wlan + "BeaconType")
                .containsEntry(
                        "Device.WiFi.AccessPoint.2.Security.KeyPassphrase",
                        " from " + wlan + "PreSharedKey.1.KeyPassphrase")
                .containsEntry(
                        "Device.IP.Interface.1.IPv4Address.1.IPAddress",
                        "203.0.113.8 from " + wan + ".ExternalIPAddress");
        assertThat(rest.get(device + "/twin").response().body()).doesNotContain("hush");
        assertThat(rest.get("/api/v1/devices?q=" + Rest.segment("Device.WiFi.SSID.*.SSID = Home"))
                        .json()
                        .get("total")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void what_a_device_has_to_show_is_said_and_its_login_is_named_without_its_password() throws Exception {
        comes("6", Map.of("Device.DeviceInfo.SoftwareVersion", "1"));
        String device = "/api/v1/devices/" + Rest.segment("os::00256D-6");
        assertThat(rest.get(device + "/cwmp-proof").response().body()).isEqualTo("{\"wanted\":\"either\"}");
        String password =
                rest.post(device + "/cwmp-login", "").json().get("password").stringValue();
        Rest.Answer set = rest.send("PUT", device + "/cwmp-proof", "{\"wanted\":\"both\"}");
        assertThat(set.response().body()).isEqualTo("{\"wanted\":\"both\",\"login\":\"00256D-6\"}");
        assertThat(set.response().body()).doesNotContain(password);
        assertThat(rest.send("PUT", device + "/cwmp-proof", "{\"wanted\":\"faith\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_cannot_be_moved_is_told_why() throws Exception {
        assertThat(problem(path("os::00256D-nobody"), "{}", 404)).contains("no device");
        comes("2", Map.of("Device.DeviceInfo.SoftwareVersion", "1"));
        assertThat(problem(path("os::00256D-2"), "{}", 422)).contains("shows no USP agent");
        Map<String, String> agent = Map.of(
                "Device.USPAgent.EndpointID", "os::00256D-3",
                "Device.USPAgent.SupportedProtocols", "MQTT,STOMP",
                "Device.ManagementServer.URL", "http://127.0.0.1/cwmp");
        comes("3", agent);
        assertThat(problem(path("os::00256D-3"), "{}", 422)).contains("MQTT,STOMP and not WebSocket");
        assertThat(problem(path("os::00256D-3"), "{\"to\":\"mqtt\"}", 422)).contains("--mqtt");
        assertThat(problem(path("os::00256D-3"), "{\"to\":\"pigeon\"}", 400)).contains("ws, mqtt or stomp");
        comes("4", Map.of("Device.USPAgent.EndpointID", "os::00256D-4"));
        assertThat(problem(path("os::00256D-4"), "{}", 422)).contains("by which host it reaches us");
        Map<String, String> candidates = new TreeMap<>();
        Rest.Answer page = rest.get("/api/v1/migrations/candidates?q="
                + Rest.segment("id = \"os::00256D-2\" or id = \"os::00256D-3\" or id = \"os::00256D-4\"") + "&to=mqtt");
        page.json()
                .get("items")
                .forEach(each -> candidates.put(
                        each.get("device").stringValue(),
                        each.get("state").stringValue() + ": "
                                + each.get("text").stringValue()));
        assertThat(candidates).as(page.response().body()).hasSize(3);
        assertThat(candidates.get("os::00256D-2"))
                .startsWith("unable: It cannot be moved: ")
                .contains("no USP agent");
        assertThat(candidates.get("os::00256D-3")).contains("--mqtt");
        assertThat(candidates.get("os::00256D-4")).contains("--mqtt");
        assertThat(rest.get("/api/v1/migrations/candidates?to=pigeon").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/migrations/candidates?q=" + Rest.segment("and"))
                        .status())
                .isEqualTo(400);
        assertThat(rest.get(path("os::00256D-4")).json().get("state").stringValue())
                .isEqualTo("none");
        assertThat(rest.get(path("os::00256D-nobody")).status()).isEqualTo(404);
        assertThat(rest.send("DELETE", path("os::00256D-4"), null).status()).isEqualTo(404);
    }

    @Test
    void a_migration_is_begun_once_shown_called_back_counted_and_audited() throws Exception {
        comes(
                "1",
                Map.of(
                        "Device.USPAgent.EndpointID", ID,
                        "Device.USPAgent.SupportedProtocols", "WebSocket, MQTT",
                        "Device.ManagementServer.URL", "http://localhost:7547/cwmp"));
        assertThat(problem(MIGRATION, "{\"settle\":-1}", 400)).contains("settle");
        Rest.Answer begun = rest.post(MIGRATION, "{\"keepCwmp\":true,\"settle\":5}");
        assertThat(begun.status()).isEqualTo(200);
        JsonNode view = begun.json();
        JsonNode schema = rest.get("/api/openapi.json").json().at("/components/schemas/MigrationView");
        Set<String> described = new HashSet<>();
        schema.get("required").forEach(name -> described.add(name.stringValue()));
        assertThat(Set.copyOf(view.propertyNames())).isEqualTo(described);
        assertThat(view.get("state").stringValue()).isEqualTo("eligible");
        assertThat(view.get("to").stringValue())
                .isEqualTo("ws://localhost:" + server.ws().getPort() + "/usp");
        assertThat(problem(MIGRATION, "{}", 422)).contains("is eligible");
        JsonNode moving = rest.get("/api/v1/migrations/candidates?q=" + Rest.segment("id = \"" + ID + "\""))
                .json()
                .get("items")
                .get(0);
        assertThat(moving.get("state").stringValue()).isEqualTo("moving");
        assertThat(moving.get("text").stringValue()).startsWith("It is eligible: ");
        assertThat(rest.get("/api/v1/migrations").json().at("/states/eligible").intValue())
                .isEqualTo(1);
        Rest.Answer back = rest.send("DELETE", MIGRATION, null);
        assertThat(back.json().get("state").stringValue()).isEqualTo("returning");
        assertThat(rest.send("DELETE", MIGRATION, null).status()).isEqualTo(422);
        assertThat(rest.get(MIGRATION).json().get("steps").size()).isEqualTo(2);
        assertThat(rest.get("/api/v1/audit").response().body()).contains("\"migrate\"", "\"migrate back\"");
        String events = "/api/v1/devices/" + Rest.segment(ID) + "/events";
        await().until(() -> rest.get(events).response().body().contains("returning: the way back"));
    }

    private static void isAwaited(String device) {
        await().until(() ->
                rest.get(path(device)).json().get("state").stringValue().equals("configured"));
        JsonNode view = rest.get(path(device)).json();
        assertThat(view.get("byNetwork").booleanValue()).isTrue();
        assertThat(view.at("/steps/1/text").stringValue()).contains("nothing is written to it");
    }

    @Test
    void a_device_that_the_network_brings_is_waited_for_also_by_a_campaign_and_need_not_show_its_agent()
            throws Exception {
        Map<String, String> told = Map.of(
                "Device.DeviceInfo.SoftwareVersion", "6.1", "Device.ManagementServer.URL", "http://localhost/cwmp");
        comes("61", told);
        assertThat(rest.post(path("os::00256D-61"), "{\"byNetwork\":true}").status())
                .isEqualTo(200);
        isAwaited("os::00256D-61");

        comes("62", told);
        String body = campaign("serial = 62").replace("\"settle\":5", "\"settle\":5,\"byNetwork\":true");
        assertThat(rest.post("/api/v1/campaigns/preview", body)
                        .json()
                        .get("detail")
                        .stringValue())
                .startsWith("It would wait for the network to bring over USP by ws");
        JsonNode made = rest.post("/api/v1/campaigns", body).json();
        assertThat(made.at("/migration/byNetwork").booleanValue()).isTrue();
        String campaign = "/api/v1/campaigns/" + made.get("id").asLong();
        assertThat(rest.post(campaign + "/start", "").status()).isEqualTo(200);
        isAwaited("os::00256D-62");
        assertThat(rest.post(campaign + "/stop", "").status()).isEqualTo(200);
    }

    private static String campaign(String query) {
        return "{\"name\":\"across\",\"query\":\"" + query + "\",\"migration\":{\"to\":\"ws\",\"settle\":5},"
                + "\"waves\":[\"rest\"],\"successPercent\":0,\"stopAt\":\"5\",\"soakSeconds\":0,"
                + "\"patienceSeconds\":1,\"approval\":false}";
    }

    @Test
    void a_campaign_moves_a_group_in_waves_and_its_funnel_says_where_each_is_and_why() throws Exception {
        assertThat(problem("/api/v1/campaigns", campaign("serial = nobody"), 409))
                .contains("No device is meant now");
        assertThat(problem("/api/v1/campaigns", campaign("").replace("\"ws\"", "\"pigeon\""), 400))
                .contains("ws, mqtt or stomp");
        assertThat(problem(
                        "/api/v1/campaigns",
                        campaign("").replace("\"migration\"", "\"firmware\":1,\"migration\""),
                        400))
                .contains("firmware");
        for (String serial : List.of("51", "52")) {
            comes(serial, Map.of("Device.DeviceInfo.SoftwareVersion", "5.1"));
        }
        String group = "software = 5.1";
        assertThat(rest.post("/api/v1/campaigns/preview", campaign(group))
                        .json()
                        .get("detail")
                        .stringValue())
                .startsWith("It would move to USP over ws 2 devices");
        JsonNode made = rest.post("/api/v1/campaigns", campaign(group)).json();
        assertThat(made.at("/migration/settle").intValue()).isEqualTo(5);
        assertThat(made.has("firmware")).isFalse();
        String path = "/api/v1/campaigns/" + made.get("id").asLong();
        assertThat(rest.post(path + "/start", "").status()).isEqualTo(200);
        await().until(() -> rest.get(path).json().get("state").stringValue().equals("done"));
        JsonNode funnel = rest.get(path + "/funnel").json();
        assertThat(funnel.at("/steps/0/step").stringValue()).isEqualTo("eligible");
        assertThat(funnel.at("/steps/0/reached").longValue()).isZero();
        assertThat(funnel.get("others")
                        .valueStream()
                        .filter(aside -> aside.get("here").longValue() > 0)
                        .map(aside -> aside.get("step").stringValue()))
                .containsExactly("unable");
        assertThat(funnel.at("/reasons/0/devices").longValue()).isEqualTo(2);
        assertThat(funnel.at("/reasons/0/reason").stringValue()).contains("shows no USP agent");
        JsonNode unable = rest.get(path + "/report?step=unable").json().get("items");
        assertThat(unable.size()).isEqualTo(2);
        assertThat(unable.at("/0/step").stringValue()).isEqualTo("unable");
        assertThat(rest.get(path + "/report?step=done").json().get("items").size())
                .isZero();
        assertThat(rest.get(path + "/report?step=dancing").status()).isEqualTo(400);
    }
}
