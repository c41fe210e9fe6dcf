// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.requirements.Requirement;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sessions of TR-069, over HTTP, as they are seen in the wire view.
final class CwmpWireTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
    private static final String SECRET = "lighthouse-8472";

    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();

    private static VisitingDevice device(String serial) throws Exception {
        VisitingDevice device = new VisitingDevice(
                SERVER.acs(), serial, Map.of("Device.DeviceInfo.SoftwareVersion", "1.0", KEY, SECRET));
        device.visits();
        return device;
    }

    private static String path(String serial) {
        return "/api/v1/devices/" + Rest.segment("os::00256D-" + serial);
    }

    /// What passed lately.
    private static List<JsonNode> seen(String path) {
        try (Stream<String> lines = REST.lines(path)) {
            return lines.takeWhile(line -> !line.equals("event: live"))
                    .filter(line -> line.startsWith("data:") && line.contains("\"seq\""))
                    .map(line -> JSON.readTree(line.substring("data:".length())))
                    .toList();
        }
    }

    private static String text(JsonNode entry, String field) {
        return entry.get(field).asString("");
    }

    private static String way(JsonNode entry) {
        return (text(entry, "direction").equals("in") ? "< " : "> ") + text(entry, "message");
    }

    private static JsonNode last(List<JsonNode> seen, String way) {
        return seen.stream().filter(each -> way(each).equals(way)).toList().getLast();
    }

    @Test
    void each_message_of_a_session_is_seen_in_its_order_with_what_it_says() throws Exception {
        VisitingDevice _ = device("SEEN");

        List<JsonNode> seen = seen(path("SEEN") + "/wire");

        assertThat(seen).allSatisfy(each -> {
            assertThat(text(each, "kind")).isEqualTo("envelope");
            assertThat(text(each, "device")).isEqualTo("os::00256D-SEEN");
            assertThat(text(each, "transport")).isEqualTo("cwmp");
            assertThat(text(each, "address")).startsWith("127.0.0.1:");
            assertThat(each.get("refused").isNull()).isTrue();
        });
        assertThat(seen.stream().map(each -> text(each, "session")).distinct())
                .singleElement()
                .asString()
                .matches("[1-9][0-9]*");
        assertThat(seen.stream().map(CwmpWireTest::way))
                .startsWith("< Inform", "> InformResponse", "< Empty")
                .endsWith("> Empty");
        JsonNode inform = seen.getFirst();
        assertThat(text(inform, "summary")).isEqualTo("Inform 2 PERIODIC");
        assertThat(inform.get("bytes").intValue()).isGreaterThan(500);
        JsonNode content = JSON.readTree(text(inform, "text"));
        assertThat(content.get("namespace").stringValue()).startsWith("urn:dslforum-org:cwmp-1-");
        assertThat(content.get("message").get("deviceId").get("serialNumber").stringValue())
                .isEqualTo("SEEN");
        assertThat(content.get("message").get("events").get(0).get("eventCode").stringValue())
                .isEqualTo("2 PERIODIC");
        JsonNode fault = last(seen, "< Fault");
        assertThat(text(fault, "summary")).matches("Fault 9000 [A-Za-z]+ is not supported");
        assertThat(text(fault, "msgId")).startsWith("acs-");
    }

    @Test
    @Requirement("R-SEC.1")
    void a_passphrase_is_seen_neither_where_it_is_told_nor_where_it_is_written_nor_where_the_device_repeats_it()
            throws Exception {
        VisitingDevice device = device("HUSH");
        device.methods.add("SetParameterValues");
        device.answers(request -> request instanceof SetParameterValues
                ? CwmpFault.of(
                        StandardFaultCode.INVALID_ARGUMENTS,
                        "it is " + SECRET + "-2 already",
                        List.of(new ParameterFault(
                                KEY, new FaultStruct(StandardFaultCode.INVALID_PARAMETER_VALUE, SECRET + "-2"))))
                : VisitingDevice.refusal(9000, "no"));
        Rest.Answer set = REST.post(
                path("HUSH") + "/usp/set",
                "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.AccessPoint.1.Security.\",\"paramSettings\":"
                        + "[{\"param\":\"KeyPassphrase\",\"value\":\"" + SECRET + "-2\",\"required\":true}]}]}");
        assertThat(set.status()).as(set.response().body()).isEqualTo(202);
        device.visits();

        List<JsonNode> seen = seen(path("HUSH") + "/wire");

        assertThat(seen.toString()).doesNotContain(SECRET);
        for (String way : List.of("< Inform", "> SetParameterValues")) {
            assertThat(seen)
                    .as(way)
                    .anyMatch(each -> way(each).equals(way)
                            && text(each, "text").contains(KEY + "\",\"type\":\"STRING\",\"value\":\"******\"")
                            && text(each, "note").equals("Secrets are masked."));
        }
        JsonNode fault = seen.stream()
                .filter(each -> text(each, "summary").startsWith("Fault 9003"))
                .findFirst()
                .orElseThrow();
        assertThat(text(fault, "summary")).isEqualTo("Fault 9003 ******: " + KEY + " 9007 ******");
    }

    @Test
    void what_cannot_be_read_is_seen_as_refused_with_the_sentence_and_the_place() throws Exception {
        String broken =
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>\n<s:Body>hush-hush</s:Broken>";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(SERVER.acs())
                            .POST(HttpRequest.BodyPublishers.ofString(broken))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
        }

        JsonNode entry = seen("/api/v1/wire").stream()
                .filter(each -> text(each, "kind").equals("envelope")
                        && text(each, "refused").contains("s:Broken"))
                .toList()
                .getLast();
        assertThat(text(entry, "refused")).matches("line 2, column [0-9]+: not well-formed XML: .*");
        assertThat(text(entry, "summary")).isEqualTo("not an envelope");
        assertThat(text(entry, "hex")).isEqualTo("3c733a456e76656c");
        assertThat(text(entry, "note")).contains("the first 8 of " + broken.length());
        assertThat(text(entry, "session")).isEmpty();
        assertThat(entry.toString()).doesNotContain("hush-hush");
        assertThat(REST.get("/api/v1/refused").response().body()).contains("s:Broken");
    }

    @Test
    void a_device_that_is_not_let_in_is_seen_with_what_it_said_and_why() throws Exception {
        VisitingDevice device = device("OUT");
        REST.send("PATCH", path("OUT"), "{\"approved\":false}");
        device.visits();

        List<JsonNode> seen = seen(path("OUT") + "/wire");

        JsonNode inform = last(seen, "< Inform");
        assertThat(text(inform, "refused")).startsWith("fault 8001, ").contains("approv");
        assertThat(text(inform, "session")).isEmpty();
        assertThat(text(inform, "text")).contains("\"serialNumber\":\"OUT\"").doesNotContain(SECRET);
        assertThat(text(last(seen, "> Fault"), "summary")).startsWith("Fault 8001 ");
    }
}
