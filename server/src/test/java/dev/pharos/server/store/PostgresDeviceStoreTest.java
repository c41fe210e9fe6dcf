// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceQuery.Sort;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresDeviceStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");

    private final PostgresDeviceStore store = new PostgresDeviceStore(TestDatabase.database());

    @BeforeEach
    void empty() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
    }

    @Test
    void a_device_comes_out_as_it_went_in() {
        DeviceRecord device = device("proto::a%2Fb.c", "Box \u0416")
                .withConnection("websocket", "127.0.0.1:5", true)
                .withStatus(DeviceStatus.ONBOARDING, "being learnt")
                .withProtocolVersions("1.3,1.4")
                .withModel("hash", 17)
                .withOnboarded(true)
                .withTags(List.of("lab", "two words, and a comma"));
        assertThat(store.create(device)).isEqualTo(device);
        assertThat(store.find(device.id())).contains(device);
        assertThat(store.create(device.withTags(List.of())))
                .as("the first stays")
                .isEqualTo(device);
    }

    @Test
    void writes_of_the_fleet_that_wait_leave_connections_to_everybody_else() throws Exception {
        EndpointId id = store.create(device("proto::busy", "Box")).id();
        CountDownLatch held = new CountDownLatch(1);
        Semaphore release = new Semaphore(0);
        try (ExecutorService fleet = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder = fleet.submit(() -> TestDatabase.database().inTransaction(handle -> {
                handle.execute("select 1 from devices where id = ? for update", id.toString());
                held.countDown();
                release.acquireUninterruptibly();
                return true;
            }));
            List<Future<?>> writes = new ArrayList<>();
            try {
                assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
                for (int i = 0; i < 3 * Limits.CONNECTIONS; i++) {
                    writes.add(fleet.submit(() ->
                            store.update(id, known -> known.withModel("", known.parameterCount() + 1))));
                }
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                // all that may, and the one that holds the row
                while (TestDatabase.database().activeConnections() < Limits.FLEET_CONNECTIONS + 1) {
                    assertThat(System.nanoTime()).isLessThan(end);
                    Thread.sleep(5);
                }
                assertThat(store.find(id)).isPresent();
                assertThat(TestDatabase.database().answers()).isTrue();
            } finally {
                release.release();
            }
            holder.get(30, TimeUnit.SECONDS);
            for (Future<?> write : writes) {
                write.get(30, TimeUnit.SECONDS);
            }
            assertThat(store.find(id)).map(DeviceRecord::parameterCount).contains(writes.size());
        }
    }

    @Test
    void an_update_is_one_step_however_many_run_at_once() throws Exception {
        EndpointId id = store.create(device("proto::count", "Box")).id();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> store.update(id, known -> known.withModel("", known.parameterCount() + 1))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(store.find(id)).map(DeviceRecord::parameterCount).contains(20);
        assertThat(store.update(EndpointId.of("proto::none"), known -> known)).isEmpty();
    }

    @Test
    void pages_go_through_all_devices_in_every_order_without_repetition() {
        for (int i = 0; i < 25; i++) {
            store.create(device("proto::d" + i, "Model " + i % 3).withLastSeen(NOW.plusSeconds(i / 2)));
        }
        for (Sort sort : Sort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                List<EndpointId> seen = new ArrayList<>();
                String cursor = "";
                DevicePage page;
                do {
                    page = store.list(new DeviceQuery(Condition.EVERYTHING, sort, descending, 4, cursor));
                    assertThat(page.total()).isEqualTo(25);
                    page.items().forEach(device -> seen.add(device.id()));
                    cursor = page.nextCursor().orElse("");
                } while (!cursor.isEmpty());
                assertThat(seen).hasSize(25).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        for (String cursor : List.of("%", "AAAA", "bm90IGEgdGltZQo")) {
            assertThatThrownBy(
                            () -> store.list(new DeviceQuery(Condition.EVERYTHING, Sort.LAST_SEEN, false, 4, cursor)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void who_was_online_is_offline_after_a_restart() {
        store.create(device("proto::one", "Box").withStatus(DeviceStatus.ONLINE, ""));
        store.create(device("proto::two", "Box"));
        assertThat(store.countOnline()).isEqualTo(1);
        assertThat(store.markAllOffline("the server was started")).isEqualTo(1);
        assertThat(store.countOnline()).isZero();
        assertThat(store.count()).isEqualTo(2);
    }

    @Test
    void who_comes_in_sessions_alone_is_as_it_was_after_a_restart() {
        EndpointId id = store.create(device("proto::one", "Box")
                        .withConnection(DeviceRecord.IN_SESSIONS, "192.0.2.7:5", false)
                        .withStatus(DeviceStatus.ONLINE, ""))
                .id();
        assertThat(store.markAllOffline("the server was started")).isZero();
        assertThat(store.find(id).orElseThrow().online()).isTrue();
    }

    @Test
    void a_sign_of_life_moves_last_seen_forward_only() {
        EndpointId id = store.create(device("proto::one", "Box")).id();
        store.touch(Map.of(id, NOW.plusSeconds(60)));
        store.touch(Map.of(id, NOW.minusSeconds(60)));
        assertThat(store.find(id)).map(DeviceRecord::lastSeen).contains(NOW.plusSeconds(60));
    }

    private static DeviceRecord device(String id, String model) {
        return DeviceRecord.unseen(EndpointId.of(id), true, false, NOW)
                .withIdentity(new DeviceIdentity("Maker", "00256D", model, "Class", "S1", "h1", "s1"));
    }
}
