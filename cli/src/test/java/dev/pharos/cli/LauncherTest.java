// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LauncherTest {
    /// What people type goes through the launcher first, which has to know each verb.
    @Test
    void the_launcher_knows_every_verb_of_the_command_line() throws IOException {
        List<String> cases = Files.readAllLines(Path.of("..", "pharos")).stream()
                .filter(line -> line.matches(" {4}[a-z].*\\).*"))
                .map(line -> line.substring(0, line.indexOf(')')))
                .toList();
        for (String verb : Pharos.commandLine().getSubcommands().keySet()) {
            assertThat(cases)
                    .as(verb)
                    .anyMatch(line -> List.of(line.strip().split(" *\\| *")).contains(verb));
        }
    }
}
