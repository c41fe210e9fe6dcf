// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    private Path root = Path.of("");

    private void runs(int id, String command) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/" + id));
        Files.writeString(folder.resolve("stat"), id + " (" + command + ") S 1 1");
    }

    private static List<String> commands(Processes processes) {
        return processes.rows().stream().map(row -> row.values().get("Command")).toList();
    }

    @Test
    void a_new_process_is_looked_at_twice_and_an_old_one_again_with_the_next_whole_survey() throws IOException {
        Processes processes = new Processes(new HostFiles(root));
        runs(7, "sh");
        assertThat(commands(processes)).containsExactly("sh");

        runs(7, "dnsmasq");
        runs(8, "sh");
        assertThat(commands(processes)).containsExactly("dnsmasq", "sh");
        assertThat(commands(processes)).containsExactly("dnsmasq", "sh");

        runs(7, "other");
        for (int survey = 3; survey < Limits.WHOLE_SURVEY; survey++) {
            assertThat(commands(processes)).containsExactly("dnsmasq", "sh");
        }
        assertThat(commands(processes)).containsExactly("other", "sh");
    }
}
