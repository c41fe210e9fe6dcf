// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Notification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's state on a file system of its own, which a test fills to the last byte. Only root can mount one.
final class FullDiskTest {
    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=512k", "pharos-test", disk.toString()),
                "a small file system cannot be mounted here (that takes root)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    private AgentConfig config() {
        return Stage.config().withDataDirectory(disk.resolve("data"));
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    @Test
    void a_set_that_cannot_be_stored_fails_and_changes_nothing_until_there_is_room_again() throws Exception {
        try (Stage stage = Stage.open(config())) {
            Stage.set(stage.controller(), "Device.Home.", "Colour", "blue");
            stage.subscribe("ValueChange", "Device.Home.Level", parameters -> {
                Map<String, String> more = new HashMap<>(parameters);
                more.put("NotifRetry", "true");
                return more;
            });
            Path filler = fill();

            Fault fault = stage.controller()
                    .askInVain(Stage.setting("Device.Home.", "Colour", "x".repeat(10_000)))
                    .fault();
            assertThat(fault.errCode()).isEqualTo(StandardErrorCode.INTERNAL_ERROR);
            assertThat(fault.errMsg()).contains("could not be stored");
            assertThat(stage.value("Device.Home.Colour")).isEqualTo("blue");

            stage.device().publish("Device.Home.Level", "3");
            assertThat(stage.controller().nextNotify().notification())
                    .as("told all the same")
                    .isEqualTo(new Notification.ValueChange("Device.Home.Level", "3"));

            Files.delete(filler);
            Stage.set(stage.controller(), "Device.Home.", "Colour", "green");
            assertThat(stage.value("Device.Home.Colour")).isEqualTo("green");
        }
        try (Stage later = Stage.open(config())) {
            assertThat(later.value("Device.Home.Colour")).isEqualTo("green");
        }
    }

    @Test
    void an_agent_starts_on_a_full_disk_with_all_that_it_had() throws Exception {
        try (Stage stage = Stage.open(config())) {
            for (String colour : new String[] {"blue", "green", "yellow"}) {
                Stage.set(stage.controller(), "Device.Home.", "Colour", colour);
            }
        }
        fill();
        try (Stage later = Stage.open(config())) {
            assertThat(later.value("Device.Home.Colour")).isEqualTo("yellow");
        }
    }
}
