// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Reports of a device that is managed over TR-069: it comes when it is called, and has tables as TR-181 has them.
final class BulkOverTr069Test {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final String SERIAL = "BULK";
    private static final String PLACE = "/api/v1/devices/" + Rest.segment("os::00256D-" + SERIAL) + "/bulk";

    private final Map<String, String> values = new ConcurrentSkipListMap<>();
    private final ExecutorService sessions = Executors.newSingleThreadExecutor();
    private final VisitingDevice device = new VisitingDevice(SERVER.acs(), SERIAL, values);
    private long rows;
    private String refused = "nothing";
    private final HttpServer door;

    BulkOverTr069Test() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void it_can_be_called() throws Exception {
        door.createContext("/", call -> {
            call.sendResponseHeaders(200, -1);
            call.close();
            sessions.execute(this::visit);
        });
        door.start();
        values.put(
                "Device.ManagementServer.ConnectionRequestURL",
                "http://127.0.0.1:" + door.getAddress().getPort() + "/");
        values.put("Device.ManagementServer.ConnectionRequestUsername", "");
        values.put("Device.ManagementServer.ConnectionRequestPassword", "");
        values.put("Device.BulkData.Enable", "false");
        device.methods.addAll(List.of("SetParameterValues", "AddObject", "DeleteObject"));
        device.answers(request -> switch (request) {
            case SetParameterValues set -> written(set);
            case AddObject add -> {
                rows++;
                values.put(add.objectName() + rows + ".Enable", "false");
                yield new AddObjectResponse(rows, Status.DONE);
            }
            case DeleteObject delete -> {
                values.keySet().removeIf(path -> path.startsWith(delete.objectName()));
                yield new DeleteObjectResponse(Status.DONE);
            }
            default -> VisitingDevice.refusal(9000, "no");
        });
        sessions.submit(this::visit).get();
    }

    private Answer written(SetParameterValues set) {
        if (set.parameterList().stream().anyMatch(each -> each.name().contains(refused))) {
            return VisitingDevice.refusal(9001, "not here");
        }
        set.parameterList().forEach(each -> values.put(each.name(), each.value()));
        return new SetParameterValuesResponse(Status.DONE);
    }

    private void visit() {
        try {
            device.visits();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void it_leaves() {
        door.stop(0);
        sessions.shutdownNow();
    }

    private static String body(String way) {
        return "{\"parameters\":[\"Device.DeviceInfo.UpTime\",\"Device.IP.\"],\"interval\":3600,\"retained\":2,"
                + "\"name\":\"up\"" + way + "}";
    }

    private static final String HTTP = ",\"way\":\"http\",\"url\":\"http://127.0.0.1:9/bulk\"";

    @Test
    void a_report_is_added_changed_and_removed_in_sessions_to_which_the_device_is_called() {
        Rest.Answer event = REST.post(PLACE + "/profiles", body(""));
        assertThat(event.status()).isEqualTo(409);
        assertThat(event.response().body()).contains("over HTTP alone");

        Rest.Answer added = REST.post(PLACE + "/profiles", body(HTTP));
        assertThat(added.status()).as(added.response().body()).isEqualTo(201);
        String row = "Device.BulkData.Profile." + added.json().get("number").longValue() + ".";
        assertThat(values)
                .containsEntry("Device.BulkData.Enable", "true")
                .containsEntry(row + "Protocol", "HTTP")
                .containsEntry(row + "ReportingInterval", "3600")
                .containsEntry(row + "HTTP.URL", "http://127.0.0.1:9/bulk")
                .containsEntry(row + "Enable", "true");
        assertThat(values.get(row + "HTTP.Password")).isNotEmpty();
        assertThat(values.values()).contains("Device.DeviceInfo.UpTime", "Device.IP.");
        assertThat(added.response().body()).doesNotContain(values.get(row + "HTTP.Password"));

        String profile = PLACE + "/profiles/" + added.json().get("number").longValue();
        Rest.Answer changed = REST.send(
                "PUT", profile, "{\"enabled\":false,\"interval\":600,\"parameters\":[\"Device.DeviceInfo.UpTime\"]}");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(values).containsEntry(row + "ReportingInterval", "600").containsEntry(row + "Enable", "false");
        assertThat(values.values()).doesNotContain("Device.IP.");
        assertThat(REST.post(profile + "/report", "{}").status()).isEqualTo(409);
        assertThat(REST.send("DELETE", profile, null).status()).isEqualTo(204);
        assertThat(values.keySet()).noneMatch(path -> path.startsWith(row));
        JsonNode left = REST.get(PLACE).json().get("profiles");
        assertThat(left).isEmpty();
    }

    @Test
    void what_the_device_refuses_a_part_of_leaves_no_row_behind() {
        refused = "HTTP.URL";
        Rest.Answer answer = REST.post(PLACE + "/profiles", body(HTTP));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(values.keySet()).noneMatch(path -> path.startsWith("Device.BulkData.Profile."));
    }
}
