// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The walk of `docs/end-to-end.md`: sessions with TLS inside, between the programs as they are started.
class EndToEndSecurityWalkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningServer server;

    private static String pki(String file) {
        return folder.resolve("pki").resolve(file).toString();
    }

    @BeforeAll
    static void make_certificates_and_start_a_server_that_requires_tls_inside_sessions() throws Exception {
        List<String> arguments =
                List.of("pki", "--dir", pki(""), "--device", "proto::this-host", "--device", "proto::other");
        try (JavaProgram command = JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments)) {
            assertThat(command.awaitExit(PATIENCE)).as(command.output()).isZero();
        }
        server = RunningServer.start(
                folder.resolve("server"),
                "--http",
                "0",
                "--ws",
                "0",
                "--mqtt",
                "off",
                "--stomp",
                "off",
                "--cwmp",
                "off",
                "--sessions",
                "require-tls",
                "--cert",
                pki("server.pem"),
                "--key",
                pki("server.key"),
                "--ca",
                pki("authority.pem"));
    }

    @AfterAll
    static void stop_it() {
        server.close();
    }

    private static JavaProgram agent(String id, String certificate) throws IOException {
        return server.agent(
                id,
                server.address("ws"),
                folder.resolve("agent-" + id.replace(":", "")),
                "--e2e",
                "require-tls",
                "--cert",
                pki("devices/" + certificate + ".pem"),
                "--key",
                pki("devices/" + certificate + ".key"),
                "--ca",
                pki("authority.pem"));
    }

    @Test
    void a_device_is_managed_through_tls_inside_its_session() throws Exception {
        try (JavaProgram agent = agent("proto::this-host", "proto__this-host")) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> server.pharos("devices", "online:true")
                            .out()
                            .toString()
                            .contains("proto::this-host"));
            assertThat(server.pharos(
                                    "get",
                                    "proto::this-host",
                                    "Device.LocalAgent.Controller.1.E2ESession.PayloadSecurity",
                                    "--value")
                            .out())
                    .containsExactly("TLS");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void a_device_with_the_certificate_of_another_is_refused_and_the_operator_reads_why() throws Exception {
        try (JavaProgram watch = server.command("watch")) {
            watch.awaitErrorLine(line -> line.startsWith("watching "), PATIENCE);
            try (JavaProgram agent = agent("proto::impostor", "proto__other")) {
                watch.awaitLine(
                        line -> line.contains("its certificate belongs to proto::other, not to proto::impostor"),
                        PATIENCE);
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }
}
