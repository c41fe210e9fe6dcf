// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers on one database, by what each writes and reads of the other.
final class ServerRollTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final EndpointId ID = EndpointId.of("self::shared");

    private final AtomicLong nanos = new AtomicLong();
    private final Database database = TestDatabase.database();
    private final ServerRoll one = new ServerRoll(database, "one", nanos::get);
    private final ServerRoll other = new ServerRoll(database, "other", nanos::get);
    private final PostgresDeviceStore atOne = new PostgresDeviceStore(database, one);
    private final PostgresDeviceStore atOther = new PostgresDeviceStore(database, other);
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();

    @BeforeEach
    void bothRun() {
        database.with(handle -> handle.execute("delete from devices"));
        database.with(handle -> handle.execute("delete from servers"));
        one.tell(new ServerRoll.News(ended::incrementAndGet, returned::incrementAndGet));
        one.beat();
        other.beat();
        one.beat();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        returned.set(0);
        atOne.create(DeviceRecord.unseen(ID, true, false, NOW));
    }

    @AfterEach
    void nobodyRuns() {
        database.with(handle -> handle.execute("delete from servers"));
    }

    private static void online(PostgresDeviceStore by) {
        by.update(
                ID,
                device -> device.withConnection("mqtt", "mqtt://broker:1883 usp/agent/x", false)
                        .withStatus(DeviceStatus.ONLINE, ""));
    }

    private void silent(String server) {
        database.with(
                handle -> handle.execute("update servers set seen = now() - interval '30 s' where name = ?", server));
    }

    private boolean online() {
        return atOne.find(ID).orElseThrow().online();
    }

    @Test
    void whom_another_has_is_not_taken_for_offline_when_one_starts_or_loses_its_own_connection() {
        online(atOther);
        assertThat(atOne.elsewhere(List.of(ID))).containsExactly(ID);
        assertThat(atOther.elsewhere(List.of(ID))).isEmpty();
        assertThat(atOne.markAllOffline("started")).isZero();
        assertThat(atOne.release(ID, false)).isTrue();
        assertThat(atOne.adopt(10)).isEmpty();
        assertThat(online()).isTrue();

        assertThat(atOther.markAllOffline("started")).isEqualTo(1);
        assertThat(online()).isFalse();
    }

    @Test
    void whom_one_that_has_ended_had_comes_to_another_once() {
        online(atOther);
        silent("other");
        assertThat(atOne.elsewhere(List.of(ID))).isEmpty();
        one.beat();
        assertThat(ended).hasValue(1);
        assertThat(atOne.adopt(10)).extracting(DeviceRecord::id).containsExactly(ID);
        assertThat(atOne.adopt(10)).isEmpty();
        other.beat();
        assertThat(atOther.elsewhere(List.of(ID))).containsExactly(ID);
    }

    @Test
    void whom_one_has_lost_sight_of_is_for_another_to_look_after_where_it_can_reach_it() {
        online(atOne);
        assertThat(atOne.release(ID, false)).as("nobody else can reach it").isFalse();
        assertThat(atOne.release(ID, true)).isTrue();
        assertThat(online()).isTrue();
        assertThat(atOne.adopt(10)).isEmpty();
        other.beat();
        assertThat(atOther.adopt(10)).extracting(DeviceRecord::id).containsExactly(ID);
    }

    @Test
    void one_that_was_silent_says_so_and_takes_nobody_over_before_the_others_had_the_time_to_speak() {
        online(atOther);
        silent("one");
        silent("other");
        one.beat();
        assertThat(returned).hasValue(1);
        assertThat(atOne.adopt(10)).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(21).toNanos());
        assertThat(atOne.adopt(10)).hasSize(1);
    }

    @Test
    void alone_a_server_leaves_nobody_to_others() {
        other.close();
        one.beat();
        online(atOne);
        assertThat(ended).hasValue(1);
        assertThat(atOne.handOver()).isFalse();
        assertThat(atOne.release(ID, true)).isFalse();
    }

    @Test
    void one_is_told_of_whom_it_hears_that_another_wrote_down_otherwise() {
        online(atOne);
        EndpointId removed = EndpointId.of("self::removed");
        assertThat(atOne.touch(Map.of(ID, NOW))).isEmpty();
        atOther.update(ID, device -> device.withStatus(DeviceStatus.OFFLINE, "it said goodbye"));
        assertThat(atOne.touch(Map.of(ID, NOW, removed, NOW))).containsExactlyInAnyOrder(ID, removed);
        online(atOther);
        atOther.update(ID, device -> device.withApproved(false));
        assertThat(atOne.touch(Map.of(ID, NOW))).containsExactly(ID);
    }
}
