// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.linux.program.SystemLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of names that strict peers may refuse. The agent does not get further than its label, which is
/// missing.
class AgentNameTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void logger() throws IOException {
        Path logger = folder.resolve("logger");
        Files.writeString(logger, "#!/bin/sh\nprintf '%s|' \"$@\" >>\"$(dirname \"$0\")/log\"\n");
        Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.resolve("config"));
    }

    private int agent(String name, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--endpoint-id",
                name,
                "--controller",
                "ws://127.0.0.1:9/usp",
                "--data",
                folder.resolve("data").toString(),
                "--label",
                folder.resolve("none").toString()));
        arguments.addAll(List.of(more));
        return new AgentProgram(
                        AgentOptions.plain(arguments).orElseThrow(),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(errors),
                        new SystemLog(Optional.of(folder.resolve("logger")), "usp"))
                .run();
    }

    private String[] onGateway(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--device",
                "prplos",
                "--uci",
                folder.resolve("config").toString(),
                "--ubus",
                folder.resolve("none.sock").toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private String log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Test
    void a_gateway_warns_of_a_name_that_is_not_listed_in_the_systems_log_too() throws Exception {
        assertThat(agent("prplos::router1", onGateway())).isEqualTo(ExitStatus.DENIED);

        assertThat(errors.toString())
                .contains("'prplos', and strict peers may refuse it", "os::<OUI>-<serial>", "cannot start");
        assertThat(log())
                .startsWith("-t|usp|-p|daemon.warn|TR-369 does not list the authority scheme 'prplos'")
                .contains("strict peers may refuse it; a valid Endpoint ID is for example os::<OUI>-<serial>|");
    }

    @Test
    void names_that_are_listed_and_hosts_that_are_no_gateways_leave_the_log_alone() throws Exception {
        agent("os::001122-7", onGateway());
        assertThat(errors.toString()).doesNotContain("strict peers");
        agent("prplos::router1", "--device", "linux");
        assertThat(errors.toString()).contains("strict peers");
        assertThat(log()).isEmpty();
    }

    @Test
    void with_strict_it_is_refused_and_needs_no_warning() throws Exception {
        assertThatThrownBy(() -> agent("prplos::router1", onGateway("--strict")))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("strict peers may refuse it");
        assertThat(log()).isEmpty();
    }

    @Test
    void a_log_that_takes_nothing_stops_nobody() throws Exception {
        Files.writeString(folder.resolve("logger"), "#!/bin/sh\nexit 1\n");
        new SystemLog(Optional.of(folder.resolve("logger")), "usp").warn("a line");
        new SystemLog(Optional.of(folder.resolve("gone")), "usp").warn("a line");
        new SystemLog(Optional.empty(), "usp").warn("a line");
        assertThat(log()).isEmpty();
    }
}
