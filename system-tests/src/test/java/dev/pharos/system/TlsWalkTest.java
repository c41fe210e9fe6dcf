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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The walk of `docs/tls.md`: certificates by one command, a server that speaks TLS only, agents that prove
/// who they are, and one that may not come any more.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsWalkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningServer server;

    private static String pki(String file) {
        return folder.resolve("pki").resolve(file).toString();
    }

    private static void pki(List<String> options) throws IOException, InterruptedException {
        List<String> arguments = new java.util.ArrayList<>(List.of("pki", "--dir", pki("")));
        arguments.addAll(options);
        try (JavaProgram command = JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments)) {
            assertThat(command.awaitExit(PATIENCE)).as(command.output()).isZero();
        }
    }

    @BeforeAll
    static void make_certificates_and_start_a_server_that_speaks_tls_only() throws Exception {
        pki(List.of("--device", "proto::by-wss", "--device", "proto::by-mqtts", "--device", "proto::revoked"));
        server = RunningServer.start(
                folder.resolve("server"),
                "--http",
                "off",
                "--https",
                "0",
                "--ws",
                "off",
                "--wss",
                "0",
                "--mqtt",
                "off",
                "--mqtts",
                "0",
                "--stomp",
                "off",
                "--cwmp",
                "off",
                "--cert",
                pki("server.pem"),
                "--key",
                pki("server.key"),
                "--ca",
                pki("authority.pem"),
                "--crl",
                pki("revoked.pem"));
    }

    @AfterAll
    static void stop_it() {
        server.close();
    }

    private static JavaProgram agent(String id, String transport) throws IOException {
        String file = "devices/" + id.replace("::", "__");
        return server.agent(
                id,
                server.address(transport).replace("127.0.0.1", "localhost"),
                folder.resolve("agent-" + id.replace(":", "")),
                "--cert",
                pki(file + ".pem"),
                "--key",
                pki(file + ".key"),
                "--ca",
                pki("authority.pem"),
                "--crl",
                pki("revoked.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss", "mqtts"})
    @Order(1)
    void a_device_with_a_certificate_is_managed_over(String transport) throws Exception {
        String id = "proto::by-" + transport;
        try (JavaProgram agent = agent(id, transport)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> server.pharos("devices", "online:true")
                            .out()
                            .toString()
                            .contains(id));
            RunningServer.Answer total = server.pharos("get", id, "Device.DeviceInfo.MemoryStatus.Total", "--value");
            assertThat(total.err()).isEmpty();
            assertThat(total.out()).containsExactly(memory());
            assertThat(server.pharos("devices", id, "--json").out().toString()).contains("\"verified\":true");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    private static String memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(2)
    void a_revoked_device_is_refused_without_a_restart_and_both_sides_say_why() throws Exception {
        try (JavaProgram watch = server.command("watch")) {
            pki(List.of("--revoke", "proto::revoked"));
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
                try (JavaProgram agent = agent("proto::revoked", "wss")) {
                    await().atMost(PATIENCE).until(() -> !agent.err().isEmpty() || isOnline("proto::revoked"));
                    return agent.err().toString().contains("our certificate");
                }
            });
            watch.awaitLine(line -> line.contains("has been revoked"), PATIENCE);
        }
    }

    private static boolean isOnline(String id) throws IOException, InterruptedException {
        return server.pharos("devices", "online:true").out().toString().contains(id);
    }
}
