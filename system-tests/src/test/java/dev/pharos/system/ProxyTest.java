// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent on a socket, a server at the other end of its own broker, and the proxy between, each a program.
final class ProxyTest {
    private static final String ID = "proto::behind-a-proxy";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void a_server_manages_an_agent_that_shares_no_transport_with_it() throws Exception {
        Path socket = folder.resolve("agents.sock");
        Path status = folder.resolve("proxy.json");
        try (RunningServer server = RunningServer.here(
                        folder.resolve("server"), "--http 0 --ws off --mqtt 0 --stomp off --cwmp off".split(" "));
                JavaProgram proxy = JavaProgram.start(
                        "dev.pharos.cli.Pharos",
                        Map.of(),
                        List.of(
                                "proxy",
                                "--listen",
                                "unix:" + socket,
                                "--controller",
                                server.address("mqtt"),
                                "--status",
                                status.toString()))) {
            String _ = proxy.awaitLine(line -> line.startsWith("agents at unix:"), PATIENCE);
            try (JavaProgram _ = server.agent(ID, "unix:" + socket, folder.resolve("agent"), "--device", "simulated")) {
                server.rest().awaitStatus(ID, "online");
                RunningServer.Answer set = server.pharos("set", ID, "Device.WiFi.SSID.1.SSID=Through");
                assertThat(set.err()).isEmpty();
                assertThat(server.pharos("get", ID, "Device.WiFi.SSID.1.SSID", "--value")
                                .out())
                        .containsExactly("Through");
                await().atMost(PATIENCE)
                        .until(() -> said(status).contains(ID) && said(status).contains("\"controllerReached\":true"));
                assertThat(server.pharos("devices").out())
                        .anyMatch(line -> line.startsWith(ID + " ") && line.contains("mqtt"));
            }
            await().atMost(PATIENCE).until(() -> said(status).contains("\"agents\":[]"));
            assertThat(proxy.out()).anyMatch(line -> line.startsWith(ID + ": has gone"));
        }
    }

    private static String said(Path status) throws IOException {
        return Files.exists(status) ? Files.readString(status) : "";
    }
}
