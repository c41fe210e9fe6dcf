// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.instance.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void place() {
        file = folder.resolve("state");
    }

    /// Three records, none of which compaction could shorten.
    private static List<List<Change>> records() {
        return List.of(
                List.of(
                        new Change.ValueChanged("Device.A", "", "1"),
                        new Change.RowAdded("Device.T.1.", Map.of("Key", "ä", "Name", ""))),
                List.of(new Change.RowAdded("Device.T.2.", Map.of("Key", "b"))),
                List.of(new Change.ValueChanged("Device.T.2.Z", "", "last")));
    }

    private void write(List<List<Change>> records) throws IOException {
        try (FileJournal journal = FileJournal.open(file)) {
            journal.load();
            for (List<Change> record : records) {
                journal.append(record);
            }
        }
    }

    private List<Change> load() throws IOException {
        try (FileJournal journal = FileJournal.open(file)) {
            return journal.load();
        }
    }

    private static List<Change> flat(List<List<Change>> records) {
        List<Change> all = new ArrayList<>();
        records.forEach(all::addAll);
        return all;
    }

    @Test
    void what_was_appended_is_loaded() throws IOException {
        assertThat(load()).isEmpty();
        write(records());
        assertThat(load()).containsExactlyInAnyOrderElementsOf(flat(records()));
        assertThat(load()).containsExactlyInAnyOrderElementsOf(flat(records()));
    }

    @Test
    void only_the_owner_may_read_it() throws IOException {
        write(records());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_cut_anywhere_gives_whole_records_and_takes_new_ones() throws IOException {
        write(records());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            List<Change> loaded = load();
            assertThat(flat(records())).as("cut at %d", length).containsAll(loaded);
            Change next = new Change.ValueChanged("Device.B", "", "after");
            try (FileJournal journal = FileJournal.open(file)) {
                journal.load();
                journal.append(List.of(next));
            }
            List<Change> expected = new ArrayList<>(loaded);
            expected.add(next);
            assertThat(load()).as("cut at %d", length).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void a_byte_changed_anywhere_is_found() throws IOException {
        write(records());
        byte[] whole = Files.readAllBytes(file);
        int lastRecord = lastRecordStart(whole);
        for (int offset = 0; offset < whole.length; offset++) {
            byte[] damaged = whole.clone();
            damaged[offset] ^= 0x41;
            Files.write(file, damaged);
            if (offset < lastRecord) {
                assertThatThrownBy(this::load)
                        .as("changed at %d", offset)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("move the file away");
                assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            } else {
                assertThat(load())
                        .as("changed at %d", offset)
                        .containsExactlyInAnyOrderElementsOf(flat(records().subList(0, 2)));
            }
        }
    }

    private static int lastRecordStart(byte[] whole) throws IOException {
        return whole.length - ChangeFrame.encode(records().getLast()).remaining();
    }

    @Test
    void zeros_after_the_end_are_cut_off() throws IOException {
        write(records());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 4096));
        assertThat(load()).hasSize(4);
        assertThat(Files.size(file)).isEqualTo(whole.length);
    }

    @Test
    void another_kind_of_file_is_refused_and_left_alone() throws IOException {
        Files.writeString(file, "my diary");
        assertThatThrownBy(this::load).isInstanceOf(IOException.class).hasMessageContaining("not a journal");
        assertThat(file).hasContent("my diary");
    }

    @Test
    void it_has_one_user_at_a_time() throws IOException {
        try (FileJournal first = FileJournal.open(file)) {
            first.load();
            assertThatThrownBy(() -> FileJournal.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        assertThat(load()).isEmpty();
    }

    @Test
    void compaction_keeps_the_last_values_and_the_highest_number_that_is_gone() throws IOException {
        write(List.of(
                List.of(
                        new Change.RowAdded("Device.T.1.", Map.of("Key", "a")),
                        new Change.RowAdded("Device.T.2.", Map.of("Key", "b")),
                        new Change.RowAdded("Device.T.2.S.1.", Map.of()),
                        new Change.RowAdded("Device.T.3.", Map.of("Key", "c"))),
                List.of(
                        new Change.ValueChanged("Device.T.1.Key", "a", "x"),
                        new Change.ValueChanged("Device.T.1.Key", "x", "y"),
                        new Change.ValueChanged("Device.T.2.Key", "b", "z")),
                List.of(new Change.RowDeleted("Device.T.2."), new Change.RowDeleted("Device.T.2.S.1.")),
                List.of(new Change.RowDeleted("Device.T.3."))));
        long before = Files.size(file);
        assertThat(load())
                .startsWith(new Change.RowAdded("Device.T.1.", Map.of("Key", "a")))
                .contains(new Change.ValueChanged("Device.T.1.Key", "", "y"), new Change.RowDeleted("Device.T.3."))
                .doesNotContain(new Change.RowAdded("Device.T.3.", Map.of("Key", "c")));
        assertThat(Files.size(file)).isLessThan(before);
        assertThat(folder.resolve("state.new")).doesNotExist();
        List<Change> once = load();
        assertThat(load()).isEqualTo(once);
    }

    @Test
    void it_does_not_grow_without_end() throws IOException {
        try (FileJournal journal = FileJournal.open(file)) {
            journal.load();
            String value = "v".repeat(60_000);
            for (int i = 0; i < 60; i++) {
                journal.append(List.of(new Change.ValueChanged("Device.A", "", value + i)));
            }
        }
        assertThat(Files.size(file)).isLessThan(2_500_000);
        assertThat(load()).hasSize(1);
    }

    @Test
    void where_there_is_no_room_to_shorten_it_nothing_is_lost_and_it_is_tried_again() throws IOException {
        Path inTheWay = folder.resolve("state.new/taken");
        int length = 60_000;
        try (FileJournal journal = FileJournal.open(file)) {
            journal.load();
            Files.createDirectories(inTheWay);
            for (int i = 0; i < 40; i++) {
                journal.append(List.of(new Change.ValueChanged("Device.A", "", ("" + i).repeat(length))));
            }
        }
        assertThat(Files.size(file)).isGreaterThan(40L * length);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(load()).containsExactly(new Change.ValueChanged("Device.A", "", "39".repeat(length)));
        assertThat(Files.size(file)).isLessThan(3L * length);
    }
}
