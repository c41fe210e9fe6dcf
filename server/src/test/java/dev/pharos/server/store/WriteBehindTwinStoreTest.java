// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.store.TwinValue.Source;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WriteBehindTwinStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final EndpointId ID = EndpointId.of("proto::behind");
    private static final String TABLE = "Device.WiFi.SSID.";

    private final PostgresTwinStore kept = new PostgresTwinStore(TestDatabase.database());

    @BeforeEach
    void known() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        new PostgresDeviceStore(TestDatabase.database()).create(DeviceRecord.unseen(ID, true, false, NOW));
    }

    @Test
    void what_was_read_is_seen_at_once_and_kept_soon() throws Exception {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            twins.putSoon(ID, List.of(value("1.SSID", "Home")));
            assertThat(twins.find(ID, TABLE + "1.SSID")).map(TwinValue::value).contains("Home");
            twins.putSoon(ID, List.of(value("1.SSID", "Work"), value("2.SSID", "Guest")));
            await(() -> kept.count(ID) == 2);
            assertThat(kept.list(ID, TABLE, 10)).extracting(TwinValue::value).containsExactly("Work", "Guest");
        }
    }

    @Test
    void a_change_is_kept_after_what_was_read_before_it() {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            twins.putSoon(ID, List.of(value("1.SSID", "read before"), value("2.SSID", "read before")));
            twins.put(ID, List.of(value("1.SSID", "set")));
            assertThat(kept.find(ID, TABLE + "1.SSID")).map(TwinValue::value).contains("set");
            twins.putSoon(ID, List.of(value("2.SSID", "read again")));
            twins.removeUnder(ID, TABLE + "2.");
            assertThat(kept.list(ID, "", 10)).extracting(TwinValue::value).containsExactly("set");
        }
    }

    @Test
    void an_answer_that_holds_everything_forgets_what_is_gone() {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            twins.putSoon(ID, List.of(value("1.SSID", "a"), value("2.SSID", "b")));
            twins.replaceUnderSoon(ID, TABLE, List.of(value("2.SSID", "c")));
            assertThat(twins.list(ID, "", 10)).extracting(TwinValue::value).containsExactly("c");
            twins.replaceUnderSoon(ID, TABLE, List.of());
            assertThat(twins.count(ID)).isZero();
        }
    }

    @Test
    void answers_of_many_devices_are_kept_as_each_gave_them() {
        PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
        List<EndpointId> many = IntStream.range(0, 2 * Limits.TWINS_TOGETHER + 7)
                .mapToObj(i -> EndpointId.of("proto::many-" + i))
                .toList();
        many.forEach(id -> devices.create(DeviceRecord.unseen(id, true, false, NOW)));
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            for (EndpointId id : many) {
                kept.put(id, List.of(value("1.SSID", "before"), value("3.SSID", "gone"), value("3.N", "gone")));
                twins.putSoon(id, List.of(value("2.SSID", "lost again"), value("1.SSID", "read")));
                twins.replaceUnderSoon(id, TABLE, List.of(value("1.SSID", id.toString())));
                twins.putSoon(id, List.of(value("4.SSID", "last")));
            }
            for (EndpointId id : many) {
                twins.awaitKept(id);
                assertThat(kept.list(id, "", 10)).extracting(TwinValue::value).containsExactly(id.toString(), "last");
            }
            assertThat(twins.waiting()).isZero();
        }
    }

    @Test
    void who_needs_it_kept_is_told_when_it_is_not() throws Exception {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept, Duration.ofMillis(1))) {
            twins.awaitKept(ID);
            rename("twin", "twin_away");
            try {
                twins.putSoon(ID, List.of(value("1.SSID", "lost")));
                assertThatThrownBy(() -> twins.awaitKept(ID))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(ID.toString());
            } finally {
                rename("twin_away", "twin");
            }
        }
    }

    @Test
    void what_waits_is_kept_when_the_server_stops() {
        WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept);
        twins.putSoon(ID, List.of(value("1.SSID", "Home")));
        twins.close();
        assertThat(kept.count(ID)).isEqualTo(1);
        twins.putSoon(ID, List.of(value("2.SSID", "after the end")));
        assertThat(kept.count(ID)).isEqualTo(2);
    }

    @Test
    void more_than_may_wait_is_kept_at_once() {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            TwinValue[] many = new TwinValue[Limits.UNKEPT_VALUES + 1];
            for (int i = 0; i < many.length; i++) {
                many[i] = value("1.P" + i, "x");
            }
            twins.putSoon(ID, List.of(many));
            assertThat(kept.count(ID)).isEqualTo(many.length);
        }
    }

    @Test
    void readers_and_writers_of_one_device_do_not_lose_each_others_values() throws Exception {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept);
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int person = 0; person < 8; person++) {
                String own = (person + 1) + ".N";
                people.execute(() -> {
                    for (int i = 0; i < 100; i++) {
                        twins.putSoon(ID, List.of(value(own, Integer.toString(i))));
                        if (i % 7 == 0) {
                            assertThat(twins.find(ID, TABLE + own))
                                    .map(TwinValue::value)
                                    .contains(Integer.toString(i));
                        }
                    }
                });
            }
            people.shutdown();
            assertThat(people.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(twins.list(ID, "", 20))
                    .hasSize(8)
                    .allMatch(value -> value.value().equals("99"));
        }
    }

    @Test
    void a_device_that_is_forgotten_leaves_nothing() {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            twins.putSoon(ID, List.of(value("1.SSID", "Home")));
            twins.delete(ID);
            assertThat(kept.count(ID)).isZero();
            EndpointId stranger = EndpointId.of("proto::stranger");
            twins.putSoon(stranger, List.of(value("1.SSID", "Home")));
            assertThatCode(() -> twins.count(stranger)).doesNotThrowAnyException();
            assertThat(twins.count(stranger)).isZero();
        }
    }

    @Test
    void what_a_database_cannot_take_for_a_while_waits_for_it() throws Exception {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept)) {
            rename("twin", "twin_away");
            try {
                twins.putSoon(ID, List.of(value("1.SSID", "Home")));
                assertThatThrownBy(() -> twins.find(ID, TABLE + "1.SSID")).isInstanceOf(StoreException.class);
                twins.putSoon(ID, List.of(value("2.SSID", "Guest")));
            } finally {
                rename("twin_away", "twin");
            }
            await(() -> kept.count(ID) == 2);
            await(() -> twins.waiting() == 0);
        }
    }

    @Test
    void what_a_database_never_takes_is_given_up_and_is_in_nobody_s_way() throws Exception {
        try (WriteBehindTwinStore twins = WriteBehindTwinStore.over(kept, Duration.ofMillis(1))) {
            rename("twin", "twin_away");
            try {
                twins.putSoon(ID, List.of(value("1.SSID", "lost")));
                await(() -> twins.waiting() == 0);
            } finally {
                rename("twin_away", "twin");
            }
            assertThat(twins.count(ID)).isZero();
            twins.putSoon(ID, List.of(value("2.SSID", "Guest")));
            await(() -> kept.count(ID) == 1);
        }
    }

    private static void rename(String table, String name) {
        TestDatabase.database().with(handle -> handle.execute("alter table " + table + " rename to " + name));
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static TwinValue value(String path, String value) {
        return new TwinValue(TABLE + path, value, false, NOW, Source.GET);
    }
}
