// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.acs.DoorAuthority;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ModuleChange;
import dev.pharos.controller.acs.ModuleOrder;
import dev.pharos.controller.acs.Notice;
import dev.pharos.controller.acs.Notices;
import dev.pharos.controller.acs.StateChange;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.migration.Migration;
import dev.pharos.controller.migration.MigrationPlan;
import dev.pharos.controller.migration.MigrationState;
import dev.pharos.controller.migration.ReturnReason;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Migrations and what they ask of devices, kept in a real PostgreSQL.
final class PostgresMigrationStoreTest {
    private static final EndpointId ID = EndpointId.of("os::00256D-one");
    private static final EndpointId US = EndpointId.of("self::pharos");
    private static final UspDoor WS = new UspDoor(
            US,
            "acs.example",
            8183,
            true,
            new UspDoor.Way.WebSocket("/usp"),
            Optional.of(new DoorAuthority("0A", "CN=\"Acme, Inc\"", "-----BEGIN CERTIFICATE-----\nAA==\n")));
    private static final UspDoor MQTT =
            new UspDoor(US, "::1", 1883, false, new UspDoor.Way.Mqtt("usp/controller/us", "usp/agent/it"));
    private static final UspDoor STOMP =
            new UspDoor(US, "acs.example", 61614, true, new UspDoor.Way.Stomp("/topic/us", "/topic/it"));
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123456Z");

    private final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    private final PostgresMigrationStore store = new PostgresMigrationStore(TestDatabase.database());

    @BeforeEach
    void one_device() {
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        devices.create(DeviceRecord.unseen(ID, true, false, NOW));
    }

    private static Migration migration(UspDoor door) {
        return Migration.of(
                ID,
                new MigrationPlan(
                        door,
                        new Crossing(door.transport(), true, Duration.ofSeconds(7), door.equals(MQTT)),
                        "some \"body\"",
                        OptionalLong.empty(),
                        "192.0.2.7:5"),
                NOW);
    }

    @Test
    void how_a_device_tells_of_changes_is_kept_with_the_device() {
        PostgresNoticeStore notices = new PostgresNoticeStore(TestDatabase.database());
        Notices first = new Notices(NOW, List.of(), "9000 no \u00e9");
        Notices second = new Notices(
                NOW.plusSeconds(1),
                List.of(
                        new Notice("Device.A", Notification.PASSIVE, Optional.of(Notification.ACTIVE), "9009 \"no\""),
                        new Notice("Device.B", Notification.PASSIVE_WITH_ACTIVE_LIGHTWEIGHT, Optional.empty(), "")),
                "");

        assertThat(notices.find(ID)).isEmpty();
        notices.put(ID, first);
        assertThat(notices.find(ID)).contains(first);
        notices.put(ID, second);
        assertThat(notices.find(ID)).contains(second);

        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
        assertThat(notices.find(ID)).isEmpty();
        notices.put(ID, second);
    }

    @Test
    void all_of_it_is_kept_step_by_step() {
        for (UspDoor door : List.of(WS, MQTT, STOMP)) {
            Migration first = migration(door);
            assertThat(store.begin(first)).isTrue();
            assertThat(store.find(ID)).contains(first);
            Migration second = first.withSeen(Map.of("Device.A", "odd \u00e9 \\ \u0000 '"))
                    .to(MigrationState.CONFIGURED, NOW.plusSeconds(1), "it is set up")
                    .withReason(ReturnReason.CALLED_BACK);
            assertThat(store.move(first, second)).isTrue();
            assertThat(store.find(ID).orElseThrow().seen()).containsEntry("Device.A", "odd \u00e9 \\ \ufffd '");
            assertThat(store.find(ID).orElseThrow().withSeen(second.seen())).isEqualTo(second);
            assertThat(store.open(10)).hasSize(1);
            Migration last = second.to(MigrationState.FAILED, NOW, "no");
            assertThat(store.move(second, last)).isTrue();
            assertThat(store.open(10)).isEmpty();
            assertThat(store.counts()).isEqualTo(Map.of(MigrationState.FAILED, 1L));
        }
    }

    @Test
    void of_two_who_go_on_from_the_same_step_one_does() {
        Migration first = migration(WS);
        store.begin(first);
        Migration one = first.to(MigrationState.CONFIGURED, NOW, "one");
        assertThat(store.move(first, one)).isTrue();
        assertThat(store.move(first, first.to(MigrationState.RETURNING, NOW, "another")))
                .isFalse();
        assertThat(store.find(ID)).contains(one);
    }

    @Test
    void one_that_has_not_led_back_is_not_begun_again_nor_one_of_a_stranger() {
        Migration first = migration(WS);
        assertThat(store.begin(first)).isTrue();
        assertThat(store.begin(first)).isFalse();
        Migration done = first.to(MigrationState.DONE, NOW, "moved");
        store.move(first, done);
        assertThat(store.begin(first)).isFalse();
        devices.delete(ID);
        assertThat(store.find(ID)).isEmpty();
        assertThat(store.begin(first)).isFalse();
        assertThat(store.move(first, done)).isFalse();
    }

