// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class PkiCommandTest {
    @TempDir
    Path parent;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = new CommandLine(new PkiCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String folder() {
        return parent.resolve("pki").toString();
    }

    @Test
    void one_command_makes_all_says_for_what_and_what_to_do_next() {
        assertThat(run("--dir", folder())).isZero();
        assertThat(err.toString()).contains("FOR DEVELOPMENT ONLY");
        assertThat(out.toString())
                .contains(
                        "made  " + folder() + "/authority.pem", "server.pem", "controller.pem", "proto__this-host.pem")
                .contains("./pharos server", "./pharos agent --endpoint-id proto::this-host");
        assertThat(run("--dir", folder(), "--device", "os::00256D-2")).isZero();
        assertThat(out.toString())
                .contains("kept  " + folder() + "/authority.pem", "made  " + folder() + "/devices/os");
    }

    @Test
    void scripts_get_one_document_and_nothing_else() {
        assertThat(run("--dir", folder(), "--json")).isZero();
        JsonNode document = Json.parse(out.toString());
        assertThat(document.path("forDevelopmentOnly").asBoolean()).isTrue();
        assertThat(document.path("certificates")).hasSize(4);
        for (JsonNode entry : document.path("certificates")) {
            assertThat(Path.of(entry.path("certificate").asString())).exists();
            assertThat(Path.of(entry.path("key").asString())).exists();
            assertThat(entry.path("made").asBoolean()).isTrue();
        }
        assertThat(Path.of(document.path("revocationList").asString())).exists();
    }

    @Test
    void a_device_is_revoked_and_an_unknown_one_is_said_to_be_unknown() throws Exception {
        run("--dir", folder());
        String before = Files.readString(Path.of(folder(), "revoked.pem"));
        assertThat(run("--dir", folder(), "--revoke", "proto::this-host")).isZero();
        assertThat(out.toString()).contains("revoked proto::this-host");
        assertThat(Files.readString(Path.of(folder(), "revoked.pem"))).isNotEqualTo(before);
        assertThat(run("--dir", folder(), "--revoke", "proto::stranger")).isEqualTo(ExitStatus.DENIED);
        assertThat(err.toString()).contains("proto::stranger").doesNotContain("Exception");
    }
}
