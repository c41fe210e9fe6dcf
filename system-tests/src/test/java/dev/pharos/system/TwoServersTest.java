// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.system.RunningServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers manage one gateway, each within the Role that it has there.
class TwoServersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ID = "proto::shared-gateway";
    private static final String TRUST = "Device.LocalAgent.ControllerTrust.";

    @TempDir
    private Path folder;

    private RunningServer server(String name) throws IOException {
        return RunningServer.here(
                folder.resolve(name),
                "--endpoint-id",
                "self::" + name,
                "--http",
                "0",
                "--ws",
                "0",
                "--mqtt",
                "off",
                "--stomp",
                "off",
                "--cwmp",
                "off");
    }

    private static void awaitOnline(RunningServer server) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> server.pharos("devices", "online:true").out().stream()
                        .anyMatch(line -> line.startsWith(ID + " ") && line.contains(" online")));
    }

    private static String done(Answer answer) {
        assertThat(answer.status()).as(answer.err().toString()).isZero();
        return answer.out().getFirst();
    }

    /// A Role that may do everything beneath these paths, and nothing else.
    private static String role(RunningServer by, String name, String targets) throws Exception {
        String role = done(by.pharos("add", ID, TRUST + "Role.", "Name=" + name, "Enable=true"));
        done(by.pharos(
                "add",
                ID,
                role + "Permission.",
                "Enable=true",
                "Order=1",
                "Targets=" + targets,
                "Param=rw-n",
                "Obj=rw-n",
                "InstantiatedObj=rw-n",
                "CommandEvent=r-xn"));
        return role;
    }

    @Test
    @Requirement({"R-SEC.1", "R-NOT.0"})
    void each_is_refused_what_the_other_may_do_and_is_told_only_its_own() throws Exception {
        try (RunningServer wifi = server("wifi");
                RunningServer lines = server("lines");
                JavaProgram agent = wifi.agent(
                        ID,
                        wifi.address("ws"),
                        folder.resolve("agent"),
                        "--device",
                        "simulated",
                        "--controller-id",
                        "self::wifi",
                        "--also",
                        "self::lines," + lines.address("ws") + ",full",
                        // one who stays an administrator, without whom nobody could give his own rights away
                        "--also",
                        "self::admin,ws://127.0.0.1:9/usp,full")) {
            awaitOnline(wifi);
            awaitOnline(lines);
            String wifiRole = role(wifi, "wifi", "Device.WiFi.");
            String linesRole = role(wifi, "lines", "Device.NAT.,Device.IP.");
            done(wifi.pharos("set", ID, "Device.LocalAgent.Controller.2.AssignedRole=" + linesRole));
            done(wifi.pharos("set", ID, "Device.LocalAgent.Controller.1.AssignedRole=" + wifiRole));

            try (JavaProgram wifiWatch = wifi.command("watch", ID);
                    JavaProgram linesWatch = lines.command("watch", ID)) {
                wifiWatch.awaitErrorLine(line -> line.startsWith("watching "), PATIENCE);
                linesWatch.awaitErrorLine(line -> line.startsWith("watching "), PATIENCE);
                done(wifi.pharos("set", ID, "Device.WiFi.SSID.1.SSID=Ours"));
                assertThat(lines.pharos("set", ID, "Device.WiFi.SSID.1.SSID=Theirs")
                                .status())
                        .isEqualTo(1);
                assertThat(lines.pharos("get", ID, "Device.WiFi.SSID.1.SSID").status())
                        .isEqualTo(1);

                done(lines.pharos("add", ID, "Device.NAT.PortMapping.", "Description=door"));
                assertThat(wifi.pharos("add", ID, "Device.NAT.PortMapping.").status())
                        .isEqualTo(1);
                done(lines.pharos(
                        "operate",
                        ID,
                        "Device.IP.Diagnostics.IPPing()",
                        "Host=192.168.1.1",
                        "ProtocolVersion=Any",
                        "NumberOfRepetitions=1",
                        "Timeout=1000",
                        "DataBlockSize=64"));
                linesWatch.awaitLine(line -> line.contains("OperationComplete"), PATIENCE);
                done(wifi.pharos("set", ID, "Device.WiFi.SSID.1.SSID=Last"));
                wifiWatch.awaitLine(line -> line.contains("ValueChange") && line.contains("Last"), PATIENCE);

                assertThat(told(wifiWatch)).noneMatch(line -> line.contains("OperationComplete"));
                assertThat(told(linesWatch)).noneMatch(line -> line.contains("Device.WiFi."));
            }
            assertThat(wifi.pharos("get", ID, "Device.WiFi.SSID.1.SSID", "--value")
                            .out())
                    .containsExactly("Last");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    private static List<String> told(JavaProgram watch) {
        return List.copyOf(watch.out());
    }
}
