// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole sessions between our own two ends, without HTTP between them.
class AcsOfficeTest {
    private static final EndpointId ID = EndpointId.of("ops::00256D-Box-S%201");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL_URL = "Device.ManagementServer.ConnectionRequestURL";
    private static final String UDP_ADDRESS = "Device.ManagementServer.UDPConnectionRequestAddress";
    private static final String CALL_NAME = "Device.ManagementServer.ConnectionRequestUsername";
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";

    private final ManualClock clock = ManualClock.standing();
    private final Stores stores = InMemoryStores.create();
    private final UspController controller =
            new UspController(ControllerSettings.of(stores).withClock(clock));
    private final Telephone calling = new Telephone();
    private final Map<EndpointId, String> logins = new HashMap<>();
    private final InMemoryErrands errands = new InMemoryErrands();
    private final AcsOffice office =
            controller.acs(new AcsOffice.Errands(errands, device -> Optional.ofNullable(logins.get(device)), calling));
    private final AtomicInteger drawn = new AtomicInteger();
    private final AcsSessions sessions = new AcsSessions(office, clock, () -> "c" + drawn.incrementAndGet());
    private final PaperDevice device = new PaperDevice();
    private final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, contents -> {});
    private Caller caller = new Caller("127.0.0.1:5", true, Optional.empty());

    AcsOfficeTest() throws IOException {
        controller.start();
    }

    @AfterEach
    void it_stops() {
        controller.close();
    }

    private Step.End session(StandardEvent... events) {
        for (StandardEvent event : events) {
            outbox.add(new EventStruct(event, ""));
        }
        return session(Integer.MAX_VALUE);
    }

    /// @param exchanges after which the device is gone
    private Step.End session(int exchanges) {
        return device.session(sessions, outbox, caller, exchanges);
    }

    /// Calls the one device that there is, which comes at once.
    private final class Telephone implements Calling {
        private final List<String> called = new ArrayList<>();
        private Optional<String> unmoved = Optional.empty();
        private boolean comes = true;

        @Override
        public Optional<Login> loginFor(EndpointId id) {
            return Optional.of(new Login("us", "our word"));
        }

        @Override
        public Optional<String> call(String url, Login login) {
            called.add(url + " " + login.username() + " " + login.password());
            if (unmoved.isEmpty() && comes) {
                session(StandardEvent.CONNECTION_REQUEST);
            }
            return unmoved;
        }

        @Override
        public Optional<String> callOverUdp(InetSocketAddress address, Login login) {
            called.add("udp " + address + " " + login.username());
            session(StandardEvent.CONNECTION_REQUEST);
            return Optional.empty();
        }
    }

    @Test
    void a_device_behind_a_nat_is_called_through_it_and_only_where_it_came_from() throws Exception {
        device.values.put(UDP_ADDRESS, "127.0.0.1:40000");
        canBeCalledAt("http://192.168.1.1:4567/x");
        assertThat(device.values).containsEntry(CALL_NAME, "us");
        assertThat(office.askNow(ID, new Errand.SetValues(Map.of("Device.A", "1")), PATIENCE))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).containsExactly("udp /127.0.0.1:40000 us");
        for (String wrong : List.of("192.0.2.9:40000", "127.0.0.1:0", "127.0.0.1:70000", "nowhere", ":1")) {
            device.values.put(UDP_ADDRESS, wrong);
            session(StandardEvent.BOOT);
            assertThat(office.askNow(ID, new Errand.SetValues(Map.of("Device.A", "2")), PATIENCE))
                    .isInstanceOfSatisfying(
                            Asked.Waits.class,
                            waits -> assertThat(waits.because()).contains("nor over UDP"));
        }
        assertThat(calling.called).hasSize(1);
    }

    @Test
    void who_answers_over_http_is_not_called_over_udp_too() throws Exception {
        device.values.put(UDP_ADDRESS, "127.0.0.1:40000");
        canBeCalledAt("http://127.0.0.1:4567/x");
        assertThat(office.askNow(ID, new Errand.SetValues(Map.of("Device.A", "1")), PATIENCE))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).containsExactly("http://127.0.0.1:4567/x us our word");
    }

    private void canBeCalledAt(String url) {
        device.values.put(CALL_URL, url);
        device.values.put(CALL_NAME, "");
        device.values.put("Device.ManagementServer.ParameterKey", "key 7");
        session(StandardEvent.BOOTSTRAP);
    }

    @Test
    void a_device_that_can_be_called_learns_our_login_once_and_comes_when_there_is_something() throws Exception {
        canBeCalledAt("http://127.0.0.1:4567/x");
        assertThat(device.values)
                .containsEntry(CALL_NAME, "us")
                .containsEntry("Device.ManagementServer.ConnectionRequestPassword", "our word");
        assertThat(((SetParameterValues) device.asked.getLast()).parameterKey()).isEqualTo("key 7");
        device.asked.clear();
        session(StandardEvent.BOOT);
        assertThat(device.asked).noneMatch(SetParameterValues.class::isInstance);
        assertThat(stores.twins().list(ID, "Device.", 1_000))
                .noneMatch(value -> value.value().equals("our word"));
        Asked asked = office.askNow(ID, new Errand.SetValues(Map.of("Device.A", "1")), PATIENCE);
        assertThat(asked).isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).containsExactly("http://127.0.0.1:4567/x us our word");
        assertThat(device.values).containsEntry("Device.A", "1");
        assertThat(office.askNow(ID, new Errand.SetValues(Map.of("Device.Locked", "1")), PATIENCE))
                .isInstanceOfSatisfying(
                        Asked.Ended.class, ended -> assertThat(ended.end()).isInstanceOf(ErrandEnd.Refused.class));
        assertThat(office.askNow(ID, new Errand.ReadValues(List.of("Device.A", "Device.No")), PATIENCE))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Read(List.of("Device.No"))));
    }

    @Test
    void who_cannot_be_called_has_it_waiting_and_it_is_said_why() throws Exception {
        session(StandardEvent.BOOTSTRAP);
        Errand errand = new Errand.SetValues(Map.of("Device.A", "1"));
        assertThat(office.askNow(ID, errand, PATIENCE))
                .isEqualTo(new Asked.Waits("It cannot be called: it does not say where it can be called."));
        canBeCalledAt("http://127.0.0.1:4567/x");
        calling.unmoved = Optional.of("nobody is there");
        assertThat(office.askNow(ID, errand, PATIENCE))
                .isEqualTo(new Asked.Waits("It cannot be called: nobody is there."));
        calling.unmoved = Optional.empty();
        calling.comes = false;
        assertThat(office.askNow(ID, errand, Duration.ofMillis(1)))
                .isEqualTo(new Asked.Waits("It was called and has not done it within 0 s."));
        assertThat(errands.of(ID)).hasSize(2);
    }

    @Test
    void nobody_makes_us_call_at_another_door() throws Exception {
        Errand errand = new Errand.ReadValues(List.of("Device.A"));
        for (String url : List.of(
                "http://192.0.2.9/x",
                "http://localhost/x",
                "https://127.0.0.1/x",
                "ftp://127.0.0.1/",
                "x",
                "http://:/")) {
            canBeCalledAt(url);
            assertThat(office.askNow(ID, errand, PATIENCE)).isInstanceOf(Asked.Waits.class);
        }
        assertThat(calling.called).isEmpty();
    }

    @Test
    void what_is_asked_while_a_session_lasts_is_done_in_it() {
        session(StandardEvent.BOOTSTRAP);
        office.ask(ID, new Errand.SetValues(Map.of("Device.A", "1")));
        device.onSet = () -> {
            device.onSet = () -> {};
            office.ask(ID, new Errand.SetValues(Map.of("Device.B", "2")));
        };
        session(StandardEvent.PERIODIC);
        assertThat(device.values).containsEntry("Device.A", "1").containsEntry("Device.B", "2");
        assertThat(errands.of(ID)).isEmpty();
    }

    @Test
    void a_row_is_made_whole_or_not_at_all_and_removed() throws Exception {
        canBeCalledAt("http://127.0.0.1:4567/x");
        Errand add = new Errand.AddRow("Device.Table.", Map.of("Name", "first", "PortInterval", "7"));
        assertThat(office.askNow(ID, add, PATIENCE)).isEqualTo(new Asked.Ended(new ErrandEnd.Added("Device.Table.1.")));
        assertThat(device.values).containsEntry("Device.Table.1.Name", "first");
        assertThat(twin("Device.Table.1.PortInterval").orElseThrow().value()).isEqualTo("7");
        assertThat(((SetParameterValues) device.asked.getLast()).parameterList())
                .contains(new ParameterValue("Device.Table.1.PortInterval", PrimitiveType.UNSIGNED_INT, "7"));
        for (String table : List.of("Device.Locked.", "Device.Table.")) {
            Errand refused = new Errand.AddRow(table, Map.of("Locked", "word"));
            assertThat(office.askNow(ID, refused, PATIENCE))
                    .isInstanceOfSatisfying(
                            Asked.Ended.class, ended -> assertThat(ended.end()).isInstanceOf(ErrandEnd.Refused.class));
        }
        assertThat(device.values.keySet()).noneMatch(name -> name.startsWith("Device.Table.2."));
        Errand delete = new Errand.DeleteRows(List.of("Device.Table.1."));
        assertThat(office.askNow(ID, delete, PATIENCE)).isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(twin("Device.Table.1.Name")).isEmpty();
        assertThat(office.askNow(ID, delete, PATIENCE))
                .isInstanceOfSatisfying(
                        Asked.Ended.class, ended -> assertThat(ended.end()).isInstanceOf(ErrandEnd.Refused.class));
        awaitEvent(EventKind.OPERATION_COMPLETE, "which is Device.Table.1.");
    }

    @Test
    void what_must_not_be_done_twice_is_not_asked_again_where_nobody_knows_whether_it_was_done() {
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
        office.ask(ID, new Errand.Restart(false));
        outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
        // the Inform and an empty one; the answer to the reboot never comes
        session(2);
        clock.advance(Duration.ofMinutes(10));
        sessions.sweep();
        awaitEvent(EventKind.WARNING, "nobody knows whether it was done");
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).filteredOn(Reboot.class::isInstance).hasSize(1);
        // the server was killed in the middle
        StoredErrand stored = office.ask(ID, new Errand.Restart(false)).orElseThrow();
        errands.attempted(stored);
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).filteredOn(Reboot.class::isInstance).hasSize(1);
        assertThat(errands.of(ID)).isEmpty();
        office.ask(ID, new Errand.Restart(false));
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).filteredOn(Reboot.class::isInstance).hasSize(2);
    }

    @Test
    void a_device_is_told_to_fetch_firmware_once_and_the_link_is_not_told_to_others() {
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
        office.ask(ID, new Errand.FetchFirmware("https://acs.example/f/1?key=secret", "fetch-1", 1_000));
        session(StandardEvent.PERIODIC);
        assertThat(device.asked)
                .filteredOn(Download.class::isInstance)
                .singleElement()
                .satisfies(asked -> {
                    Download download = (Download) asked;
                    assertThat(download.commandKey()).isEqualTo("fetch-1");
                    assertThat(download.fileType()).isEqualTo("1 Firmware Upgrade Image");
                    assertThat(download.location().url()).isEqualTo("https://acs.example/f/1?key=secret");
                    assertThat(download.target().fileSize()).isEqualTo(1_000);
                });
        awaitEvent(EventKind.OPERATION_COMPLETE, "fetch firmware (fetch-1)");
        assertThat(stores.events().newest(Optional.of(ID), Long.MAX_VALUE, 100))
                .noneMatch(event -> event.toString().contains("secret"));
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).filteredOn(Download.class::isInstance).hasSize(1);
    }

    private DeviceRecord record() {
        return controller.device(ID).orElseThrow();
    }

    private Optional<TwinValue> twin(String path) {
        return stores.twins().find(ID, path);
    }

    private List<DeviceEvent> events() {
        return stores.events().newest(Optional.of(ID), Long.MAX_VALUE, 1_000).stream()
                .map(each -> each.event())
                .toList();
    }

    private void awaitEvent(EventKind kind, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (events().stream()
                .noneMatch(each -> each.kind() == kind && each.text().contains(text))) {
            assertThat(System.nanoTime()).as(kind + " " + text).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_new_device_of_this_host_comes_in_and_is_read_whole() {
        assertThat(session(StandardEvent.BOOTSTRAP, StandardEvent.BOOT)).isEqualTo(new Step.End(true, "done"));
        assertThat(record().transport()).isEqualTo("cwmp");
        assertThat(record().approved()).isTrue();
        assertThat(record().verified()).isFalse();
        assertThat(record().online()).isTrue();
        assertThat(record().statusReason()).contains("TR-069");
        assertThat(record().identity().serialNumber()).isEqualTo("S 1");
        assertThat(record().identity().softwareVersion()).isEqualTo("1.0");
        assertThat(record().identity().modelName()).isEqualTo("Box 7");
        assertThat(record().parameterCount()).isEqualTo(device.values.size());
        assertThat(twin("Device.Hosts.Host.70.HostName")).hasValueSatisfying(value -> {
            assertThat(value.value()).isEqualTo("host-70");
            assertThat(value.time()).isEqualTo(clock.instant());
        });
        assertThat(twin("Device.LocalAgent.MTPNumberOfEntries")).isPresent();
        assertThat(office.isManaged(ID)).isTrue();
        awaitEvent(EventKind.ON_BOARD_REQUEST, "first time");
        awaitEvent(EventKind.EVENT, "has started");
        awaitEvent(EventKind.ONLINE, "by cwmp from 127.0.0.1:5");
    }

    @Test
    void what_cannot_be_read_does_not_keep_the_rest_from_being_read() {
        device.unreadable = "Host.7.";
        session(StandardEvent.BOOT);
        assertThat(twin("Device.Hosts.Host.8.HostName")).isPresent();
        assertThat(twin("Device.Hosts.Host.7.HostName")).isEmpty();
        assertThat(record().parameterCount()).isEqualTo(device.values.size() - 1);
    }

    @Test
    void a_device_that_does_not_name_what_it_has_is_read_at_once() {
        device.namesItsParameters = false;
        session(StandardEvent.BOOT);
        assertThat(twin("Device.Hosts.Host.70.HostName")).isPresent();
    }

    @Test
    void it_is_read_whole_again_only_when_that_is_due() {
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).isEmpty();
        clock.advance(Limits.FRESH.plusSeconds(1));
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).contains(new GetParameterNames("Device.", false));
        device.asked.clear();
        session(StandardEvent.BOOT);
        assertThat(device.asked).isNotEmpty();
    }

    @Test
    void what_a_device_tells_goes_into_the_twin_and_what_has_changed_is_an_event() {
        session(StandardEvent.BOOTSTRAP);
        device.values.put(VERSION, "2.0");
        session(StandardEvent.VALUE_CHANGE);
        assertThat(twin(VERSION).orElseThrow().value()).isEqualTo("2.0");
        assertThat(record().identity().softwareVersion()).isEqualTo("2.0");
        awaitEvent(EventKind.VALUE_CHANGE, VERSION + " is 2.0");
        long told = events().stream()
                .filter(each -> each.kind() == EventKind.VALUE_CHANGE)
                .count();
        session(StandardEvent.VALUE_CHANGE);
        assertThat(events().stream().filter(each -> each.kind() == EventKind.VALUE_CHANGE))
                .hasSize((int) told);
    }

    @Test
    void what_is_written_waits_for_the_next_session_and_has_the_type_that_the_device_says() {
        session(StandardEvent.BOOTSTRAP);
        Map<String, String> values = new HashMap<>();
        values.put("Device.ManagementServer.PeriodicInformInterval", "30");
        values.put("Device.LocalAgent.MTPNumberOfEntries", "1");
        assertThat(office.ask(ID, new Errand.SetValues(values))).isPresent();
        assertThat(device.values).containsEntry("Device.ManagementServer.PeriodicInformInterval", "60");
        session(StandardEvent.PERIODIC);
        assertThat(device.values)
                .containsEntry("Device.ManagementServer.PeriodicInformInterval", "30")
                .containsEntry("Device.USPAgent.MTPNumberOfEntries", "1");
        SetParameterValues set = (SetParameterValues) device.asked.getLast();
        assertThat(set.parameterKey()).isEqualTo("pharos-1");
        assertThat(set.parameterList())
                .contains(new ParameterValue(
                        "Device.ManagementServer.PeriodicInformInterval", PrimitiveType.UNSIGNED_INT, "30"));
        assertThat(errands.of(ID)).isEmpty();
        assertThat(twin("Device.ManagementServer.PeriodicInformInterval")).hasValueSatisfying(value -> {
            assertThat(value.value()).isEqualTo("30");
            assertThat(value.source()).isEqualTo(TwinValue.Source.SET);
        });
        awaitEvent(EventKind.OPERATION_COMPLETE, "done, as asked at");
    }

    @Test
    void what_the_device_refuses_is_told_parameter_by_parameter_and_not_tried_again() {
        session(StandardEvent.BOOTSTRAP);
        office.ask(ID, new Errand.SetValues(Map.of("Device.LocalAgent.Locked", "secret word")));
        session(StandardEvent.PERIODIC);
        awaitEvent(EventKind.WARNING, "Device.LocalAgent.Locked: 9008 read-only");
        assertThat(events()).noneMatch(each -> each.text().contains("secret word"));
        assertThat(errands.of(ID)).isEmpty();
    }

    @Test
    void what_is_not_known_is_read_in_the_next_session() {
        session(StandardEvent.BOOTSTRAP);
        device.values.put("Device.New.Value", "there");
        office.ask(ID, new Errand.ReadValues(List.of("Device.New.Value", "Device.Nothing.")));
        session(StandardEvent.PERIODIC);
        assertThat(twin("Device.New.Value"))
                .hasValueSatisfying(value -> assertThat(value.source()).isEqualTo(TwinValue.Source.GET));
        awaitEvent(EventKind.WARNING, "nothing at Device.Nothing.");
    }

    @Test
    void an_errand_outlasts_sessions_that_end_early_but_not_for_ever() {
        session(StandardEvent.BOOTSTRAP);
        office.ask(ID, new Errand.SetValues(Map.of("Device.A", "1")));
        for (int attempt = 1; attempt < Limits.ATTEMPTS; attempt++) {
            outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
            session(3);
            clock.advance(Duration.ofMinutes(10));
            sessions.sweep();
            assertThat(errands.of(ID)).hasSize(1);
        }
        session(3);
        clock.advance(Duration.ofMinutes(10));
        sessions.sweep();
        assertThat(errands.of(ID)).isEmpty();
        awaitEvent(EventKind.WARNING, "given up");
    }

    @Test
    void so_much_may_wait_and_no_more() {
        session(StandardEvent.BOOTSTRAP);
        Errand errand = new Errand.ReadValues(List.of("Device.A"));
        for (int i = 0; i < Limits.ERRANDS; i++) {
            assertThat(office.ask(ID, errand)).isPresent();
        }
        assertThat(office.ask(ID, errand)).isEmpty();
    }

    @Test
    void a_report_is_acknowledged_when_it_is_stored_and_stored_once() {
        Report report = new Report(
                new TransferComplete("k", new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                List.of(
                        new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""),
                        new EventStruct(MethodEvent.DOWNLOAD, "k")));
        outbox.add(report);
        session(StandardEvent.BOOT);
        outbox.add(report);
        session(StandardEvent.PERIODIC);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(events().stream().filter(each -> each.name().equals("TransferComplete!")))
                .hasSize(1);
    }

    @Test
    void a_stranger_from_elsewhere_waits_for_approval() {
        caller = new Caller("192.0.2.7:5", false, Optional.empty());
        Step.End end = session(StandardEvent.BOOTSTRAP);
        assertThat(end.informed()).isFalse();
        assertThat(end.reason()).contains("approval");
        assertThat(record().approved()).isFalse();
        assertThat(record().online()).isFalse();
        assertThat(record().identity().productClass()).isEqualTo("Box");
        controller.approve(ID, true);
        assertThat(session(StandardEvent.BOOTSTRAP).informed()).isTrue();
        assertThat(record().online()).isTrue();
    }

    @Test
    void who_has_a_login_must_show_it_and_nobody_elses() {
        session(StandardEvent.BOOTSTRAP);
        logins.put(ID, "the box");
        assertThat(session(StandardEvent.PERIODIC).reason()).isEqualTo("401");
        caller = new Caller("127.0.0.1:5", true, Optional.of("another"));
        assertThat(session(StandardEvent.PERIODIC).reason()).isEqualTo("401");
        caller = new Caller("127.0.0.1:5", true, Optional.of("the box"));
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        assertThat(record().verified()).isTrue();
        logins.clear();
        caller = new Caller("127.0.0.1:5", true, Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("proved its Endpoint ID before");
    }

    @Test
    void a_login_of_another_device_is_refused() {
        caller = new Caller("127.0.0.1:5", true, Optional.of("another"));
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("another device");
        assertThat(controller.device(ID)).isEmpty();
    }

    @Test
    void a_device_that_says_its_endpoint_id_is_known_by_it() {
        device.values.put("Device.USPAgent.EndpointID", "os::00256D-S1");
        device.informs.add("Device.USPAgent.EndpointID");
        session(StandardEvent.BOOT);
        EndpointId own = EndpointId.of("os::00256D-S1");
        assertThat(controller.device(own)).isPresent();
        assertThat(controller.device(ID)).isEmpty();
        assertThat(stores.twins().find(own, "Device.LocalAgent.EndpointID")).isPresent();
    }

    @Test
    void odd_names_make_names_that_nobody_else_has() {
        assertThat(DeviceNames.of(new DeviceId("", "00256d", "", "1"))).isEqualTo(EndpointId.of("os::00256D-1"));
        EndpointId one = DeviceNames.of(new DeviceId("", "00256D", "p".repeat(64), "1"));
        EndpointId other = DeviceNames.of(new DeviceId("", "00256D", "p".repeat(64), "2"));
        assertThat(one).isNotEqualTo(other);
        assertThat(one.toString()).startsWith("ops::00256D-ppp");
        assertThat(DeviceNames.of(new DeviceId("", "the maker", "ü", "1")).toString())
                .startsWith("user::");
    }

    @Test
    void a_device_that_does_not_come_any_longer_is_offline() {
        session(StandardEvent.BOOTSTRAP);
        clock.advance(Duration.ofMinutes(2).plus(Limits.GRACE));
        office.sweep();
        assertThat(record().online()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        office.sweep();
        assertThat(record().online()).isFalse();
        assertThat(record().statusReason()).contains("every 60 s");
        session(StandardEvent.PERIODIC);
        assertThat(record().online()).isTrue();
    }
}
