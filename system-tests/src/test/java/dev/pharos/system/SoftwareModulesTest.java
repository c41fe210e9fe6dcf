// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.FileServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that management installs on an agent, in processes of their own, with an agent that is killed.
final class SoftwareModulesTest {
    private static final String ID = "proto::host-with-modules";
    private static final String MODULES = "Device.SoftwareModules.";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : Map.of(
                            "main.sh",
                            "echo \"$$\" >>\"$PHAROS_DATA/pids\"; while true; do sleep 1; done\n",
                            "pharos-unit.properties",
                            """
                            name=hello
                            vendor=example.org
                            version=1.0.0
                            units=main
                            main.command=/bin/sh
                            main.argument.1=main.sh
                            main.autostart=true
                            """)
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private JavaProgram agent(RunningServer server) throws IOException {
        return server.agent(
                ID,
                server.address("ws"),
                folder.resolve("agent"),
                "--modules",
                folder.resolve("modules").toString(),
                "--modules-user",
                System.getProperty("user.name"));
    }

    private static String value(RunningServer server, String path) throws IOException, InterruptedException {
        return server.rest().value(ID, path);
    }

    @Test
    @Requirement("R-SMM.0")
    void a_program_outlives_the_death_of_its_agent_and_leaves_no_process_when_it_is_uninstalled() throws Exception {
        try (FileServer files = FileServer.of(archive());
                RunningServer server = RunningServer.here(
                        folder.resolve("server"), "--http 0 --ws 0 --mqtt off --stomp off --cwmp off".split(" "))) {
            String unit;
            long first;
            try (JavaProgram agent = agent(server)) {
                server.rest().awaitStatus(ID, "online");
                String watched = "Device.LocalAgent.Subscription.[ID==\"pharos-modules\"].Enable";
                await().atMost(PATIENCE).until(() -> value(server, watched).equals("true"));
                RunningServer.Answer installed = server.pharos("modules", "install", ID, files.url("hello.zip") + "");
                assertThat(installed.err()).isEmpty();
                assertThat(installed.out()).singleElement().asString().contains("Installed", "version 1.0.0");
                RunningServer.Answer again = server.pharos("modules", "install", ID, files.url("hello.zip") + "");
                assertThat(again.status()).isEqualTo(1);
                assertThat(again.err()).singleElement().asString().contains("7226", "1.0.0");
                assertThat(server.rest().events(ID).toString()).contains("\"CurrentState\":\"Installed\"");
                unit = server.pharos("instances", ID, MODULES + "ExecutionUnit.").out().stream()
                        .filter(line -> line.startsWith(MODULES))
                        .map(line -> line.split(" ")[0])
                        .findFirst()
                        .orElseThrow();
                await().atMost(PATIENCE)
                        .until(() -> value(server, unit + "Status").equals("Active"));
                first = pid(0);
                assertThat(runs(first)).isTrue();
                assertThat(value(server, "Device.DeviceInfo.ProcessorNumberOfEntries"))
                        .as("the device says what its programs run on")
                        .isNotEqualTo("0");
                agent.kill();
            }
            assertThat(runs(first)).as("a unit runs on without its agent").isTrue();
            try (JavaProgram agent = agent(server)) {
                await().atMost(PATIENCE).until(() -> pids() == 2);
                assertThat(runs(first)).isFalse();
                server.rest().awaitStatus(ID, "online");
                await().atMost(PATIENCE)
                        .until(() -> value(server, unit + "Status").equals("Active"));
                long second = pid(1);
                assertThat(server.pharos("modules", "list", ID).out())
                        .anyMatch(line -> line.contains("hello 1.0.0") && line.contains("Installed"))
                        .anyMatch(line -> line.contains("main") && line.contains("Active"));
                RunningServer.Answer uninstalled = server.pharos("modules", "uninstall", ID, "hello");
                assertThat(uninstalled.err()).isEmpty();
                assertThat(uninstalled.out()).singleElement().asString().contains("Uninstalled");
                await().atMost(PATIENCE).until(() -> !runs(second));
                await().atMost(PATIENCE)
                        .until(() -> server.rest().events(ID).toString().contains("\"CurrentState\":\"Uninstalled\""));
                assertThat(value(server, MODULES + "DeploymentUnitNumberOfEntries"))
                        .isEqualTo("0");
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }

    /// A process that has ended and is not yet fetched has no command line.
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    private Path file() throws IOException {
        try (var data = Files.list(folder.resolve("modules/data"))) {
            return data.findFirst().orElseThrow().resolve("pids");
        }
    }

    private long pid(int life) throws IOException {
        return Long.parseLong(Files.readAllLines(file()).get(life));
    }

    private int pids() throws IOException {
        return Files.readAllLines(file()).size();
    }
}
