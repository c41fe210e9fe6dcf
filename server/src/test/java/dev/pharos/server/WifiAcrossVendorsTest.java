// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.server.kind.KindShelf;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The walk of docs/wifi-across-vendors.md, with the files that stand there: a real agent and a device of TR-098 become
/// what it says, and are again what they were.
final class WifiAcrossVendorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final Rest YAML = REST.with("Content-Type", "application/yaml");
    private static final String SSID = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    private static final String AGENT = "os::0200F0-DEMOWS";
    private static final String CPE = "ops::202BC1-BM632w-000000";
    private static final Pattern EXAMPLE = Pattern.compile(" {8}(\\S+) {2}(\\S+) {2}(.+) → (.+)");

    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "wifi-across-vendors.md"));
    }

    /// What is indented from this line on.
    private static String block(String first) throws IOException {
        StringBuilder block = new StringBuilder();
        for (String line : page()) {
            boolean inside = !block.isEmpty() && line.startsWith("    ");
            if (inside || (block.isEmpty() && line.equals("    " + first))) {
                block.append(line.substring(4)).append('\n');
            } else if (!block.isEmpty()) {
                break;
            }
        }
        assertThat(block).as(first).isNotEmpty();
        return block.toString();
    }

    /// The changes of a plan as the page has them, of devices that are here.
    private static List<String> promised() throws IOException {
        List<String> promised = new ArrayList<>();
        for (String line : page()) {
            Matcher example = EXAMPLE.matcher(line);
            if (example.matches() && List.of(AGENT, CPE).contains(example.group(1))) {
                promised.add(line.strip());
            }
        }
        return promised;
    }

    private static JsonNode ok(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static void done(long job, VisitingDevice device) throws Exception {
        String path = "/api/v1/jobs/" + job;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!REST.get(path).json().has("ended") && System.nanoTime() < end) {
            device.visits();
        }
        assertThat(REST.get(path + "/targets").response().body()).doesNotContain("\"failed\"");
        assertThat(REST.get(path).json().at("/progress/done").intValue()).isEqualTo(2);
    }

    private static String name(String device) {
        return ok(REST.post(
                        "/api/v1/devices/" + Rest.segment(device) + "/usp/get",
                        "{\"paths\":[\"Device.WiFi.SSID.1.SSID\"]}"))
                .at("/requestedPathResults/0/resolvedPathResults/0/resultParams/SSID")
                .stringValue();
    }

    private static VisitingDevice old() throws Exception {
        Map<String, String> told = new TreeMap<>(Map.of(
                "InternetGatewayDevice.DeviceInfo.ModelName",
                "BM632w",
                "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
                "V100R001IRQC56B017",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.AutoChannelEnable",
                "true",
                SSID,
                "404 WiMAX Not Found"));
        VisitingDevice device =
                new VisitingDevice(SERVER.acs(), new DeviceId("Huawei", "202BC1", "BM632w", "000000"), told);
        device.methods.add("SetParameterValues");
        device.answers(request -> {
            if (request instanceof SetParameterValues set) {
                set.parameterList().forEach(each -> told.put(each.name(), each.value()));
                return new SetParameterValuesResponse(Status.DONE);
            }
            return VisitingDevice.refusal(9000, "no");
        });
        device.visits();
        return device;
    }

    @Test
    void one_file_changes_the_wi_fi_of_a_gateway_of_usp_and_of_one_of_tr_098_and_takes_it_back() throws Exception {
        String wifi = block("name: wifi-home");
        VisitingDevice device = old();
        try (HomeGateway _ = new HomeGateway(EndpointId.of(AGENT), SERVER.ws())) {
            await().atMost(PATIENCE)
                    .until(() -> REST.get("/api/v1/devices/" + Rest.segment(AGENT) + "/events")
                            .response()
                            .body()
                            .contains("onboarded"));
            List<String> planned = new ArrayList<>();
            for (JsonNode group : ok(YAML.post("/api/v1/profiles/plan", wifi)).get("groups")) {
                for (JsonNode example : group.get("examples")) {
                    planned.add(example.get("device").stringValue() + "  "
                            + example.get("path").stringValue() + "  "
                            + example.get("before").stringValue() + " → "
                            + example.get("after").stringValue());
                }
            }
            assertThat(planned).containsExactlyInAnyOrderElementsOf(promised());

            long job = ok(YAML.post("/api/v1/profiles/apply", wifi))
                    .at("/items/0/job")
                    .longValue();
            done(job, device);
            assertThat(name(AGENT)).isEqualTo("Home-MOWS");
            assertThat(name(CPE)).isEqualTo("Home-0000");
            assertThat(device.asked)
                    .filteredOn(SetParameterValues.class::isInstance)
                    .flatExtracting(set -> ((SetParameterValues) set).parameterList())
                    .extracting(Object::toString)
                    .contains(SSID)
                    .noneMatch(path -> path.contains("AutoChannelEnable"));
            assertThat(ok(YAML.post("/api/v1/profiles/plan", wifi))
                            .get("nothing")
                            .booleanValue())
                    .isTrue();

            long back = ok(REST.post("/api/v1/profiles/undo", "{\"profile\":\"wifi-home\"}"))
                    .at("/items/0/job")
                    .longValue();
            done(back, device);
            assertThat(promised()).contains(AGENT + "  Device.WiFi.SSID.1.SSID  " + name(AGENT) + " → Home-MOWS");
            assertThat(name(CPE)).isEqualTo("404 WiMAX Not Found");
        }
    }

    @Test
    void the_kind_of_a_maker_with_names_of_its_own_is_one(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("acme.yaml"), block("kinds:"));
        List<Object> read = new ArrayList<>();
        KindShelf _ = KindShelf.open(folder, read::add);
        assertThat(read).singleElement().asString().contains("X_ACME_Wireless");
    }
}
