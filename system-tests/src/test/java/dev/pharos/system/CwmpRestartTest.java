// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device of TR-069 with a certificate, that goes on while its server starts anew.
class CwmpRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-STAYS";

    @TempDir
    Path folder;

    private RunningServer server(int port, TestAuthority.Files own, Path trusted) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("--http 0 --ws off --mqtt off --stomp off --cwmp off".split(" ")));
        options.addAll(List.of("--cwmps", Integer.toString(port), "--ca", trusted.toString()));
        options.addAll(List.of(certificate(own)));
        return RunningServer.here(folder.resolve("server"), options.toArray(String[]::new));
    }

    private static String[] certificate(TestAuthority.Files own) {
        return new String[] {
            "--cert", own.chain().toString(), "--key", own.key().toString()
        };
    }

    private JavaProgram device(RunningServer server, TestAuthority.Files own, Path trusted) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("agent", "--acs", server.address("cwmps"), "--endpoint-id", ID));
        arguments.addAll(List.of(
                "--device", "simulated", "--data", folder.resolve("device").toString()));
        arguments.addAll(List.of("--acs-listen", "127.0.0.1:0", "--ca", trusted.toString()));
        arguments.addAll(List.of(certificate(own)));
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments);
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
    void it_is_there_at_once_and_called_for_a_job_and_proves_who_it_is_each_time() throws Exception {
        int port = freePort();
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        TestAuthority.Files own = authority.issue(SubjectName.host("127.0.0.1"));
        RunningServer first = server(port, own, trusted);
        try (JavaProgram device = device(first, authority.issue(SubjectName.of(EndpointId.of(ID))), trusted)) {
            first.rest().awaitStatus(ID, "online");
            assertThat(first.rest().get(RestApi.device(ID)).get("verified").booleanValue())
                    .isTrue();
            String proof = RestApi.device(ID) + "/cwmp-proof";
            assertThat(first.rest().get(proof).get("wanted").stringValue()).isEqualTo("either");
            first.rest().put(proof, """
                    {"wanted": "certificate"}""");
            await("our login for calls")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> first.rest()
                            .value(ID, "Device.ManagementServer.ConnectionRequestUsername")
                            .startsWith("pharos-"));
            first.close();
            try (RunningServer second = server(port, own, trusted)) {
                RestApi rest = second.rest();
                assertThat(rest.get(proof).get("wanted").stringValue()).isEqualTo("certificate");
                assertThat(state(rest)).isEqualTo("online");
                String job = "/jobs/" + rest.post("/jobs", """
                        {"query": "STAYS", "steps": [{"set": {"allowPartial": false, "updateObjects": [
                            {"objPath": "Device.WiFi.SSID.1.", "paramSettings": [
                                {"param": "SSID", "value": "Called", "required": true}]}]}}]}""").get("id").asString();
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
