// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresEventStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");
    private static final EndpointId ID = EndpointId.of("proto::events");

    private final PostgresEventStore store = new PostgresEventStore(TestDatabase.database());

    @BeforeEach
    void empty() {
        TestDatabase.database().with(handle -> handle.execute("delete from events"));
        TestDatabase.database().with(handle -> handle.execute("delete from event_keys"));
    }

    @Test
    void an_event_comes_out_as_it_went_in_newest_first() {
        DeviceEvent first = event(NOW, "1");
        DeviceEvent second = DeviceEvent.of(NOW, Optional.empty(), EventKind.REFUSED, "a stranger was refused");
        List<Appended> appended = store.append(List.of(new NewEvent(first, ""), new NewEvent(second, "")));
        assertThat(appended).extracting(Appended::duplicate).containsExactly(false, false);
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 10))
                .extracting(StoredEvent::event)
                .containsExactly(second, first);
        assertThat(store.newest(Optional.of(ID), Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(store.after(appended.getFirst().stored().seq(), Optional.empty(), 10))
                .containsExactly(appended.getLast().stored());
    }

    @Test
    void texts_that_mean_something_to_arrays_are_texts() {
        List<String> odd = List.of("NULL", "", "{}", "a,b", "\"", "\\", "'", " ");
        store.append(
                odd.stream().map(text -> new NewEvent(event(NOW, text), "")).toList());
        assertThat(store.after(0, Optional.of(ID), 10))
                .extracting(stored -> stored.event().value())
                .containsExactlyElementsOf(odd);
    }

    @Test
    void an_event_that_is_larger_than_what_is_sent_at_once_is_whole_and_those_beside_it() {
        List<String> sizes = List.of("x".repeat(70_000), "é".repeat(65_536), "", "y".repeat(65_535), "z");
        store.append(
                sizes.stream().map(text -> new NewEvent(event(NOW, text), text)).toList());
        assertThat(store.after(0, Optional.of(ID), 10))
                .extracting(stored -> stored.event().value())
                .containsExactlyElementsOf(sizes);
    }

    @Test
    void what_was_told_before_its_key_became_shorter_is_recognised() {
        DataSource source = TestDatabase.empty("keys_before");
        try (Database before = Database.openAt(source, 55)) {
            before.with(handle -> handle.execute(
                    "insert into event_keys (key, seq, time) values (?, 7, ?)",
                    Storable.hash("told before"),
                    Storable.time(NOW)));
        }
        try (Database now = Database.open(source)) {
            assertThat(new PostgresEventStore(now)
                            .append(List.of(
                                    new NewEvent(event(NOW, "1"), "told before"),
                                    new NewEvent(event(NOW, "1"), "not told"))))
                    .extracting(Appended::duplicate)
                    .containsExactly(true, false);
        }
    }

    @Test
    void what_comes_twice_is_stored_once_within_a_batch_and_across() {
        Appended original =
                store.append(List.of(new NewEvent(event(NOW, "1"), "key"))).getFirst();
        List<Appended> again = store.append(List.of(
                new NewEvent(event(NOW.plusSeconds(5), "1"), "key"),
                new NewEvent(event(NOW, "2"), "other"),
                new NewEvent(event(NOW, "2"), "other")));
        assertThat(again).extracting(Appended::duplicate).containsExactly(true, false, true);
        assertThat(again.getFirst().stored()).isEqualTo(original.stored());
        assertThat(again.get(2).stored()).isEqualTo(again.get(1).stored());
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void the_same_key_a_day_later_is_a_new_event() {
        store.append(List.of(new NewEvent(event(NOW, "1"), "key")));
        assertThat(store.append(List.of(new NewEvent(event(NOW.plusSeconds(86_500), "1"), "key")))
                        .getFirst()
                        .duplicate())
                .isFalse();
    }

    @Test
    void equal_keys_of_many_writers_at_once_make_one_event() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            writers.add(Thread.ofVirtual().start(() -> store.append(List.of(new NewEvent(event(NOW, "1"), "one")))));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void a_nul_in_a_value_does_not_stop_an_event_from_being_stored() {
        store.append(List.of(new NewEvent(event(NOW, "a\0b"), "k\0")));
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 1)
                        .getFirst()
                        .event()
                        .value())
                .isEqualTo("a\uFFFDb");
    }

    @Test
    void old_months_go_whole_and_the_rest_by_row() {
        store.append(List.of(
                new NewEvent(event(Instant.parse("2025-01-15T00:00:00Z"), "1"), ""),
                new NewEvent(event(Instant.parse("2025-02-03T00:00:00Z"), "2"), ""),
                new NewEvent(event(Instant.parse("2025-02-20T00:00:00Z"), "3"), "")));
        store.deleteBefore(Instant.parse("2025-02-10T00:00:00Z"));
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 10))
                .extracting(stored -> stored.event().value())
                .containsExactly("3");
        store.append(List.of(new NewEvent(event(Instant.parse("2025-01-16T00:00:00Z"), "4"), "")));
        assertThat(store.countSince(Instant.EPOCH, EnumSet.of(EventKind.VALUE_CHANGE)))
                .isEqualTo(2);
        assertThat(store.countSince(Instant.EPOCH, EnumSet.of(EventKind.ONLINE)))
                .isZero();
    }

    @Test
    void where_one_event_cannot_be_stored_none_is() {
        DeviceEvent impossible =
                event(Instant.parse("9999-12-31T00:00:00Z").plusSeconds(400L * 365 * 86_400 * 1_000), "x");
        assertThatThrownBy(() ->
                        store.append(List.of(new NewEvent(event(NOW, "1"), "kept"), new NewEvent(impossible, ""))))
                .isInstanceOf(StoreException.class);
        assertThat(store.newest(Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store.append(List.of(new NewEvent(event(NOW, "1"), "kept")))
                        .getFirst()
                        .duplicate())
                .isFalse();
    }

    private static DeviceEvent event(Instant time, String value) {
        return new DeviceEvent(
                time,
                Optional.of(ID),
                EventKind.VALUE_CHANGE,
                "Device.WiFi.SSID.1.SSID",
                "",
                value,
                Map.of("a", "1"),
                "pharos-values",
                "the value changed");
    }
}
