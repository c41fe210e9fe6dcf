// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

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

class ProxyOptionsTest {
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
    }

    @Test
    void what_is_no_way_through_a_proxy_is_said_before_anything_is_dialled() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "hidden\n");
        refused("--proxy: a proxy is http://[USER@]HOST[:PORT], not https://proxy", "--proxy=https://proxy");
        refused("--proxy: the password of a proxy does not belong", "--proxy=http://me:hidden@proxy");
        refused("--proxy: a proxy's user and password come together", "--proxy=http://me@proxy");
        refused(
                "--proxy: a proxy's user and password come together",
                "--proxy=http://proxy",
                "--proxy-password-file=" + password);
        refused("--proxy-password-file needs --proxy", "--proxy-password-file=" + password);
        refused(
                "--proxy-password-file: cannot read",
                "--proxy=http://me@proxy",
                "--proxy-password-file=" + folder.resolve("missing"));
    }
}
