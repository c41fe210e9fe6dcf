// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.AttentionStore.FailingJob;
import dev.pharos.server.store.AttentionStore.Look;
import dev.pharos.server.store.AttentionStore.Reboots;
import dev.pharos.server.store.AttentionStore.Since;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What needs a look, counted in a real PostgreSQL.
final class AttentionStoreTest {
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Since SINCE = new Since(NOW.minus(Duration.ofHours(1)), NOW.minus(Duration.ofDays(1)));

    private final AttentionStore store = new AttentionStore(TestDatabase.database());
    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresEventStore events = new PostgresEventStore(TestDatabase.database());

    @BeforeEach
    void nothing_is_there() {
        TestDatabase.database().with(handle -> {
            handle.execute("delete from devices");
            handle.execute("delete from jobs");
            return handle.execute("delete from events");
        });
    }

    private static DeviceRecord device(String name, String software, Duration ago) {
        return DeviceRecord.unseen(EndpointId.of("proto::" + name), true, false, NOW.minus(Duration.ofDays(30)))
                .withIdentity(new DeviceIdentity("Maker", "00256D", "Box", "Class", name, "h1", software))
                .withLastSeen(NOW.minus(ago));
    }

    private static NewEvent event(String device, EventKind kind, String name, Duration ago) {
        return new NewEvent(
                new DeviceEvent(
                        NOW.minus(ago),
                        Optional.of(EndpointId.of("proto::" + device)),
                        kind,
                        "",
                        name,
                        "",
                        Map.of(),
                        "",
                        ""),
                "");
    }

    @Test
    void a_fleet_of_which_nothing_is_known_needs_no_look() {
        assertThat(store.look(SINCE)).isEqualTo(new Look(0, 0, 0, 0, 0, 0, 0, List.of(), List.of()));
    }

    @Test
    void devices_that_are_lost_broken_or_wait_are_counted_once_each() {
        devices.create(device("here", "1", Duration.ofMinutes(1)).withStatus(DeviceStatus.ONLINE, ""));
        devices.create(device("broken", "1", Duration.ofMinutes(1)).withStatus(DeviceStatus.ERROR, "why"));
        devices.create(device("lost-now", "1", Duration.ofMinutes(59)));
        devices.create(device("lost-today", "1", Duration.ofHours(23)));
        devices.create(device("lost-long-ago", "1", Duration.ofHours(25)));
        devices.create(device("waits", "1", Duration.ofDays(2)).withApproved(false));
        Look look = store.look(SINCE);
        assertThat(look.devices()).isEqualTo(6);
        assertThat(look.online()).isEqualTo(2);
        assertThat(look.lostLastHour()).isEqualTo(1);
        assertThat(look.lostLastDay()).isEqualTo(2);
        assertThat(look.errors()).isEqualTo(1);
        assertThat(look.waiting()).isEqualTo(1);
    }

    @Test
    void starts_of_the_last_day_are_counted_by_model_and_version_and_refusals_of_the_last_hour() {
        devices.create(device("a", "1.0", Duration.ZERO));
        devices.create(device("b", "2.0", Duration.ZERO));
        devices.create(device("c", "2.0", Duration.ZERO));
        List<NewEvent> told = new ArrayList<>(List.of(
                event("a", EventKind.EVENT, "Boot!", Duration.ofHours(25)),
                event("b", EventKind.EVENT, "Boot!", Duration.ofHours(23)),
                event("b", EventKind.EVENT, "Boot!", Duration.ofHours(2)),
                event("a", EventKind.EVENT, "Boot!", Duration.ofHours(2)),
                event("c", EventKind.EVENT, "Boot!", Duration.ofMinutes(2)),
                event("c", EventKind.EVENT, "TransferComplete!", Duration.ofMinutes(2)),
                event("x", EventKind.REFUSED, "", Duration.ofMinutes(61)),
                event("x", EventKind.REFUSED, "", Duration.ofMinutes(3))));
        events.append(told);
        Look look = store.look(SINCE);
        assertThat(look.reboots()).containsExactly(new Reboots("Box", "2.0", 2, 3), new Reboots("Box", "1.0", 1, 1));
        assertThat(look.refused()).isEqualTo(1);
    }

    @Test
    void jobs_with_devices_that_failed_are_told_of_until_a_day_after_their_end() {
        long open = job("goes on", null, "FAILED", "DONE", "WAITING");
        job("all well", null, "DONE", "WAITING");
        long ended = job("ended today", NOW.minus(Duration.ofHours(3)), "UNCERTAIN", "DONE");
        job("ended before", NOW.minus(Duration.ofHours(30)), "FAILED");
        assertThat(store.look(SINCE).jobs())
                .containsExactly(
                        new FailingJob(ended, "ended today", false, 0, 1, 2),
                        new FailingJob(open, "goes on", true, 1, 0, 3));
    }

    private static long job(String name, @org.jspecify.annotations.Nullable Instant ended, String... states) {
        return TestDatabase.database().inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into jobs (name, may_be_empty, steps, concurrency, per_minute, start_at, deadline,
                                retries, backoff_ms, repeat_uncertain, created, created_by, state, ended)
                            values (:name, true, '', 1, 0, :now, :now, 0, 0, false, :now, 'anna', 'RUNNING', :ended)
                            returning id
                            """)
                    .bind("name", name)
                    .bind("now", Storable.time(NOW))
                    .bind("ended", ended == null ? null : Storable.time(ended))
                    .mapTo(Long.class)
                    .one();
            for (int i = 0; i < states.length; i++) {
                handle.execute(
                        "insert into job_targets (job, device, state, due, changed) values (?, ?, ?, now(), now())",
                        id,
                        "proto::" + i,
                        states[i]);
            }
            return id;
        });
    }
}
