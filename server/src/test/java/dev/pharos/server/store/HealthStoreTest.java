// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.health.HealthFacts;
import dev.pharos.controller.health.HealthRules;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Health in a real PostgreSQL.
final class HealthStoreTest {
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    private final HealthStore store = new HealthStore(TestDatabase.database());
    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresTwinStore twins = new PostgresTwinStore(TestDatabase.database());
    private final PostgresEventStore events = new PostgresEventStore(TestDatabase.database());

    @BeforeEach
    void nothing_is_there() {
        TestDatabase.database().with(handle -> {
            handle.execute("delete from devices");
            handle.execute("delete from alarms");
            return handle.execute("delete from events");
        });
    }

    private EndpointId device(String name) {
        EndpointId id = EndpointId.of("proto::" + name);
        return devices.create(DeviceRecord.unseen(id, true, false, NOW)
                        .withStatus(DeviceStatus.ONLINE, "")
                        .withOnboarded(true))
                .id();
    }

    private void told(EndpointId device, EventKind kind, String name, Duration ago) {
        events.append(List.of(new NewEvent(
                new DeviceEvent(
                        NOW.minus(ago), Optional.of(device), kind, "", name, "", Map.of(), "", "something happened"),
                "")));
    }

    private OptionalInt score(EndpointId id) {
        return devices.find(id).orElseThrow().health();
    }

    private List<String> found(String query) throws QueryException {
        return devices
                .list(new DeviceQuery(QueryParser.parse(query), DeviceQuery.Sort.ID, false, 100, ""))
                .items()
                .stream()
                .map(each -> each.id().toString())
                .toList();
    }

    @Test
    void what_is_known_of_a_device_is_its_own_and_of_the_last_day() {
        EndpointId id = device("a");
        EndpointId other = device("b");
        told(id, EventKind.EVENT, "Boot!", Duration.ofHours(1));
        told(id, EventKind.EVENT, "Boot!", Duration.ofHours(2));
        told(id, EventKind.EVENT, "Boot!", Duration.ofHours(25));
        told(id, EventKind.OFFLINE, "", Duration.ofHours(3));
        told(other, EventKind.EVENT, "Boot!", Duration.ofHours(1));
        twins.put(
                id,
                List.of(
                        new TwinValue("Device.WiFi.Radio.12.Status", "Down", false, NOW, TwinValue.Source.GET),
                        new TwinValue("Device.WiFi.Radio.12.Stats.Errors", "1", false, NOW, TwinValue.Source.GET),
                        new TwinValue("Device.Time.Enable", "false", false, NOW, TwinValue.Source.GET)));
        TestDatabase.database().with(handle -> {
            String alarm = "insert into alarms (rule_name, severity, subject, text, raised, cleared, muted_until)"
                    + " values ('r', 'MINOR', ?, 't', now(), ?, ?)";
            handle.execute(alarm, id.toString(), null, null);
            handle.execute(alarm, id.toString(), Storable.time(NOW), null);
            return handle.execute(alarm, id.toString(), null, Storable.time(NOW.plusSeconds(60)));
        });

        HealthFacts facts = store.facts(id, NOW).orElseThrow();

        assertThat(facts.device().id()).isEqualTo(id);
        assertThat(facts.starts()).isEqualTo(2);
        assertThat(facts.losses()).isEqualTo(1);
        assertThat(facts.alarms()).isEqualTo(1);
        assertThat(facts.values()).extracting(TwinValue::path).containsExactly("Device.WiFi.Radio.12.Status");
    }

    @Test
    void a_look_keeps_scores_by_which_queries_find_devices() throws Exception {
        EndpointId well = device("well");
        EndpointId lost = device("lost");
        devices.update(lost, each -> each.withStatus(DeviceStatus.OFFLINE, ""));
        EndpointId unread = EndpointId.of("proto::unread");
        devices.create(DeviceRecord.unseen(unread, true, false, NOW));
        assertThat(found("health >= 0")).isEmpty();

        assertThat(store.look(0, NOW)).isEqualTo(OptionalLong.empty());

        assertThat(score(well)).hasValue(100);
        assertThat(score(lost)).hasValue(50);
        assertThat(score(unread)).isEmpty();
        assertThat(found("health < 60")).containsExactly("proto::lost");
        assertThat(found("health >= 100")).containsExactly("proto::well");
        assertThat(found("not health < 60")).containsExactly("proto::unread", "proto::well");
        assertThat(HealthRules.judge(store.facts(lost, NOW).orElseThrow()).score())
                .isEqualTo(50);
        assertThat(store.facts(unread, NOW)).isEmpty();

        devices.update(lost, each -> each.withApproved(false));
        store.look(0, NOW);
        assertThat(score(lost)).as("nothing is known of it").isEmpty();
    }

    @Test
    void a_fleet_is_looked_at_in_parts() {
        for (int i = 0; i < Limits.HEALTH_AT_ONCE + 3; i++) {
            device("d" + i);
        }
        OptionalLong after = store.look(0, NOW);
        assertThat(after).isPresent();
        assertThat(store.look(after.getAsLong(), NOW)).isEmpty();
        assertThat(TestDatabase.database()
                        .<Integer>with(handle -> handle.select("select count(*) from devices where health = 100")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(Limits.HEALTH_AT_ONCE + 3);
    }

    @Test
    void a_device_that_changes_at_this_moment_is_left_for_the_next_look() {
        EndpointId id = device("busy");
        TestDatabase.database().inTransaction(handle -> {
            handle.execute("select 1 from devices where id = ? for update", id.toString());
            // a thread has one transaction
            assertThat(CompletableFuture.supplyAsync(() -> store.look(0, NOW)).join())
                    .isEmpty();
            return true;
        });
        assertThat(score(id)).isEmpty();
        store.look(0, NOW);
        assertThat(score(id)).hasValue(100);
    }
}
