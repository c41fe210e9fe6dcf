// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The Broadband Forum's controller API, with a real agent and a device of TR-069.
final class NorthboundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final EndpointId ID = EndpointId.of("proto::northbound%2Fgateway");
    private static final String AGENTS = "/api/v1/bbf/v2/agents";
    private static final String AGENT = AGENTS + "/" + Rest.segment(ID);
    private static final String ELEMENTS = AGENT + "/serviceElements";
    private static final String NETWORKS = ELEMENTS + "/Device.WiFi.SSID.";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HomeGateway gateway;

    @BeforeAll
    static void connect() throws IOException {
        gateway = new HomeGateway(ID, SERVER.ws());
        await().atMost(PATIENCE)
                .until(() -> REST.get("/api/v1/devices/" + Rest.segment(ID) + "/events")
                        .response()
                        .body()
                        .contains("onboarded"));
    }

    @AfterAll
    static void disconnect() {
        gateway.close();
    }

    private static JsonNode is(int status, Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        return answer.response().body().isEmpty() ? tools.jackson.databind.node.NullNode.getInstance() : answer.json();
    }

    private static String detail(int status, Answer answer) {
        return is(status, answer).get("detail").stringValue();
    }

    private static String property(JsonNode element, String name) {
        for (JsonNode property : element.get("propertyList")) {
            if (property.get("elementProperty").stringValue().equals(name)) {
                return property.get("elementValue").stringValue();
            }
        }
        return "";
    }

    private static Rest token(String body) {
        JsonNode made = is(200, REST.post("/api/v1/tokens", body));
        return REST.with("Authorization", "Bearer " + made.get("token").stringValue());
    }

    @Test
    void an_agent_is_described_by_how_it_comes_and_what_it_has() {
        Answer details = REST.get(AGENT);
        JsonNode agent = is(200, details);
        assertThat(agent.get("mtpToUse").stringValue()).isEqualTo("WebSockets");
        assertThat(agent.has("communicationsAddress")).as("it dials us").isFalse();
        List<String> elements = new ArrayList<>();
        agent.get("supportedServiceElements").forEach(name -> elements.add(name.stringValue()));
        assertThat(elements)
                .contains(
                        "Device.WiFi.SSID.", "Device.WiFi.AccessPoint.*.AssociatedDevice.", "Device.Time.", "Device.");
        assertThat(is(200, REST.get(AGENT + "/status"))
                        .get("communicationsStatus")
                        .stringValue())
                .isEqualTo("Available");
        is(204, REST.send("PUT", AGENT, details.response().body()));
        assertThat(is(200, REST.get(AGENT))).as("all stays as it is").isEqualTo(agent);
    }

    @Test
    void a_row_is_read_by_its_key_in_the_body_or_the_query_and_by_its_number() {
        JsonNode byNumber = is(200, REST.get(NETWORKS + "2."));
        String name = property(byNumber, "Name");
        assertThat(name).isNotEmpty();
        assertThat(property(byNumber, "Stats.BytesSent")).isNotEmpty();
        assertThat(byNumber.get("identifier").get("uniqueKeyList").get(0).has("elementProperty"))
                .isTrue();
        String key = "{\"uniqueKeyList\":[{\"elementProperty\":\"Name\",\"elementValue\":\"" + name + "\"}]}";
        JsonNode byBody = is(200, REST.send("GET", NETWORKS, key));
        assertThat(property(byBody, "BSSID")).isEqualTo(property(byNumber, "BSSID"));
        assertThat(byBody.get("identifier").toString()).isEqualTo(key);
        JsonNode byQuery = is(200, REST.get(NETWORKS + "?Name=" + Rest.segment(name)));
        assertThat(property(byQuery, "BSSID")).isEqualTo(property(byNumber, "BSSID"));
        assertThat(property(is(200, REST.get(ELEMENTS + "/Device.WiFi")), "SSID.1.SSID"))
                .as("rows beneath are elements of their own")
                .isEmpty();
        assertThat(property(is(200, REST.get(ELEMENTS + "/Device.DeviceInfo.")), "MemoryStatus.Total"))
                .isNotEmpty();
    }

    @Test
    void a_change_reaches_the_row_that_the_key_means_and_no_other_and_is_written_down() {
        String name = property(is(200, REST.get(NETWORKS + "1.")), "Name");
        String other = property(is(200, REST.get(NETWORKS + "2.")), "SSID");
        is(
                204,
                REST.send(
                        "PATCH",
                        NETWORKS,
                        "{\"identifier\":{\"uniqueKeyList\":[{\"elementProperty\":\"Name\",\"elementValue\":\"" + name
                                + "\"}]},\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"North\"}]}"));
        assertThat(property(is(200, REST.get(NETWORKS + "?SSID=North")), "Name"))
                .isEqualTo(name);
        assertThat(property(is(200, REST.get(NETWORKS + "2.")), "SSID")).isEqualTo(other);
        assertThat(REST.get("/api/v1/audit?action=set&device=" + Rest.segment(ID))
                        .response()
                        .body())
                .contains("Device.WiFi.SSID.1. SSID=North");
    }

    @Test
    void a_row_is_made_where_its_location_says_and_removed() {
        Answer made = REST.post(ELEMENTS, """
                {"name": "Device.NAT.PortMapping",
                 "identifier": {"uniqueKeyList": [{"elementProperty": "ExternalPort", "elementValue": "8081"},
                                                  {"elementProperty": "Protocol", "elementValue": "TCP"}]},
                 "propertyList": [{"elementProperty": "Description", "elementValue": "door"}]}""");
        is(201, made);
        String row = made.header("Location");
        assertThat(row).startsWith(ELEMENTS + "/Device.NAT.PortMapping.");
        assertThat(property(is(200, REST.get(row)), "Description")).isEqualTo("door");
        assertThat(detail(400, REST.post(ELEMENTS, """
                                {"name": "Device.NAT.PortMapping.",
                                 "propertyList": [{"elementProperty": "ExternalPort", "elementValue": "8081"},
                                                  {"elementProperty": "Protocol", "elementValue": "TCP"}]}"""))).contains("refused");
        is(204, REST.send("DELETE", ELEMENTS + "/Device.NAT.PortMapping.?ExternalPort=8081&Protocol=TCP", null));
        assertThat(REST.get(row).status()).isEqualTo(400);
        assertThat(REST.send("DELETE", row, null).status()).isEqualTo(400);
    }

    @Test
    void a_command_that_goes_on_is_asked_for_by_its_id_until_it_has_ended() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Answer begun = REST.post(AGENT + "/commands", """
                    {"name": "Device.DNS.Diagnostics.NSLookupDiagnostics()",
                     "inputArgs": [{"argName": "HostName", "argValue": "www.example.com"},
                                   {"argName": "DNSServer", "argValue": "127.0.0.1:%d"},
                                   {"argName": "Timeout", "argValue": "500"},
                                   {"argName": "NumberOfRepetitions", "argValue": "1"}]}""".formatted(silent.getLocalPort()));
            String id = is(201, begun).get("asyncRequestID").stringValue();
            assertThat(begun.header("Location")).isEqualTo(AGENT + "/commands/" + id);
            Answer going = REST.get(begun.header("Location"));
            assertThat(going.status()).isIn(200, 202);
            assertThat(going.header("Retry-After")).isEqualTo(going.status() == 202 ? "2" : "");
            await().atMost(PATIENCE)
                    .until(() -> REST.get(begun.header("Location")).status() == 200);
            String results = REST.get(begun.header("Location")).response().body();
            assertThat(results)
                    .contains("{\"argName\":\"Status\",\"argValue\":\"Complete\"}")
                    .doesNotContain("commandKey");

            String others = AGENTS + "/" + Rest.segment("proto::northbound-other");
            is(201, REST.post(AGENTS, "{\"endpointID\":\"proto::northbound-other\"}"));
            assertThat(detail(400, REST.get(others + "/commands/" + id))).contains("was asked for no command");
            is(204, REST.send("DELETE", others, null));
        }
        assertThat(detail(400, REST.get(AGENT + "/commands/" + "A".repeat(32)))).contains("was asked for no command");
        assertThat(detail(400, REST.get(AGENT + "/commands/1"))).contains("was asked for no command");
    }

    @Test
    void a_command_that_fails_later_says_why() {
        Answer begun = REST.post(AGENT + "/commands", """
                {"name": "Device.IP.Diagnostics.IPPing()",
                 "inputArgs": [{"argName": "Host", "argValue": "--help"},
                               {"argName": "ProtocolVersion", "argValue": "Any"},
                               {"argName": "NumberOfRepetitions", "argValue": "1"},
                               {"argName": "Timeout", "argValue": "1000"},
                               {"argName": "DataBlockSize", "argValue": "56"}]}""");
        is(201, begun);
        await().atMost(PATIENCE).until(() -> REST.get(begun.header("Location")).status() == 400);
        assertThat(detail(400, REST.get(begun.header("Location")))).contains("no host name");
    }

    @Test
    void a_command_that_is_done_at_once_answers_with_what_it_gave() {
        Answer done = REST.post(AGENT + "/commands", "{\"name\":\"Device.Ethernet.Interface.1.Stats.Reset()\"}");
        assertThat(is(202, done).toString()).isEqualTo("{\"outputArgs\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "GET    | /serviceElements/Device.WiFi.SSID.             |  | must say which row",
                "GET    | /serviceElements/Device.WiFi.SSID.*.           |  | must be the path of an object",
                "GET    | /serviceElements/Device.WiFi.SSID.%5BSSID==%22a%22%5D. |  | must be the path of an object",
                "GET    | /serviceElements/Device.WiFi.SSID.1.LowerLayers+. |  | must be the path of an object",
                "GET    | /serviceElements/SSID                          |  | must be the path of an object",
                "GET    | /serviceElements/Device.WiFi.SSID.99.          |  | refused",
                "GET    | /serviceElements/Device.Nothing.               |  | refused",
                "GET    | /serviceElements/Device.WiFi.SSID.?SSID=none   |  | has no Device.WiFi.SSID. with these keys",
                "GET    | /serviceElements/Device.WiFi.SSID.?Enable=true |  | and 2 have these values",
                "GET    | /serviceElements/Device.WiFi.SSID.?Nothing=x   |  | refused",
                "GET    | /serviceElements/Device.WiFi.SSID.1.?SSID=x    |  | must be left out",
                "GET    | /serviceElements/Device.WiFi.SSID.?SSID=a&SSID=b |  | comes 2 times",
                "GET    | /serviceElements/Device.WiFi.SSID.?1x=a        |  | must be the name of a parameter",
                "GET    | /serviceElements/Device.WiFi.SSID.             | {\"uniqueKeyList\":[{}]} | must be the name of a parameter",
                "GET    | /serviceElements/Device.WiFi.SSID.             | {\"uniqueKeyList\":[null]} | must not be null",
                "GET    | /serviceElements/Device.WiFi.SSID.             | {\"keys\":[]} | is not a field here",
                "GET    | /serviceElements/Device.WiFi.SSID.             | {\"uniqueKeyList\":{}} | must be a list",
                "GET    | /serviceElements/Device.WiFi.SSID.             | { | is no JSON",
                "PATCH  | /serviceElements/Device.WiFi.SSID.1.           | {} | must be a list with at least one element",
                "PATCH  | /serviceElements/Device.WiFi.SSID.1.           | {\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":7}]} | must be a text",
                "PATCH  | /serviceElements/Device.WiFi.SSID.1.           | {\"propertyList\":[{\"elementProperty\":\"SSID\"}]} | must be a text",
                "PATCH  | /serviceElements/Device.WiFi.SSID.1.           | {\"propertyList\":[{\"elementProperty\":\"Nothing\",\"elementValue\":\"x\"}]} | refused",
                "PATCH  | /serviceElements/Device.WiFi.SSID.             | {\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"x\"}]} | must say which row",
                "PATCH  | /serviceElements/Device.WiFi.SSID.1.           | {\"propertyList\":[{\"elementProperty\":\"A\",\"elementValue\":\"x\"},{\"elementProperty\":\"A\",\"elementValue\":\"y\"}]} | comes twice",
                "POST   | /serviceElements                               | {} | must be the path of an object",
                "POST   | /serviceElements                               | {\"name\":\"Device.WiFi.SSID.1.\"} | must be the path of one table",
                "POST   | /serviceElements                               | {\"name\":\"Device.Time.\"} | refused",
                "DELETE | /serviceElements/Device.Time.                  |  | must be a row of a table",
                "DELETE | /serviceElements/Device.WiFi.SSID.             |  | must say which row",
                "POST   | /commands                                      | {} | must be the path of a command",
                "POST   | /commands                                      | {\"name\":\"Device.WiFi.SSID.*.Reset()\"} | must be the path of a command",
                "POST   | /commands                                      | {\"name\":\"Device.NoSuch()\"} | refused",
                "POST   | /commands                                      | {\"name\":\"Device.Reboot()\",\"inputArgs\":[{\"argName\":\"a\"}]} | must be a text",
                "PUT    |                                                | {\"mtpToUse\":\"MQTT\"} | is chosen by the Agent",
                "PUT    |                                                | {\"mtpToUse\":\"UDS\"} | must be one of CoAP, STOMP, WebSockets, MQTT",
                "PUT    |                                                | {\"mtpToUse\":\"MQTT\",\"communicationsAddress\":\"usp/a\"} | is said by the Agent",
                "PUT    |                                                | {\"communicationsAddress\":\"ws://pharos.example/usp\"} | cannot be dialled",
                "PUT    |                                                | {\"supportedServiceElements\":[\"Device.\"]} | is learnt from the Agent"
            })
    void what_cannot_be_said_is_400_with_the_reason(String method, String path, String body, String reason) {
        assertThat(detail(400, REST.send(method, AGENT + (path == null ? "" : path), body)))
                .contains(reason);
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_read() {
        String large =
                "{\"uniqueKeyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"" + "x".repeat(70_000) + "\"}]}";
        assertThat(detail(413, REST.send("GET", NETWORKS, large))).contains("65536 bytes");
        assertThat(detail(413, REST.send("PATCH", NETWORKS, "x".repeat(2 << 20))))
                .contains("1048576 bytes");
    }

    @Test
    void an_agent_that_nobody_knows_is_404_whatever_is_asked() {
        for (String nobody : List.of("proto::northbound-nobody", "no id at all")) {
            String agent = AGENTS + "/" + Rest.segment(nobody);
            String settings = "{\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"x\"}]}";
            is(404, REST.get(agent));
            is(404, REST.send("PUT", agent, "{}"));
            is(404, REST.send("DELETE", agent, null));
            is(404, REST.get(agent + "/status"));
            is(404, REST.get(agent + "/associatedAgents"));
            is(404, REST.get(agent + "/serviceElements/Device.WiFi.SSID.1."));
            is(404, REST.send("PATCH", agent + "/serviceElements/Device.WiFi.SSID.1.", settings));
            is(404, REST.send("DELETE", agent + "/serviceElements/Device.WiFi.SSID.1.", null));
            is(404, REST.post(agent + "/serviceElements", "{\"name\":\"Device.WiFi.SSID.\"}"));
            is(404, REST.post(agent + "/commands", "{\"name\":\"Device.Reboot()\"}"));
        }
        assertThat(is(404, REST.get(AGENTS + "/proto::northbound-nobody/commands/1"))
                        .get("title")
                        .stringValue())
                .isEqualTo("Unknown device");
    }

    @Test
    void an_agent_is_expected_dialled_and_forgotten() {
        String agent = AGENTS + "/" + Rest.segment("proto::northbound-new");
        Answer made = REST.post(AGENTS, "{\"endpointID\":\"proto::northbound-new\",\"supportedServiceElements\":[]}");
        is(201, made);
        assertThat(made.header("Location")).isEqualTo(agent);
        assertThat(is(200, REST.get("/api/v1/devices/" + Rest.segment("proto::northbound-new")))
                        .get("approved")
                        .booleanValue())
                .isTrue();
        assertThat(detail(400, REST.post(AGENTS, "{\"endpointID\":\"proto::northbound-new\"}")))
                .contains("is known already");
        assertThat(is(200, REST.get(agent + "/status"))
                        .get("communicationsStatus")
                        .stringValue())
                .isEqualTo("Unknown");
        assertThat(is(200, REST.get(agent)).toString()).isEqualTo("{}");
        String url = "ws://127.0.0.1:9/usp";
        is(204, REST.send("PUT", agent, "{\"mtpToUse\":\"WebSockets\",\"communicationsAddress\":\"" + url + "\"}"));
        assertThat(is(200, REST.get(agent)).toString())
                .isEqualTo("{\"mtpToUse\":\"WebSockets\",\"communicationsAddress\":\"" + url + "\"}");
        is(204, REST.send("PUT", agent, "{\"communicationsAddress\":\"\"}"));
        assertThat(is(200, REST.get(agent)).has("communicationsAddress")).isFalse();
        is(204, REST.send("DELETE", agent, null));
        is(404, REST.get(agent));
        for (String wrong : List.of("{}", "{\"endpointID\":\"nothing\"}", "{\"endpointID\":5}", "[]", "")) {
            is(400, REST.post(AGENTS, wrong));
        }
    }

    @Test
    void whoever_may_change_only_some_paths_changes_no_other_here_either() {
        Rest limited = token("{\"name\":\"northbound time\",\"role\":\"engineer\",\"changes\":[\"Device.Time.\"]}");
        String ssid = "{\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"x\"}]}";
        assertThat(detail(403, limited.send("PATCH", NETWORKS + "1.", ssid)))
                .contains("Device.WiFi.SSID.1.SSID is not among what you may change");
        is(403, limited.post(ELEMENTS, "{\"name\":\"Device.NAT.PortMapping.\"}"));
        is(403, limited.send("DELETE", NETWORKS + "1.", null));
        is(403, limited.post(AGENT + "/commands", "{\"name\":\"Device.Reboot()\"}"));
        Rest support = token("{\"name\":\"northbound support\",\"role\":\"support\"}");
        is(403, support.post(ELEMENTS, "{\"name\":\"Device.LocalAgent.Subscription.\"}"));
        is(403, support.post(AGENT + "/commands", "{\"name\":\"Device.FactoryReset()\"}"));
        is(200, support.get(NETWORKS + "1."));
        is(401, REST.without("Authorization").get(AGENT));
    }

    @Test
    void a_key_of_idempotency_counts_as_in_the_rest_interface() {
        Rest once = REST.with("Idempotency-Key", "northbound-1");
        String body = "{\"name\":\"Device.NAT.PortMapping.\",\"propertyList\":"
                + "[{\"elementProperty\":\"ExternalPort\",\"elementValue\":\"8083\"}]}";
        is(201, once.post(ELEMENTS, body));
        Answer again = once.post(ELEMENTS, body);
        is(201, again);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        is(204, REST.send("DELETE", ELEMENTS + "/Device.NAT.PortMapping.?ExternalPort=8083", null));
    }

    private static VisitingDevice visiting(String serial, Map<String, String> told) throws Exception {
        VisitingDevice device = new VisitingDevice(SERVER.acs(), serial, told);
        device.methods.add("SetParameterValues");
        device.answers(request -> request instanceof SetParameterValues
                ? new SetParameterValuesResponse(Status.DONE)
                : VisitingDevice.refusal(9000, "no"));
        device.visits();
        return device;
    }

    @Test
    void a_device_of_tr_069_is_read_from_what_it_said_and_changed_by_the_names_of_tr_181_in_its_session()
            throws Exception {
        VisitingDevice device = visiting(
                "NB1",
                Map.of(
                        "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
                        "1.0",
                        "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID",
                        "Old",
                        "InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.SSID",
                        "Guests"));
        String agent = AGENTS + "/" + Rest.segment("os::00256D-NB1");
        assertThat(is(200, REST.get(agent + "/status"))
                        .get("communicationsStatus")
                        .stringValue())
                .isEqualTo("Available");
        assertThat(is(200, REST.get(agent)).has("mtpToUse"))
                .as("there is no word for it")
                .isFalse();
        String network = agent + "/serviceElements/Device.WiFi.SSID.";
        assertThat(property(is(200, REST.get(network + "?SSID=Guests")), "SSID"))
                .isEqualTo("Guests");
        assertThat(property(is(200, REST.get(network + "1.")), "SSID")).isEqualTo("Old");
        assertThat(detail(400, REST.get(network))).contains("must say which row");
        assertThat(detail(400, REST.get(network + "?SSID=None"))).contains("with these keys");

        String change = "{\"identifier\":{\"uniqueKeyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"Old\"}]},"
                + "\"propertyList\":[{\"elementProperty\":\"SSID\",\"elementValue\":\"New\"}]}";
        assertThat(detail(400, REST.send("PATCH", network, change)))
                .contains("is not in a session now: nothing was done");
        device.asked.clear();
        device.visits();
        assertThat(device.asked).as("nothing is done later").noneMatch(SetParameterValues.class::isInstance);

        CompletableFuture<Answer> changed = CompletableFuture.supplyAsync(() -> {
            Answer[] last = new Answer[1];
            // it counts where the device is in a session, which is over quickly
            await().atMost(PATIENCE).until(() -> {
                last[0] = REST.send("PATCH", network, change);
                return last[0].status() == 204;
            });
            return last[0];
        });
        while (!changed.isDone()) {
            device.visits();
        }
        is(204, changed.get());
        assertThat(device.asked)
                .filteredOn(SetParameterValues.class::isInstance)
                .first()
                .asString()
                .contains("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID");

        assertThat(detail(400, REST.post(agent + "/commands", "{\"name\":\"Device.WiFi.Reset()\"}")))
                .contains("is managed over TR-069");
    }

    @Test
    void agents_of_one_home_are_found_by_the_gateway_that_they_name() throws Exception {
        JsonNode record = is(200, REST.get("/api/v1/devices/" + Rest.segment(ID)));
        Map<String, String> behind = Map.of(
                "Device.DeviceInfo.SoftwareVersion",
                "1.0",
                "Device.GatewayInfo.ManufacturerOUI",
                record.get("oui").stringValue(),
                "Device.GatewayInfo.SerialNumber",
                record.get("serialNumber").stringValue());
        for (String serial : List.of("NB2", "NB3")) {
            VisitingDevice _ = visiting(serial, behind);
        }
        String beside = "{\"outputArgs\":[\"os::00256D-NB3\",\"" + ID + "\"]}";
        assertThat(is(200, REST.get(AGENT + "/associatedAgents")).toString())
                .isEqualTo("{\"outputArgs\":[\"os::00256D-NB2\",\"os::00256D-NB3\"]}");
        assertThat(is(200, REST.get(AGENTS + "/" + Rest.segment("os::00256D-NB2") + "/associatedAgents"))
                        .toString())
                .isEqualTo(beside);
        Rest scoped = token("{\"name\":\"northbound scope\",\"role\":\"engineer\",\"scope\":\"serial = \\\"NB2\\\"\"}");
        assertThat(is(200, scoped.get(AGENTS + "/" + Rest.segment("os::00256D-NB2") + "/associatedAgents"))
                        .toString())
                .as("whom one may not see is nobody's neighbour")
                .isEqualTo("{\"outputArgs\":[]}");
        is(404, scoped.get(AGENT));
        is(403, scoped.post(AGENTS, "{\"endpointID\":\"proto::northbound-scoped\"}"));
    }
}
