// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.fixture.TestCollector;
import dev.pharos.usp.message.OperateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports that could not be delivered, over a restart of the agent.
class BulkRetainedTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

    private final Path data;

    @AutoClose
    private final TestCollector collector;

    BulkRetainedTest(@TempDir Path data) throws IOException {
        this.data = data;
        this.collector = TestCollector.plain();
    }

    private Stage stage() {
        return Stage.open(Stage.config().withDataDirectory(data).withRebootAction(new RebootAction.Simulated()));
    }

    /// A profile of which so many reports are kept, without times.
    private String posting(Stage stage, String retained, Map<String, String> http) {
        BulkProfiles profiles = new BulkProfiles(stage.controller()).enabled();
        String profile = profiles.posting(collector.url(), http);
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", retained));
        profiles.set(profile + "JSONEncoding.", Map.of("ReportTimestamp", "None"));
        return profile;
    }

    private String reported(Stage stage, String name) throws InterruptedException {
        new BulkProfiles(stage.controller()).set("Device.Home.", Map.of("Name", name));
        stage.timer().advance(INTERVAL);
        return collector.next().body();
    }

    private static String json(String... names) {
        return "{\"Report\":["
                + String.join(
                        ",",
                        Stream.of(names)
                                .map(name -> "{\"Device.Home.Name\":\"" + name + "\"}")
                                .toList())
                + "]}";
    }

    private List<Path> files() throws IOException {
        Path folder = data.resolve("bulk-reports");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void they_go_with_the_first_report_of_the_next_process_the_oldest_of_too_many_left_out() throws Exception {
        try (Stage before = stage()) {
            String _ = posting(before, "2", Map.of("PersistAcrossReboot", "true"));
            collector.answer(500);
            for (String name : List.of("a", "b", "c")) {
                String _ = reported(before, name);
            }
        }
        collector.answer(200);
        try (Stage after = stage()) {
            assertThat(reported(after, "d")).isEqualTo(json("b", "c", "d"));
            assertThat(reported(after, "e")).as("once").isEqualTo(json("e"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void one_that_is_tried_again_is_kept_too() throws Exception {
        try (Stage before = stage()) {
            String _ = posting(before, "3", Map.of("PersistAcrossReboot", "true", "RetryEnable", "true"));
            collector.answer(500);
            String _ = reported(before, "a");
        }
        collector.answer(200);
        try (Stage after = stage()) {
            assertThat(reported(after, "b")).isEqualTo(json("a", "b"));
        }
    }

    @Test
    void a_profile_that_does_not_ask_for_it_keeps_none_nor_does_one_that_is_gone_or_off() throws Exception {
        String profile;
        try (Stage before = stage()) {
            profile = posting(before, "3", Map.of());
            collector.answer(500);
            String _ = reported(before, "a");
            assertThat(files()).isEmpty();
            new BulkProfiles(before.controller()).set(profile + "HTTP.", Map.of("PersistAcrossReboot", "true"));
            String _ = reported(before, "b");
            assertThat(files()).hasSize(1);
            new BulkProfiles(before.controller()).set(profile, Map.of("Enable", "false"));
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void they_outlive_a_reboot_that_is_simulated() throws Exception {
        try (Stage stage = stage()) {
            String _ = posting(stage, "3", Map.of("PersistAcrossReboot", "true"));
            collector.answer(500);
            String _ = reported(stage, "a");
            var _ = stage.controller().ask(new OperateRequest("Device.Reboot()", "r", true, Map.of()));
            stage.timer().advance(Duration.ofSeconds(1));
            collector.answer(200);
            stage.timer().advance(INTERVAL);
            assertThat(collector.next().body()).isEqualTo(json("a", "a"));
        }
    }

    @Test
    void nothing_is_written_where_nothing_has_changed() throws Exception {
        try (Stage stage = stage()) {
            String _ = posting(stage, "3", Map.of("PersistAcrossReboot", "true", "RetryEnable", "true"));
            collector.answer(500);
            String _ = reported(stage, "a");
            Path file = files().getFirst();
            Files.setLastModifiedTime(file, LONG_AGO);
            // it is tried again, in vain
            stage.timer().advance(Duration.ofSeconds(10));
            assertThat(collector.all()).isNotEmpty();
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        }
    }

    @Test
    void a_damaged_file_costs_what_was_in_it_and_nothing_else() throws Exception {
        try (Stage before = stage()) {
            String _ = posting(before, "3", Map.of("PersistAcrossReboot", "true"));
            collector.answer(500);
            String _ = reported(before, "a");
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 5, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Stage after = stage()) {
                assertThat(reported(after, "b" + length))
                        .as("of " + length)
                        .endsWith(json("b" + length).substring(11));
            }
            Files.createDirectories(file.getParent());
        }
    }
}
