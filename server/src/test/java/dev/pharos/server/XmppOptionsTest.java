// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class XmppOptionsTest {
    @TempDir
    Path folder;

    private static XmppOptions options(String... arguments) {
        XmppOptions options = new XmppOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private static void refuses(String reason, String... arguments) {
        assertThatThrownBy(() -> options(arguments).check())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void what_is_missing_or_wrong_is_said_before_anything_is_connected() throws IOException {
        String word = Files.writeString(folder.resolve("word"), "word").toString();
        refuses("are for --xmpp", "--xmpp-server", "localhost");
        refuses("needs --xmpp-password-file", "--xmpp", "acs@example.org");
        refuses("needs --xmpp-password-file", "--xmpp", "acs@example.org", "--xmpp-password-file", folder + "/none");
        refuses("must be USER@DOMAIN", "--xmpp", "acs", "--xmpp-password-file", word);
        refuses("must be HOST or HOST:PORT", "--xmpp", "a@b", "--xmpp-password-file", word, "--xmpp-server", "b:70000");
        refuses("--xmpp-ca: ", "--xmpp", "a@b", "--xmpp-password-file", word, "--xmpp-ca", word);
    }

    @Test
    void nothing_is_connected_unasked() throws StartException {
        options().check();
        assertThat(options().open("one")).isEmpty();
    }
}
