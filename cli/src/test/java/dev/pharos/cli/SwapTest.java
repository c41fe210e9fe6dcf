// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.terminal.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What `pharos swap` says to a person, and asks of the server.
final class SwapTest {
    private static final String JSON = "application/json";
    private static final String SIDES = "\"from\":{\"id\":\"os::OLD\",\"manufacturer\":\"Acme\",\"modelName\":\"Box\","
            + "\"transport\":\"cwmp\",\"online\":false,\"lastSeen\":\"2026-01-01T00:00:00Z\"},"
            + "\"to\":{\"id\":\"os::NEW\",\"manufacturer\":\"\",\"modelName\":\"\",\"transport\":\"mqtt\",\"online\":true,"
            + "\"lastSeen\":\"2026-01-01T00:00:00Z\"},";
    private static final String PLAN = "{" + SIDES + "\"detail\":\"1 of 3 settings are to be set.\",\"settings\":["
            + "{\"id\":\"wifi.name\",\"name\":\"Wi-Fi: name\",\"old\":{\"path\":\"p\",\"value\":\"Home\\u001b[2J\"},"
            + "\"now\":{\"path\":\"p\",\"value\":\"New\"},\"action\":\"%s\",\"why\":\"\",\"secret\":false},"
            + "{\"id\":\"wifi.key\",\"name\":\"Wi-Fi: key\",\"old\":{\"path\":\"k\",\"value\":\"\"},"
            + "\"now\":{\"path\":\"k\",\"value\":\"\"},\"action\":\"set\",\"why\":\"the key that was given\",\"secret\":true},"
            + "{\"id\":\"time.zone\",\"name\":\"Time zone\",\"old\":{\"path\":\"t\",\"value\":\"CET-1\"},"
            + "\"action\":\"cannot\",\"why\":\"there is none\",\"secret\":false}],"
            + "\"tags\":[\"vip\"],\"attributes\":[\"contract\"],\"recorded\":%s%s}";

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String line) {
        CommandLine command = Pharos.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute((line + " --data " + data).split(" "));
    }

    private ServerStub server(String state) throws IOException {
        return new ServerStub(data)
                .answers("/devices/os::NEW", 200, JSON, "{\"id\":\"os::NEW\"}")
                .answers("/devices/os::NEW/events", 200, JSON, "{\"items\":[]}")
                .answers("/devices/os::NEW/swap-plan", 200, JSON, PLAN.formatted("same", "false", ""))
                .answers("/devices/os::NEW/swap", 200, JSON, PLAN.formatted("set", "true", ",\"job\":7"))
                .answers("/devices/os::NEW/swap-undo", 200, JSON, "{\"id\":8}")
                .answers("/jobs/7/targets", 200, JSON, targets(state))
                .answers("/jobs/8/targets", 200, JSON, targets(state));
    }

    private static String targets(String state) {
        return "{\"items\":[{\"device\":\"os::NEW\",\"state\":\"" + state + "\",\"detail\":\"so it went\"}]}";
    }

    @Test
    void a_plan_is_two_columns_with_what_is_done_and_control_characters_do_nothing() throws IOException {
        try (ServerStub server = server("done")) {
            assertThat(run("swap os::OLD os::NEW --plan")).as(err.toString()).isZero();
            assertThat(server.requests()).noneMatch(request -> request.contains("/swap "));
        }
        assertThat(out.toString())
                .contains("old  os::OLD, Acme Box, TR-069, last seen ", " days ago")
                .contains("new  os::NEW, USP over mqtt, online")
                .contains("setting      old router  new router")
                .contains("Wi-Fi: name  Home\ufffd[2J    New         is so")
                .contains("Wi-Fi: key   (secret)    (secret)    will be set: the key that was given")
                .contains("Time zone    CET-1       -           cannot: there is none")
                .contains("tags that go over: vip", "notes that go over: contract")
                .doesNotContain("\u001b");
    }

    @Test
    void it_is_done_followed_and_read_back_and_the_key_stays_in_its_file() throws IOException {
        Path key = Files.writeString(data.resolve("key"), "correct horse\r\n");
        try (ServerStub server = server("done")) {
            assertThat(run("swap os::OLD os::NEW --yes --wifi-key-file " + key))
                    .as(err.toString())
                    .isZero();
            assertThat(server.requests())
                    .anyMatch(request -> request.startsWith("POST /api/v1/devices/os::NEW/swap?from=os%3A%3AOLD")
                            || request.startsWith("POST /api/v1/devices/os::NEW/swap "))
                    .anyMatch(request -> request.contains("{\"wifiKey\":\"correct horse\"}"));
        }
        assertThat(out.toString())
                .contains(
                        "os::OLD is retired",
                        "job 7 sets the rest",
                        "✓",
                        "Wi-Fi: name = Home",
                        "nobody can read it back")
                .contains("done  so it went")
                .doesNotContain("correct horse");
    }

    @ParameterizedTest
    @CsvSource({"done, 0", "failed, 1", "offline, 3"})
    void how_it_ends_says_how_the_router_stands(String state, int status) throws IOException {
        try (ServerStub server = server(state)) {
            assertThat(server).isNotNull();
            assertThat(run("swap os::OLD os::NEW --yes")).isEqualTo(status);
            assertThat(out.toString().contains("nobody can read it back")).isEqualTo(state.equals("done"));
            assertThat(run("swap os::OLD os::NEW --yes --json")).isEqualTo(status);
            assertThat(run("swap os::NEW --undo 7 --yes")).isEqualTo(status);
            assertThat(run("swap os::OLD os::NEW --yes --no-wait")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swap os::OLD --yes                               | Say OLD NEW",
                "swap os::OLD os::NEW                             | say --yes",
                "swap os::OLD os::NEW --json                      | say --yes",
                "swap os::OLD os::NEW --undo 7 --yes              | only the new router",
                "swap os::NEW --undo 7 --plan                     | do not go together",
                "swap os::OLD os::NEW --yes --wifi-key-file /none | there is no such file",
                "swap os::OLD os::NEW --yes --wifi-key-file DATA  | cannot be read",
            })
    void what_cannot_be_meant_is_wrong_usage(String line, String why) throws IOException {
        try (ServerStub server = server("done")) {
            assertThat(run(line.strip().replace("DATA", data.toString()))).isEqualTo(ExitStatus.USAGE);
            assertThat(server.requests()).isEmpty();
        }
        assertThat(err.toString()).contains(why);
    }
}
