// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.FleetHistoryStore.Counted;
import dev.pharos.server.store.FleetHistoryStore.Past;
import dev.pharos.server.store.FleetHistoryStore.Span;
import dev.pharos.server.store.FleetHistoryStore.What;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The fleet over time, counted in a real PostgreSQL.
final class FleetHistoryStoreTest {
    private static final Instant TEN = Instant.parse("2026-06-01T10:00:00Z");
    private static final Span MORNING = new Span(TEN.minus(Duration.ofHours(2)), TEN, Duration.ofHours(1));

    private final FleetHistoryStore store = new FleetHistoryStore(TestDatabase.database());
    private final PostgresEventStore events = new PostgresEventStore(TestDatabase.database());

    @BeforeEach
    void nothing_is_there() {
        TestDatabase.database().with(handle -> {
            handle.execute("delete from devices");
            handle.execute("delete from jobs");
            return handle.execute("delete from events");
        });
    }

    private static NewEvent event(EventKind kind, String name, int minutesBefore) {
        Optional<EndpointId> device = Optional.of(EndpointId.of("proto::a"));
        Instant time = TEN.minus(Duration.ofMinutes(minutesBefore));
        return new NewEvent(new DeviceEvent(time, device, kind, "", name, "", Map.of(), "", ""), "");
    }

    @Test
    void a_fleet_to_which_nothing_happened_has_no_counts() {
        assertThat(store.past(MORNING)).isEqualTo(new Past(List.of(), true));
    }

    @Test
    void events_are_counted_by_step_kind_and_model_and_those_outside_of_the_span_are_not() {
        new PostgresDeviceStore(TestDatabase.database())
                .create(DeviceRecord.unseen(EndpointId.of("proto::a"), true, false, TEN)
                        .withIdentity(new DeviceIdentity("Maker", "00256D", "Box", "Class", "a", "h1", "1")));
        events.append(List.of(
                event(EventKind.OFFLINE, "", 121),
                event(EventKind.OFFLINE, "", 120),
                event(EventKind.ONLINE, "", 61),
                event(EventKind.EVENT, "Boot!", 60),
                event(EventKind.EVENT, "Boot!", 1),
                event(EventKind.EVENT, "TransferComplete!", 1),
                event(EventKind.REFUSED, "", 1),
                event(EventKind.ONLINE, "", 0)));
        Instant eight = TEN.minus(Duration.ofHours(2));
        Instant nine = TEN.minus(Duration.ofHours(1));
        assertThat(store.past(MORNING).counts())
                .containsExactly(
                        new Counted(eight, What.CAME, "", 1),
                        new Counted(eight, What.LOST, "", 1),
                        new Counted(nine, What.REFUSED, "", 1),
                        new Counted(nine, What.STARTED, "Box", 2));
    }

    @Test
    void devices_on_which_a_job_failed_are_counted_when_it_did() {
        TestDatabase.database().with(handle -> {
            long job = handle.createQuery("""
                            insert into jobs (name, may_be_empty, steps, concurrency, per_minute, start_at, deadline,
                                retries, backoff_ms, repeat_uncertain, created, created_by, state)
                            values ('x', true, '', 1, 0, now(), now(), 0, 0, false, now(), 'me', 'RUNNING')
                            returning id""").mapTo(Long.class).one();
            return handle.createUpdate("""
                            insert into job_targets (job, device, state, due, changed)
                            values (:job, 'proto::a', 'FAILED', :at, :at), (:job, 'proto::b', 'DONE', :at, :at),
                                   (:job, 'proto::c', 'FAILED', :late, :late)""")
                    .bind("job", job)
                    .bind("at", Storable.time(TEN.minusSeconds(1)))
                    .bind("late", Storable.time(TEN))
                    .execute();
        });
        assertThat(store.past(MORNING).counts())
                .containsExactly(new Counted(TEN.minus(Duration.ofHours(1)), What.FAILED, "", 1));
    }
}