    @Test
    void what_a_device_is_to_do_with_software_modules_waits_for_it_and_then_for_its_word() {
        PostgresErrandStore errands = new PostgresErrandStore(TestDatabase.database());
        FileLocation place = new FileLocation("https://acs.example/a.zip", "me", "word");
        Errand.ChangeModules change = new Errand.ChangeModules(
                "du-1",
                List.of(
                        new ModuleChange("Device.A()", "key", new DuOperation.Install(place, "u", "e")),
                        new ModuleChange("Device.B()", "", new DuOperation.Update("u", "1", place)),
                        new ModuleChange("Device.C()", "", new DuOperation.Uninstall("u", "1", "e"))));
        List<Errand> asked = List.of(
                change,
                new Errand.RequestStates(List.of(new StateChange("Device.D()", "key", "Device.E.1.", "Active"))),
                new Errand.CallMethod(new ScheduleInform(Duration.ofSeconds(4_294_967_295L), "k")),
                new Errand.CallMethod(new CancelTransfer("k")),
                new Errand.CallMethod(new GetAllQueuedTransfers()),
                new Errand.CallMethod(new GetOptions("o")),
                new Errand.CallMethod(new SetVouchers(List.of(Bytes.ofUtf8("one"), Bytes.ofHex("00ff")))));
        asked.forEach(errand -> assertThat(errands.add(ID, errand, NOW, 10)).isPresent());
        assertThat(errands.of(ID)).extracting(StoredErrand::errand).isEqualTo(asked);

        PostgresModuleOrders orders = new PostgresModuleOrders(TestDatabase.database());
        ModuleOrder order = new ModuleOrder("du-1", List.of(new ModuleOrder.Item("Device.A()", "key", "u")));
        orders.add(ID, order, 2);
        assertThat(orders.find(ID, "du-1")).contains(order);
        assertThat(orders.find(ID, "du-2")).isEmpty();
        orders.add(ID, new ModuleOrder("du-2", List.of()), 2);
        orders.add(ID, new ModuleOrder("du-3", List.of()), 2);
        assertThat(orders.find(ID, "du-1")).as("the oldest makes room").isEmpty();
        orders.remove(ID, "du-2");
        orders.remove(ID, "du-2");
        assertThat(orders.find(ID, "du-2")).isEmpty();
        assertThat(orders.find(ID, "du-3")).isPresent();
    }

    @Test
    void for_whom_something_waits_that_is_connected_over_usp_is_found_and_what_was_begun_is_counted() {
        PostgresErrandStore errands = new PostgresErrandStore(TestDatabase.database());
        StoredErrand one = errands.add(ID, new Errand.Restart(false), NOW, 10).orElseThrow();
        devices.update(
                ID, known -> known.withConnection("cwmp", "192.0.2.7", false).withStatus(DeviceStatus.ONLINE, ""));
        assertThat(errands.crossed(10)).as("over TR-069").isEmpty();
        devices.update(ID, known -> known.withConnection("websocket", "192.0.2.7", false));
        assertThat(errands.crossed(10)).containsExactly(ID);
        assertThat(errands.crossed(0)).isEmpty();

        assertThat(errands.attempted(one)).isTrue();
        assertThat(errands.attempted(one)).as("another has begun it").isFalse();
        StoredErrand begun = errands.of(ID).getFirst();
        assertThat(begun.attempts()).isEqualTo(1);
        assertThat(errands.attempted(begun)).isTrue();
        errands.untried(begun);
        assertThat(errands.of(ID)).containsExactly(begun);

        devices.update(ID, known -> known.withStatus(DeviceStatus.OFFLINE, "away"));
        assertThat(errands.crossed(10)).as("away").isEmpty();
        devices.update(ID, known -> known.withStatus(DeviceStatus.ONLINE, ""));
        errands.done(one);
        errands.untried(one);
        assertThat(errands.crossed(10)).as("nothing waits").isEmpty();
    }

    @Test
    void what_a_device_is_to_know_and_to_forget_waits_for_it() {
        PostgresErrandStore errands = new PostgresErrandStore(TestDatabase.database());
        Instant until = Instant.ofEpochSecond(NOW.getEpochSecond());
        List<Errand> asked = List.of(
                new Errand.MeetController(WS),
                new Errand.MeetController(MQTT),
                new Errand.LeaveController(STOMP),
                new Errand.FetchFile(
                        DownloadType.CONFIGURATION.text(),
                        "https://acs.example/f/1?key=s",
                        "k",
                        5_000_000_000L,
                        "all",
                        until,
                        Optional.of(until)),
                new Errand.SendFile(
                        new UploadType(UploadType.Content.LOG, OptionalLong.of(2)).text(),
                        "https://acs.example/2",
                        "k",
                        until));
        asked.forEach(errand -> assertThat(errands.add(ID, errand, NOW, 10)).isPresent());
        assertThat(errands.of(ID)).extracting(StoredErrand::errand).isEqualTo(asked);
    }
}
