// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentOptionsTest {
    @TempDir
    Path folder;

    private void refused(String sentence, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--endpoint-id=proto::here",
                "--controller=wss://controller.example/usp",
                "--data=" + folder.resolve("data")));
        words.addAll(List.of(more));
        AgentProgram program = new AgentProgram(
                AgentOptions.plain(words).orElseThrow(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()));
        assertThatThrownBy(program::run)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("hidden");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void what_is_no_bootstrap_is_said_before_anybody_is_asked() throws Exception {
        String password = "--bootstrap-password-file=" + Files.writeString(folder.resolve("password"), "hidden\n");
        refused("--bootstrap-… options need --enrol", "--bootstrap-username=batch");
        refused("needs a login or a certificate", "--enrol=https://acs.example");
        refused("must be https://", "--enrol=http://acs.example", "--bootstrap-username=batch", password);
        refused("--bootstrap-username with", "--enrol=https://acs.example", "--bootstrap-username=batch");
        refused("--bootstrap-cert with", "--enrol=https://acs.example", "--bootstrap-cert=batch.pem");
        refused(
                "leave --cert and --key out",
                "--enrol=https://acs.example",
                "--cert=own.pem",
                "--key=own.key",
                "--bootstrap-username=batch",
                password);
        refused(
                "--bootstrap-password-file: cannot read",
                "--enrol=https://acs.example",
                "--bootstrap-username=batch",
                "--bootstrap-password-file=" + folder.resolve("missing"));
    }
}
