// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.server.store.TimelineStore.Kind;
import dev.pharos.server.store.TimelineStore.Page;
import dev.pharos.server.store.TimelineStore.Position;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The timeline of a device over the tables of a real PostgreSQL.
final class TimelineStoreTest {
    private static final EndpointId ONE = EndpointId.of("os::00256D-timeline");
    private static final EndpointId TWO = EndpointId.of("os::00256D-untold");
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123456Z");
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private final TimelineStore store = new TimelineStore(TestDatabase.database());

    @BeforeEach
    void a_day_of_two_devices() {
        TestDatabase.database().inTransaction(handle -> {
            handle.execute("delete from devices");
            handle.execute("delete from jobs");
            handle.execute("delete from audit");
            return handle.execute("delete from events");
        });
        PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
        devices.create(DeviceRecord.unseen(ONE, true, false, NOW));
        devices.create(DeviceRecord.unseen(TWO, true, false, NOW));
        for (EndpointId device : List.of(ONE, TWO)) {
            tell(0, device, EventKind.ONLINE, "", Map.of(), "came online");
            edit(1, device.toString(), "set");
            job(2, device, "", "DONE", "Look");
            tell(3, device, EventKind.VALUE_CHANGE, "Device.DeviceInfo.SoftwareVersion", Map.of(), "");
            diagnose(4, device);
            tell(5, device, EventKind.ALARM, "", Map.of("alarm", "17"), "alarm 17 is raised");
            job(6, device, "upgrade 3 key", "RUNNING", "To 2.0");
            tell(7, device, EventKind.JOB, "", Map.of("version", "2.0"), "firmware: the device fetches it");
            tell(8, device, EventKind.EVENT, "Device.", Map.of("FirmwareUpdated", "true"), "started");
        }
        edit(9, "", "set role");
    }

    private static Instant at(int second) {
        return NOW.plusSeconds(second);
    }

    private static void tell(
            int second, EndpointId device, EventKind kind, String path, Map<String, String> args, String text) {
        DeviceEvent event = new DeviceEvent(at(second), Optional.of(device), kind, path, "", "2.0", args, "", text);
        new PostgresEventStore(TestDatabase.database()).append(List.of(new NewEvent(event, "")));
    }

    private static void edit(int second, String device, String action) {
        new AuditStore(TestDatabase.database()).add(new Entry(at(second), "anna", action, device, "of " + action));
    }

    private static void job(int second, EndpointId device, String work, String state, String name) {
        TestDatabase.database()
                .with(handle -> handle.createUpdate("""
                        with j as (
                            insert into jobs (name, may_be_empty, steps, concurrency, per_minute, start_at, deadline,
                                retries, backoff_ms, repeat_uncertain, created, created_by, state, work)
                            values (:name, false, '', 1, 1, now(), now(), 0, 0, false, now(), 'ben', 'RUNNING',
                                nullif(:work, ''))
                            returning id)
                        insert into job_targets (job, device, state, step, due, why, changed)
                        select id, :device, :state, 1, now(), 'so it is', :at from j
                        """)
                        .bind("name", name)
                        .bind("work", work)
                        .bind("device", device.toString())
                        .bind("state", state)
                        .bind("at", Storable.time(at(second)))
                        .execute());
    }

    private static void diagnose(int second, EndpointId device) {
        TestDatabase.database().with(handle -> handle.execute("""
                        insert into diagnostics (device_no, kind, command_key, state, begun, begun_by, request, inputs,
                            outputs, fault)
                        select no, 'ping', 'timeline-' || id, 'running', ?, 'anna', '', '{"Host": "192.0.2.1"}', '{}', ''
                        from devices where id = ?
                        """, Storable.time(at(second)), device.toString()));
    }

    private static List<String> words(List<TimelineStore.Entry> entries) {
        return entries.stream()
                .map(each -> each.kind().text() + ": " + each.title() + ", " + each.text())
                .toList();
    }

    @Test
    void everything_of_one_device_is_one_list_newest_first_and_nothing_of_another() {
        Page page = store.page(ONE, ALL, Position.START, 100);
        assertThat(words(page.entries()))
                .containsExactly(
                        "firmware: Event, started",
                        "firmware: job, firmware: the device fetches it",
                        "firmware: To 2.0, so it is",
                        "alarm: alarm, alarm 17 is raised",
                        "diagnostic: ping, 192.0.2.1",
                        "firmware: ValueChange, Device.DeviceInfo.SoftwareVersion 2.0",
                        "job: Look, so it is",
                        "edit: set, of set",
                        "event: online, came online");
        assertThat(page.next()).isEmpty();
        assertThat(page.entries()).extracting(TimelineStore.Entry::time).first().isEqualTo(at(8));
        TimelineStore.Entry upgrade = page.entries().get(2);
        assertThat(upgrade.state()).isEqualTo("running");
        assertThat(upgrade.by()).isEqualTo("ben");
        assertThat(upgrade.step()).hasValue(1);
        assertThat(upgrade.id()).isEqualTo("j" + upgrade.number().orElseThrow());
        assertThat(page.entries().get(3).number()).hasValue(17);
        assertThat(page.entries().get(5).path()).isEqualTo("Device.DeviceInfo.SoftwareVersion");
        assertThat(page.entries().get(7).by()).isEqualTo("anna");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 9})
    void pages_one_after_the_other_are_the_whole_list(int limit) {
        List<TimelineStore.Entry> all =
                store.page(ONE, ALL, Position.START, 100).entries();
        List<TimelineStore.Entry> paged = new ArrayList<>();
        Optional<Position> next = Optional.of(Position.START);
        while (next.isPresent()) {
            Page page =
                    store.page(ONE, ALL, Position.parse(next.get().toString()).orElseThrow(), limit);
            assertThat(page.entries()).hasSizeBetween(1, limit);
            paged.addAll(page.entries());
            next = page.next();
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void a_filter_shows_its_kinds_alone() {
        for (Kind kind : Kind.values()) {
            assertThat(store.page(ONE, EnumSet.of(kind), Position.START, 100).entries())
                    .as(kind.text())
                    .isNotEmpty()
                    .allMatch(each -> each.kind() == kind);
        }
        assertThat(store.page(ONE, EnumSet.noneOf(Kind.class), Position.START, 100)
                        .entries())
                .isEmpty();
    }

    @Test
    void what_people_did_under_a_name_of_before_is_the_devices_too() {
        edit(20, "os::00256D-before", "replace");
        assertThat(store.page(ONE, EnumSet.of(Kind.EDIT), Position.START, 9).entries())
                .hasSize(1);
        TestDatabase.database()
                .with(handle -> handle.execute(
                        "insert into device_unions (former, device_no, since) select 'os::00256D-before', no, now()"
                                + " from devices where id = ?",
                        ONE.toString()));
        assertThat(words(store.page(ONE, EnumSet.of(Kind.EDIT), Position.START, 9)
                        .entries()))
                .containsExactly("edit: replace, of replace", "edit: set, of set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "1.2.3.4", "1.2.3.4.x", "1.2.3.-4.5", "1.2.3.9223372036854775807.5", "1.2.3.4.5.6", "...."})
    void what_is_no_position_is_told_from_one(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }
}
