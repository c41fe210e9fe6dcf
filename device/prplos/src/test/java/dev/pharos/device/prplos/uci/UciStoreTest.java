// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files on disk, and others who read and write them at the same time.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UciStoreTest {
    private static final String TEXT = "# ours\nconfig wifi-device 'radio0'\n\toption channel '36'\n";

    @TempDir
    private Path root = Path.of("");

    private UciFolders folders = UciFolders.OF_THIS_HOST;
    private Path file = root;

    @BeforeEach
    void write_a_package() throws IOException {
        folders = UciFolders.beneath(root);
        file = folders.config().resolve("wireless");
        Files.createDirectories(folders.config());
        Files.createDirectories(folders.pending());
        Files.writeString(file, TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private UciStore store() {
        return new UciStore(folders);
    }

    private static UciChange channel(String channel) {
        return new UciChange.SetOption("radio0", "channel", channel);
    }

    private void stage(String changes) throws IOException {
        Files.writeString(folders.pending().resolve("wireless"), changes);
    }

    @Test
    void a_stamp_tells_a_commit_a_write_in_place_and_what_is_staged_once_it_is_settled() throws Exception {
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(60));
        Files.setLastModifiedTime(file, longAgo);
        UciStamp before = store().stamp("wireless");
        assertThat(before.isSettled(Instant.now())).isTrue();
        assertThat(store().stamp("wireless")).isEqualTo(before);

        Files.writeString(file, TEXT.replace("36", "44"));
        UciStamp written = store().stamp("wireless");
        assertThat(written).isNotEqualTo(before);
        assertThat(written.isSettled(Instant.now())).isFalse();

        Files.setLastModifiedTime(file, longAgo);
        store().commit("wireless", List.of(channel("48")));
        Files.setLastModifiedTime(file, longAgo);
        assertThat(store().stamp("wireless")).isNotEqualTo(before);

        UciStamp unstaged = store().stamp("wireless");
        stage("wireless.radio0.channel='52'\n");
        assertThat(store().stamp("wireless")).isNotEqualTo(unstaged);
        assertThat(store().stamp("wireless").isSettled(Instant.now())).isFalse();
    }

    @Test
    void a_commit_is_on_disk_with_its_mode_kept_and_nothing_left_beside_it() throws Exception {
        UciCommit commit = store().commit("wireless", List.of(channel("44")));

        assertThat(commit.changed()).isTrue();
        assertThat(Files.readString(file)).isEqualTo(TEXT.replace("36", "44"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folders.config())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void where_nothing_changes_nothing_is_written() throws Exception {
        Object before = Files.getAttribute(file, "unix:ino");

        assertThat(store().commit("wireless", List.of(channel("36"))).changed()).isFalse();

        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void one_change_that_cannot_be_and_none_is_made() throws IOException {
        assertThatExceptionOfType(UciRefusedException.class)
                .isThrownBy(() ->
                        store().commit("wireless", List.of(channel("44"), new UciChange.SetOption("gone", "a", "b"))));

        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void staged_changes_are_seen_and_last_with_the_next_commit() throws Exception {
        stage("""
                wireless.radio0.country='DE'
                wireless.gone.a='passed over'
                nonsense
                ''
                +wireless.cfg023579='wifi-iface'
                wireless.cfg023579.ssid='Two
                lines'
                |wireless.cfg023579.maclist='a'
                |wireless.cfg023579.maclist='b'
                -wireless.cfg023579.maclist='0'
                wireless.guest='wifi-iface'
                @wireless.guest='visitors'
                ^wireless.visitors='0'
                network.lan.proto='of another package'
                wireless.radio0.cut='off
                """);

        assertThat(Seen.in(store().read("wireless")))
                .containsExactly(
                        "wifi-iface visitors",
                        "wifi-device radio0",
                        "channel=36",
                        "country=DE",
                        "wifi-iface cfg023579 (anonymous)",
                        "ssid=Two\nlines",
                        "maclist=[b]");
        assertThat(Files.readString(file)).isEqualTo(TEXT);

        store().commit("wireless", List.of(channel("44")));

        assertThat(Seen.in(Files.readString(file))).contains("channel=44", "country=DE", "maclist=[b]");
        assertThat(folders.pending().resolve("wireless")).isEmptyFile();
        assertThat(store().read("wireless").section("visitors")).isPresent();
    }

    @Test
    void a_commit_can_be_taken_back_with_what_was_staged() throws Exception {
        stage("wireless.radio0.country='DE'\n");
        UciCommit commit = store().commit("wireless", List.of(channel("44")));

        store().restore(commit);

        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(folders.pending().resolve("wireless")).hasContent("wireless.radio0.country='DE'");
    }

    @Test
    void what_others_changed_since_stays_when_a_commit_is_taken_back() throws Exception {
        UciCommit commit =
                store().commit("wireless", List.of(channel("44"), new UciChange.PutSection("guest", "wifi-iface")));
        store().commit("wireless", List.of(new UciChange.SetOption("radio0", "country", "DE")));

        store().restore(commit);

        assertThat(Seen.in(Files.readString(file))).containsExactly("wifi-device radio0", "channel=36", "country=DE");
    }

    @Test
    void a_package_that_is_not_there_or_would_be_elsewhere_is_told() {
        for (String name : List.of("absent", "../../etc/passwd", ".hidden", "", "a/b")) {
            assertThat(store().has(name)).isFalse();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store().read(name));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store().commit(name, List.of()));
        }
    }

    @Test
    void a_broken_file_is_told_with_its_place_and_left_alone() throws IOException {
        Files.writeString(file, "config t s\n\toption a 'half");

        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> store().commit("wireless", List.of(channel("44"))))
                .withMessage("uci: line 2, column 11: a single quote that is not closed");
        assertThat(Files.readString(file)).isEqualTo("config t s\n\toption a 'half");
    }

    @Test
    void a_file_in_the_overriding_folder_stands_in_place_of_the_other() throws Exception {
        Files.createDirectories(folders.override());
        Files.writeString(folders.override().resolve("wireless"), TEXT.replace("36", "100"));

        store().commit("wireless", List.of(new UciChange.SetOption("radio0", "country", "DE")));

        assertThat(Files.readString(folders.override().resolve("wireless"))).contains("100", "DE");
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void a_file_behind_a_symbolic_link_is_replaced_where_it_is() throws Exception {
        Path real = root.resolve("real");
        Files.move(file, real);
        Files.createSymbolicLink(file, real);

        store().commit("wireless", List.of(channel("44")));

        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).contains("44");
    }

    @Test
    void two_writers_at_once_lose_no_commit() throws Exception {
        int each = 60;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writers = Stream.of("a", "b")
                    .map(who -> threads.submit(writing(who, each)))
                    .toList();
            for (Future<Void> writer : writers) {
                writer.get();
            }
        }

        assertThat(store().read("wireless").ofType("made")).hasSize(2 * each);
        assertThat(Files.readString(file)).startsWith(TEXT);
    }

    /// With a store of its own, as another program would have.
    private Callable<Void> writing(String who, int commits) {
        UciStore own = store();
        return () -> {
            for (int number = 0; number < commits; number++) {
                own.commit("wireless", List.of(new UciChange.PutSection(who + number, "made")));
            }
            return null;
        };
    }

    @Test
    void who_waited_gets_the_lock_of_the_file_that_is_there_now() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Flock held = Flock.exclusive(file);
            Future<UciCommit> waiting = threads.submit(() -> store().commit("wireless", List.of(channel("44"))));
            UciFile.replace(
                    file,
                    TEXT.replace("radio0'\n", "radio0'\n\toption new '1'\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(waiting.isDone() && waiting.get().before().isEmpty()).isFalse();
            held.close();
            waiting.get();
        }

        assertThat(Seen.in(Files.readString(file))).contains("new=1", "channel=44");
    }

    @Test
    void who_had_opened_the_file_before_reads_what_the_commit_made_of_it() throws Exception {
        try (InputStream asUciDoes = Files.newInputStream(file)) {
            store().commit("wireless", List.of(channel("44")));

            assertThat(asUciDoes).hasContent(TEXT.replace("36", "44"));
        }
    }

    @Test
    void a_file_that_another_is_about_to_put_in_place_is_waited_for() throws Exception {
        Path beside = folders.config().resolve(".wireless.uci-Ab12Cd");
        Files.writeString(beside, TEXT.replace("radio0'\n", "radio0'\n\toption new '1'\n"));
        // never too old, however slow this machine is
        Files.setLastModifiedTime(beside, FileTime.from(Instant.now().plusSeconds(600)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<UciCommit> waiting = threads.submit(() -> store().commit("wireless", List.of(channel("44"))));
            Thread.sleep(30);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            waiting.get();
        }

        assertThat(Seen.in(Files.readString(file))).contains("new=1", "channel=44");
    }

    @Test
    void what_a_program_left_beside_a_file_when_it_ended_stops_nobody() throws Exception {
        Path beside = Files.writeString(folders.config().resolve(".wireless.uci-left00"), "half");
        Files.setLastModifiedTime(beside, FileTime.from(Instant.now().minusSeconds(600)));

        store().commit("wireless", List.of(channel("44")));

        assertThat(Files.readString(file)).contains("44");
    }

    @Test
    void the_lock_is_the_one_that_other_programs_take() throws Exception {
        Path tool = Path.of("/usr/bin/flock");
        assumeThat(tool).as("the tool flock is installed").isExecutable();

        try (Flock _ = Flock.exclusive(file)) {
            assertThat(run(tool.toString(), "-n", "-x", file.toString(), "true"))
                    .isNotZero();
        }
        try (Flock _ = Flock.shared(file)) {
            assertThat(run(tool.toString(), "-n", "-x", file.toString(), "true"))
                    .isNotZero();
            assertThat(run(tool.toString(), "-n", "-s", file.toString(), "true"))
                    .isZero();
        }
        assertThat(run(tool.toString(), "-n", "-x", file.toString(), "true")).isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
