// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.TwinChange;
import dev.pharos.controller.twin.Twins;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventWriterTest {
    private static final EndpointId ID = EndpointId.of("proto::writer");
    private static final String PATH = "Device.X.Y";

    private final Stores stores = InMemoryStores.create();
    private final Twins twins = new Twins(stores.twins(), Clock.systemUTC());
    private final Counters counters = new Counters();
    private final EventWriter writer = new EventWriter(stores.events(), twins, new Observers(), counters);

    @BeforeEach
    void a_device() {
        stores.devices().create(DeviceRecord.unseen(ID, true, false, Instant.now()));
    }

    private NewEvent event(String value, String key) {
        return new NewEvent(
                new DeviceEvent(
                        Instant.now(), Optional.of(ID), EventKind.VALUE_CHANGE, PATH, "", value, Map.of(), "s", value),
                key);
    }

    private void write(String value, String key, EventWriter.Outcome outcome) {
        writer.write(
                event(value, key),
                Optional.of(new TwinChange.Values(List.of(twins.value(PATH, value, TwinValue.Source.NOTIFY)))),
                outcome);
    }

    /// Tells it when it is kept.
    private record Told(ConcurrentLinkedQueue<String> lines, CountDownLatch left, String name)
            implements EventWriter.Outcome {
        @Override
        public void stored(Appended appended) {
            lines.add(name + (appended.duplicate() ? " again" : ""));
            left.countDown();
        }

        @Override
        public void failed(String why) {
            lines.add(name + " failed: " + why);
            left.countDown();
        }
    }

    @Test
    void each_is_told_in_the_order_in_which_they_came_when_the_twin_has_it_and_a_repeated_one_does_not_change_it()
            throws Exception {
        int events = 2_000;
        CountDownLatch left = new CountDownLatch(events + 1);
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> behind = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < events; i++) {
            int mine = i;
            EventWriter.Outcome one = new Told(told, left, Integer.toString(i));
            write(Integer.toString(i), "key " + i, new EventWriter.Outcome() {
                @Override
                public void stored(Appended appended) {
                    int known = Integer.parseInt(
                            stores.twins().find(ID, PATH).map(TwinValue::value).orElse("-1"));
                    if (known < mine) {
                        behind.add(mine + " was told while the twin had " + known);
                    }
                    one.stored(appended);
                }

                @Override
                public void failed(String why) {
                    one.failed(why);
                }
            });
        }
        write("0", "key 0", new Told(told, left, "0"));
        writer.start();
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        writer.close();
        assertThat(behind).isEmpty();
        assertThat(told).hasSize(events + 1).startsWith("0", "1", "2").endsWith((events - 1) + "", "0 again");
        assertThat(stores.twins().find(ID, PATH)).map(TwinValue::value).contains((events - 1) + "");
        assertThat(counters.value(Counter.EVENTS_STORED)).isEqualTo(events);
    }

    @Test
    void what_waits_is_told_before_it_ends_and_what_comes_after_is_refused() throws Exception {
        CountDownLatch left = new CountDownLatch(3);
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        write("1", "", new Told(told, left, "first"));
        write("2", "", new Told(told, left, "second"));
        writer.start();
        writer.close();
        assertThat(told).containsExactly("first", "second");
        write("3", "", new Told(told, left, "late"));
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(told).containsExactly("first", "second", "late failed: the Controller stops");
    }

    @Test
    void where_the_store_of_events_fails_whoever_waits_is_told_and_the_twin_does_not_change() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        try (EventWriter broken = new EventWriter(new NoEvents(), twins, new Observers(), counters)) {
            broken.start();
            broken.write(
                    event("1", ""),
                    Optional.of(new TwinChange.Values(List.of(twins.value(PATH, "1", TwinValue.Source.NOTIFY)))),
                    new Told(told, left, "it"));
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(told).containsExactly("it failed: the disk is full");
        assertThat(stores.twins().find(ID, PATH)).isEmpty();
    }
}
