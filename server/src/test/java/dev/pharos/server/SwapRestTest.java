// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A router that speaks TR-098 over TR-069, and one that speaks TR-181 over USP and takes its place: real sessions, a
/// real agent.
final class SwapRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final String LAN = "InternetGatewayDevice.LANDevice.1.";
    private static final String WIFI = LAN + "WLANConfiguration.";
    private static final String HOSTS = LAN + "LANHostConfigManagement.";
    private static final String WAN = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.";

    private Optional<HomeGateway> gateway = Optional.empty();

    @AfterEach
    void disconnect() {
        gateway.ifPresent(HomeGateway::close);
    }

    private static String device(Object id) {
        return "/api/v1/devices/" + Rest.segment(id);
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private EndpointId newRouter(String name) throws IOException {
        EndpointId id = EndpointId.of("proto::swap%2F" + name);
        gateway = Optional.of(new HomeGateway(id, SERVER.ws()));
        await().atMost(PATIENCE)
                .until(() -> REST.get(device(id) + "/events").response().body().contains("onboarded"));
        return id;
    }

    /// What it has, as TR-098 calls it; `more` goes before.
    private static EndpointId oldRouter(String serial, Map<String, String> more) throws Exception {
        Map<String, String> told = new TreeMap<>(Map.ofEntries(
                Map.entry("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "1.0"),
                Map.entry("InternetGatewayDevice.ManagementServer.ConnectionRequestURL", ""),
                Map.entry(WIFI + "1.Enable", "1"),
                Map.entry(WIFI + "1.SSID", "Lindgren"),
                Map.entry(WIFI + "1.SSIDAdvertisementEnabled", "1"),
                Map.entry(WIFI + "1.BeaconType", "11i"),
                Map.entry(WIFI + "1.KeyPassphrase", ""),
                Map.entry(WIFI + "1.Channel", "6"),
                Map.entry(WIFI + "1.AutoChannelEnable", "0"),
                Map.entry(WIFI + "2.Enable", "1"),
                Map.entry(WIFI + "2.SSID", "Lindgren"),
                Map.entry(WIFI + "2.BeaconType", "Basic"),
                Map.entry(WIFI + "2.Channel", "44"),
                Map.entry(WIFI + "2.AutoChannelEnable", "1"),
                Map.entry(HOSTS + "IPInterface.1.IPInterfaceIPAddress", "192.168.1.1"),
                Map.entry(HOSTS + "IPInterface.1.IPInterfaceSubnetMask", "255.255.255.0"),
                Map.entry(HOSTS + "MinAddress", "192.168.1.20"),
                Map.entry(HOSTS + "MaxAddress", "192.168.1.90"),
                Map.entry(HOSTS + "DHCPStaticAddress.1.Enable", "1"),
                Map.entry(HOSTS + "DHCPStaticAddress.1.Chaddr", "02:00:00:00:00:07"),
                Map.entry(HOSTS + "DHCPStaticAddress.1.Yiaddr", "192.168.1.7"),
                Map.entry(WAN + "Username", "lindgren@isp.example"),
                Map.entry(WAN + "PortMapping.1.PortMappingEnabled", "1"),
                Map.entry(WAN + "PortMapping.1.ExternalPort", "8080"),
                Map.entry(WAN + "PortMapping.1.InternalPort", "80"),
                Map.entry(WAN + "PortMapping.1.InternalClient", "192.168.1.7"),
                Map.entry(WAN + "PortMapping.1.PortMappingProtocol", "TCP"),
                Map.entry(WAN + "PortMapping.1.PortMappingDescription", "camera"),
                Map.entry(WAN + "PortMapping.1.RemoteHost", ""),
                Map.entry(WAN + "PortMapping.1.PortMappingLeaseDuration", "0"),
                Map.entry(WAN + "PortMapping.2.ExternalPort", "9999"),
                Map.entry(WAN + "PortMapping.2.PortMappingProtocol", "UDP"),
                Map.entry(WAN + "PortMapping.2.PortMappingLeaseDuration", "3600")));
        told.putAll(more);
        VisitingDevice visitor = new VisitingDevice(SERVER.acs(), serial, told);
        visitor.visits();
        EndpointId id = EndpointId.of("os::00256D-" + serial);
        await().atMost(PATIENCE)
                .until(() -> REST.get(device(id) + "/twin?path=Device.WiFi.SSID.")
                        .response()
                        .body()
                        .contains("Device.WiFi.SSID.1.SSID"));
        return id;
    }

    private static String swap(EndpointId now, String operation, Object old) {
        return device(now) + "/" + operation + "?from=" + Rest.segment(old);
    }

    private static JsonNode line(JsonNode plan, String id) {
        for (JsonNode line : plan.get("settings")) {
            if (line.get("id").stringValue().equals(id)) {
                return line;
            }
        }
        throw new AssertionError("no line " + id + " in " + plan);
    }

    private static String action(JsonNode plan, String id) {
        return line(plan, id).get("action").stringValue();
    }

    private static JsonNode ended(long job) {
        String path = "/api/v1/jobs/" + job;
        await().atMost(PATIENCE).until(() -> REST.get(path).json().has("ended"));
        return REST.get(path + "/targets").json().at("/items/0");
    }

    private static String value(EndpointId id, String path) {
        JsonNode answer = ok(REST.post(device(id) + "/usp/get", "{\"paths\":[\"" + path + "\"]}"));
        return answer.at("/requestedPathResults/0/resolvedPathResults/0/resultParams")
                .path(path.substring(path.lastIndexOf('.') + 1))
                .asString("");
    }

    @Test
    void what_is_personal_goes_from_tr_098_to_tr_181_is_read_back_and_can_be_taken_back() throws Exception {
        EndpointId old = oldRouter("SWAPOLD", Map.of());
        EndpointId now = newRouter("new");
        assertThat(REST.send("PATCH", device(old), "{\"tags\":[\"region=north\",\"vip\"]}")
                        .status())
                .isEqualTo(200);
        ok(REST.send("PUT", device(old) + "/attributes", "{\"attributes\":{\"contract\":\"C-77\"}}"));
        ok(REST.send("PUT", device(now) + "/attributes", "{\"attributes\":{\"note\":\"from the shelf\"}}"));
        String before = value(now, "Device.WiFi.SSID.1.SSID");

        JsonNode plan = ok(REST.post(swap(now, "swap-plan", old), "{}"));
        assertThat(line(plan, "wifi.2.4ghz.name").at("/old/value").stringValue())
                .isEqualTo("Lindgren");
        assertThat(line(plan, "wifi.2.4ghz.name").at("/now/value").stringValue())
                .isEqualTo(before);
        assertThat(action(plan, "wifi.2.4ghz.name")).isEqualTo("set");
        assertThat(action(plan, "wifi.2.4ghz.enabled")).isEqualTo("same");
        assertThat(action(plan, "wifi.5ghz.name")).isEqualTo("set");
        assertThat(action(plan, "radio.2.4ghz.channel")).isIn("set", "same");
        assertThat(line(plan, "wifi.5ghz.security").get("why").stringValue()).contains("allows only");
        assertThat(line(plan, "wifi.2.4ghz.key").get("why").stringValue()).contains("nobody can read it");
        assertThat(action(plan, "home.address")).isEqualTo("same");
        assertThat(action(plan, "dhcp.first")).isEqualTo("set");
        assertThat(plan.get("settings").toString()).contains("TCP 8080").doesNotContain("9999");
        assertThat(plan.get("tags").toString()).contains("region=north", "vip");
        assertThat(plan.get("attributes").toString()).contains("contract");
        assertThat(value(now, "Device.WiFi.SSID.1.SSID")).isEqualTo(before);

        JsonNode begun = ok(REST.post(swap(now, "swap", old), "{\"wifiKey\":\"correct horse 9\"}"));
        long job = begun.get("job").asLong();
        JsonNode target = ended(job);
        assertThat(target.get("state").stringValue()).as(target + "\n" + begun).isEqualTo("done");
        assertThat(target.get("detail").stringValue()).contains("read back");
        assertThat(value(now, "Device.WiFi.SSID.1.SSID")).isEqualTo("Lindgren");
        assertThat(value(now, "Device.DHCPv4.Server.Pool.1.MinAddress")).isEqualTo("192.168.1.20");
        assertThat(ok(REST.get(device(now) + "/twin?path=Device.NAT.PortMapping."))
                        .toString())
                .contains("8080", "192.168.1.7", "camera");
        JsonNode after = ok(REST.post(swap(now, "swap-plan", old), "{\"wifiKey\":\"correct horse 9\"}"));
        for (JsonNode line : begun.get("settings")) {
            if (line.get("action").stringValue().equals("set")
                    && !line.get("secret").booleanValue()) {
                assertThat(action(after, line.get("id").stringValue()))
                        .as(line.toString())
                        .isEqualTo("same");
            }
        }

        assertThat(REST.get(device(now)).json().get("tags").toString()).contains("region=north", "vip");
        assertThat(REST.get(device(now) + "/attributes")
                        .json()
                        .at("/attributes")
                        .toString())
                .isEqualTo("{\"contract\":\"C-77\",\"note\":\"from the shelf\",\"replaces\":\"" + old + "\"}");
        assertThat(REST.get(device(old)).json().get("tags").toString()).contains("retired");
        assertThat(REST.get(device(old) + "/attributes").json().toString()).contains("\"replaced-by\":\"" + now + "\"");
        for (String place : new String[] {
            "/api/v1/jobs/" + job,
            "/api/v1/jobs/" + job + "/targets",
            "/api/v1/audit?limit=100",
            device(now) + "/twin?path=Device.WiFi.",
            device(now) + "/events"
        }) {
            assertThat(REST.get(place).response().body()).as(place).doesNotContain("correct horse");
        }

        JsonNode back = ok(REST.post(device(now) + "/swap-undo", "{\"job\":" + job + "}"));
        JsonNode undone = ended(back.get("id").asLong());
        assertThat(undone.get("state").stringValue()).as(undone.toString()).isEqualTo("done");
        assertThat(value(now, "Device.WiFi.SSID.1.SSID")).isEqualTo(before);
        assertThat(ok(REST.post(device(now) + "/usp/get", "{\"paths\":[\"Device.NAT.PortMapping.*.ExternalPort\"]}"))
                        .toString())
                .doesNotContain("8080");
        assertThat(REST.get(device(old)).json().get("tags").toString()).doesNotContain("retired");
    }

    @Test
    void done_twice_it_finds_nothing_to_do() throws Exception {
        EndpointId old = oldRouter("SWAPTWICE", Map.of());
        EndpointId now = newRouter("twice");
        long first = ok(REST.post(swap(now, "swap", old), "{}")).get("job").asLong();
        assertThat(ended(first).get("state").stringValue()).isEqualTo("done");

        JsonNode again = ok(REST.post(swap(now, "swap", old), "{}"));

        assertThat(again.has("job")).as(again.toString()).isFalse();
        assertThat(again.at("/counts/set").asLong()).isZero();
    }

    @Test
    void names_that_are_written_to_do_harm_are_names() throws Exception {
        String name = "{serial}'\";--<b>&\u00e9\u202e${x}{{y}}\\";
        EndpointId old = oldRouter("SWAPHOSTILE", Map.of(WIFI + "1.SSID", name));
        EndpointId now = newRouter("hostile");

        JsonNode begun = ok(REST.post(swap(now, "swap", old), "{}"));

        assertThat(line(begun, "wifi.2.4ghz.name").at("/old/value").stringValue())
                .isEqualTo(name);
        JsonNode target = ended(begun.get("job").asLong());
        assertThat(value(now, "Device.WiFi.SSID.1.SSID")).as(target.toString()).isEqualTo(name);
    }

    @Test
    void what_a_profile_wants_otherwise_is_left_to_it() throws Exception {
        EndpointId old = oldRouter("SWAPHELD", Map.of());
        EndpointId now = newRouter("held");
        assertThat(REST.send("PATCH", device(now), "{\"tags\":[\"swap-held\"]}").status())
                .isEqualTo(200);
        String profile = "{\"name\":\"held-by-swap\",\"query\":\"tag:swap-held\","
                + "\"parameters\":{\"Device.WiFi.SSID.1.SSID\":\"Ours\"}}";
        ok(REST.post("/api/v1/profiles/apply", profile));
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    REST.get(device(now) + "/profile").json().toString())
                            .contains("Ours"));
            JsonNode plan = ok(REST.post(swap(now, "swap-plan", old), "{}"));
            assertThat(line(plan, "wifi.2.4ghz.name").get("why").stringValue())
                    .isEqualTo("profile held-by-swap wants it otherwise on the new router");
        } finally {
            REST.send("DELETE", "/api/v1/profiles/held-by-swap", null);
        }
    }

    @Test
    void whoever_is_limited_reads_and_writes_nothing_beyond() throws Exception {
        EndpointId old = oldRouter("SWAPSCOPE", Map.of());
        EndpointId now = newRouter("scope");
        assertThat(REST.send("PATCH", device(now), "{\"tags\":[\"swap-scope\"]}")
                        .status())
                .isEqualTo(200);
        Rest blind = token("support", "\"scope\":\"tag:swap-scope\"");
        assertThat(blind.post(swap(now, "swap-plan", old), "{}").status()).isEqualTo(404);
        assertThat(blind.post(swap(now, "swap", old), "{}").status()).isEqualTo(404);
        assertThat(token("viewer", "\"scope\":\"\"")
                        .post(swap(now, "swap-plan", old), "{}")
                        .status())
                .isEqualTo(403);

        Rest wifi = token("support", "\"changes\":[\"Device.WiFi.SSID.\"]");
        JsonNode begun = ok(wifi.post(swap(now, "swap", old), "{\"wifiKey\":\"correct horse 9\"}"));
        assertThat(action(begun, "wifi.2.4ghz.name")).isEqualTo("set");
        assertThat(line(begun, "dhcp.first").get("why").stringValue()).contains("not among what you may change");
        assertThat(action(begun, "wifi.2.4ghz.key")).isEqualTo("cannot");
        assertThat(action(begun, "port.1")).isEqualTo("cannot");
        assertThat(begun.get("recorded").booleanValue()).isFalse();
        long job = begun.get("job").asLong();
        assertThat(ended(job).get("state").stringValue()).isEqualTo("done");
        assertThat(value(now, "Device.DHCPv4.Server.Pool.1.MinAddress")).isNotEqualTo("192.168.1.20");
        assertThat(REST.get(device(old)).json().get("tags").toString()).doesNotContain("retired");
        assertThat(blind.post(device(now) + "/swap-undo", "{\"job\":" + job + "}")
                        .status())
                .isEqualTo(200);
        long whole = ok(REST.post(swap(now, "swap", old), "{}")).get("job").asLong();
        assertThat(ended(whole).get("state").stringValue()).isEqualTo("done");
        assertThat(wifi.post(device(now) + "/swap-undo", "{\"job\":" + whole + "}")
                        .status())
                .isEqualTo(403);
    }

    private static Rest token(String role, String limit) {
        JsonNode made = ok(REST.post(
                "/api/v1/tokens", "{\"name\":\"" + role + " of swaps\",\"role\":\"" + role + "\"," + limit + "}"));
        return REST.with("Authorization", "Bearer " + made.get("token").stringValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os::nobody          | {}                      | 404 | os::nobody",
                "''                  | {}                      | 400 | from",
                "SELF                | {}                      | 400 | its own place",
                "OLD                 | {\"wifiKey\":\"short\"} | 400 | 8 to 63",
                "OLD                 | {\"other\":1}           | 400 | other",
                "OLD                 | nonsense                | 400 | JSON",
            })
    void what_cannot_be_is_refused_with_what_is_allowed(String from, String body, int status, String said)
            throws Exception {
        EndpointId old = oldRouter("SWAPWRONG", Map.of());
        EndpointId now = newRouter("wrong");
        String id = from.equals("SELF") ? now.toString() : from.equals("OLD") ? old.toString() : from;

        Answer refused = REST.post(device(now) + "/swap?from=" + Rest.segment(id), body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(status);
        assertThat(refused.response().body()).contains(said).doesNotContain("short");
        assertThat(REST.post(device(now) + "/swap-undo", "{\"job\":999999}").status())
                .isEqualTo(404);
        assertThat(REST.post(device(now) + "/swap-undo", "{}").status()).isEqualTo(400);
    }
}
