// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The shipped agent reads plain options by itself: it must understand them as `pharos agent` does.
class AgentOptionsTest {
    private static final List<String> LEAST =
            List.of("--endpoint-id", "proto::this-host", "--controller", "ws://127.0.0.1:1/usp");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void plain_options_are_read_as_the_library_reads_them() {
        String[] all = {
            "--endpoint-id",
            "proto::this-host",
            "--controller=mqtts://broker/usp/controller/one",
            "--controller-id",
            "self::one",
            "--device=simulated",
            "--username",
            "gateway-1",
            "--password-file",
            "/etc/password",
            "--cert",
            "a.pem",
            "--key=a.key",
            "--ca",
            "ca.pem",
            "--crl",
            "revoked.pem",
            "--trusted-broker=broker.pem",
            "--proxy",
            "http://me@proxy:3128",
            "--proxy-password-file=/etc/proxy",
            "--e2e",
            "require-tls",
            "--role",
            "read-only",
            "--also",
            "self::two,ws://127.0.0.1:2/usp",
            "--also",
            "self::three,ws://127.0.0.1:3/usp,full",
            "--data",
            "here",
            "--broker",
            "/run/broker",
            "--uci",
            "/etc/config",
            "--ubus=/run/ubus.sock",
            "--mapping",
            "own.mapping",
            "--modules",
            "/var/modules",
            "--modules-user=nobody",
            "--modules-signers",
            "makers.pem",
            "--modules-runtime=crun",
            "--listen",
            "wss://0.0.0.0:8184/agent",
            "--announce",
            "--trust-on-first-use",
            "--strict"
        };
        assertThat(AgentOptions.plain(List.of(all)))
                .hasValueSatisfying(
                        read -> assertThat(read).usingRecursiveComparison().isEqualTo(byLibrary(all)));
    }

    @Test
    void what_is_left_out_has_the_librarys_defaults() {
        assertThat(AgentOptions.plain(LEAST))
                .hasValueSatisfying(read ->
                        assertThat(read).usingRecursiveComparison().isEqualTo(byLibrary(LEAST.toArray(String[]::new))));
    }

    @Test
    void the_command_line_counts_more_than_the_file_that_it_names() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.properties"), """
                # a comment
                endpoint-id = proto::of-the-file
                controller = ws://127.0.0.1:9/usp
                role = read-only
                strict = true
                """);
        assertThat(AgentOptions.plain(List.of("--config", file.toString(), "--role", "full")))
                .hasValueSatisfying(read -> {
                    assertThat(read.endpointId).isEqualTo("proto::of-the-file");
                    assertThat(read.controller).isEqualTo("ws://127.0.0.1:9/usp");
                    assertThat(read.role).isEqualTo("full");
                    assertThat(read.strict).isTrue();
                });
    }

    @Test
    void what_is_not_plain_is_left_to_the_library() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.properties"), "endpoint-id = proto::x\nfqdn = usp.example\n");
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("--help"),
                List.of("-h"),
                List.of("--endpoint-id", "proto::only"),
                List.of("--endpoint-id"),
                List.of("--bogus", "x"),
                List.of("@arguments"),
                List.of("--config", folder.resolve("absent").toString()),
                List.of("--config", odd.toString(), "--controller", "discover"))) {
            assertThat(AgentOptions.plain(words)).as("%s", words).isEmpty();
        }
        for (String value : List.of("-x", "${user.home}", "\"quoted\"", "")) {
            assertThat(AgentOptions.plain(
                            List.of("--endpoint-id", "proto::x", "--controller", "ws://h/usp", "--data", value)))
                    .as(value)
                    .isEmpty();
        }
    }

    @Test
    void the_settings_file_that_ships_is_plain() {
        Path shipped = Path.of("..", "package", "agent", "agent.properties");
        assertThat(AgentOptions.plain(List.of("--config", shipped.toString()))).hasValueSatisfying(read -> {
            AgentOptions library = new AgentOptions();
            File file = shipped.toFile();
            new CommandLine(new Line(library))
                    .setDefaultValueProvider(new CommandLine.PropertiesDefaultProvider(file))
                    .parseArgs("--config", shipped.toString());
            assertThat(read).usingRecursiveComparison().isEqualTo(library);
        });
    }

    private static AgentOptions byLibrary(String... words) {
        AgentOptions options = new AgentOptions();
        new CommandLine(new Line(options)).parseArgs(words);
        return options;
    }

    @CommandLine.Command
    private record Line(@CommandLine.Mixin AgentOptions options) {}
}
