// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device of TR-069 that goes on while its server starts anew.
class CwmpRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-STAYS";

    @TempDir
    Path folder;

    private RunningServer server(int port) throws IOException {
        return RunningServer.here(
                folder.resolve("server"),
                ("--http 0 --ws off --mqtt off --stomp off --cwmp " + port).split(" "));
    }

    private JavaProgram device(RunningServer server) throws IOException {
        return JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                List.of(
                        "agent",
                        "--acs",
                        server.address("cwmp"),
                        "--endpoint-id",
                        ID,
                        "--device",
                        "simulated",
                        "--data",
                        folder.resolve("device").toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String state(RestApi rest) throws IOException, InterruptedException {
        return rest.get(RestApi.device(ID)).get("status").stringValue();
    }

    /// By itself it comes once a day.
    @Test
    void it_is_there_at_once_and_called_for_a_job() throws Exception {
        int port = freePort();
        RunningServer first = server(port);
        try (JavaProgram device = device(first)) {
            first.rest().awaitStatus(ID, "online");
            await("our login for calls")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> first.rest()
                            .value(ID, "Device.ManagementServer.ConnectionRequestUsername")
                            .startsWith("pharos-"));
            first.close();
            try (RunningServer second = server(port)) {
                RestApi rest = second.rest();
                assertThat(state(rest)).isEqualTo("online");
                String job = "/jobs/" + rest.post("/jobs", """
                        {"query": "STAYS", "steps": [{"set": {"allowPartial": false, "updateObjects": [
                            {"objPath": "Device.WiFi.SSID.1.", "paramSettings": [
                                {"param": "SSID", "value": "Called", "required": true}]}]}}]}""")
                                .get("id")
                                .asString();
                await(job)
                        .atMost(PATIENCE)
                        .until(() -> rest.get(job).get("state").stringValue().equals("done"));
                assertThat(rest.get(job).get("progress").get("done").intValue()).isEqualTo(1);
                assertThat(rest.value(ID, "Device.WiFi.SSID.1.SSID")).isEqualTo("Called");
            }
            assertThat(device.isAlive()).isTrue();
        } finally {
            first.close();
        }
    }
}
