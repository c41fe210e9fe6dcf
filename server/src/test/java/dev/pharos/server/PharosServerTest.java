// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.postgres.PostgresTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as operators run it: a process of its own.
final class PharosServerTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void it_says_ready_once_and_a_signal_ends_it_within_five_seconds() throws Exception {
        Process server = start(
                "--data",
                folder.toString(),
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
        try {
            assertThat(server.inputReader().readLine()).startsWith("ready http=http://localhost:");
            assertThat(Rest.of(folder.resolve("connection.json"))
                            .get("/api/v1/summary")
                            .status())
                    .isEqualTo(200);
            long start = System.nanoTime();
            // not Process.destroy(), which would close our end of its output too
            server.toHandle().destroy();
            assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("five seconds on a machine with nothing else to do")
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(server.exitValue()).isEqualTo(143);
            assertThat(server.inputReader().readLine())
                    .as("nothing else on standard output")
                    .isNull();
            assertThat(Files.exists(folder.resolve("postgres/data/postmaster.pid")))
                    .isFalse();
            assertThat(Files.readString(folder.resolve("logs/server.log"))).contains("ready: http");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void killed_it_starts_again_with_all_it_had_and_it_ends_with_its_parent() throws Exception {
        PostgresTemplate.withTables(folder);
        Process killed = start(
                "--data",
                folder.toString(),
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
        assertThat(killed.inputReader().readLine()).startsWith("ready ");
        Rest before = Rest.of(folder.resolve("connection.json"));
        assertThat(before.post("/api/v1/tokens", "{\"name\":\"kept\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(200);
        killed.destroyForcibly().waitFor();

        Process again = start(
                "--data",
                folder.toString(),
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
                "--stop-with-parent");
        try {
            assertThat(again.inputReader().readLine()).startsWith("ready ");
            assertThat(Rest.of(folder.resolve("connection.json"))
                            .get("/api/v1/tokens")
                            .response()
                            .body())
                    .contains("kept");
            again.getOutputStream().close();
            assertThat(again.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(again.exitValue()).isZero();
        } finally {
            again.destroyForcibly();
        }
    }

    @Test
    void wrong_usage_is_2_and_help_has_examples() throws Exception {
        assertThat(run("--nonsense")).isEqualTo(new Outcome(2, "--nonsense"));
        assertThat(run("--http", "70000")).isEqualTo(new Outcome(2, "no port"));
        assertThat(run("--endpoint-id", "x")).isEqualTo(new Outcome(2, "two colons"));
        assertThat(run("--help")).isEqualTo(new Outcome(0, "Examples:"));
        assertThat(run("--host", "0.0.0.0", "--data", folder.toString())).isEqualTo(new Outcome(2, "--insecure"));
    }

    /// How a run ended, and a part of what it said.
    private record Outcome(int status, String said) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome that
                    && status == that.status
                    && (said.contains(that.said) || that.said.contains(said));
        }

        @Override
        public int hashCode() {
            return status;
        }
    }

    private static Outcome run(String... arguments) throws Exception {
        Process process = start(arguments);
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), said);
    }

    /// The server in a process of its own, on the class path of the tests.
    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PharosServer.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
