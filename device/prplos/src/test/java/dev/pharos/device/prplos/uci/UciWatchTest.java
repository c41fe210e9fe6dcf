// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UciWatchTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path root = Path.of("");

    private final Semaphore told = new Semaphore(0);
    private UciFolders folders = UciFolders.OF_THIS_HOST;

    @BeforeEach
    void configure() throws Exception {
        folders = UciFolders.beneath(root);
        Files.createDirectories(folders.config());
        Files.writeString(folders.config().resolve("wireless"), "config wifi-device 'radio0'\n");
    }

    private UciWatch watch() {
        return UciWatch.of(folders, Set.of("wireless"), told::release).orElseThrow();
    }

    private void awaitTold() throws InterruptedException {
        assertThat(told.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_commit_and_an_edit_in_place_are_told_and_other_files_are_not() throws Exception {
        try (UciWatch _ = watch()) {
            Files.writeString(folders.config().resolve("usp"), "config usp\n");
            Files.writeString(folders.config().resolve(".wireless.uci-1"), "");
            assertThat(told.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();

            assertThat(new UciStore(folders)
                            .commit("wireless", List.of(new UciChange.SetOption("radio0", "channel", "6")))
                            .changed())
                    .isTrue();
            awaitTold();
            told.drainPermits();
            Files.writeString(folders.config().resolve("wireless"), "config wifi-device 'radio1'\n");
            awaitTold();
        }
    }

    @Test
    void folders_that_come_later_and_again_are_watched_too() throws Exception {
        try (UciWatch watch = watch()) {
            Files.createDirectories(folders.pending());
            watch.again();
            Files.writeString(folders.pending().resolve("wireless"), "wireless.radio0.channel='11'\n");
            awaitTold();
            Files.delete(folders.pending().resolve("wireless"));
            Files.delete(folders.pending());
            awaitTold();
            Files.createDirectories(folders.pending());
            watch.again();
            told.drainPermits();
            Files.writeString(folders.pending().resolve("wireless"), "wireless.radio0.channel='1'\n");
            awaitTold();
        }
    }

    @Test
    void a_configuration_that_is_not_there_is_not_watched() {
        assertThat(UciWatch.of(UciFolders.beneath(root.resolve("none")), Set.of("wireless"), told::release))
                .isEmpty();
    }
}
