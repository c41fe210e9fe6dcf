// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What the office has a device do, in its next session or by calling it.
class AcsErrandsTest extends AcsStage {
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

    @Test
    void a_device_that_can_be_called_learns_our_login_once_and_comes_when_there_is_something() throws Exception {
        canBeCalledAt("http://127.0.0.1:4567/x");
        assertThat(device.values)
                .containsEntry(CALL_NAME, "us")
                .containsEntry("Device.ManagementServer.ConnectionRequestPassword", "our word");
        assertThat(device.asked.stream()
                        .filter(SetParameterValues.class::isInstance)
                        .map(SetParameterValues.class::cast)
                        .map(SetParameterValues::parameterKey))
                .containsExactly("key 7");
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
        office.ask(
                ID,
                new Errand.FetchFile(
                        DownloadType.FIRMWARE.text(),
                        "https://acs.example/f/1?key=secret",
                        "fetch-1",
                        1_000,
                        "",
                        clock.instant().plusSeconds(1),
                        Optional.empty()));
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

    private void fetches(Duration within) {
        device.asked.clear();
        Instant until = clock.instant().plus(Duration.ofDays(1));
        office.ask(
                ID,
                new Errand.FetchFile(
                        DownloadType.FIRMWARE.text(),
                        "https://acs.example/f/1",
                        "fetch-" + within.toSeconds(),
                        1_000,
                        "",
                        until,
                        Optional.of(clock.instant().plus(within))));
        session(StandardEvent.PERIODIC);
    }

    @Test
    void a_window_of_time_is_told_to_a_device_that_knows_it_and_others_are_told_to_fetch_at_once() {
        session(StandardEvent.BOOTSTRAP);
        fetches(Duration.ofHours(1));
        assertThat(device.asked).filteredOn(Download.class::isInstance).hasSize(1);
        device.plansDownloads = true;
        fetches(Duration.ofHours(2));
        assertThat(device.asked)
                .filteredOn(ScheduleDownload.class::isInstance)
                .singleElement()
                .satisfies(asked -> {
                    ScheduleDownload planned = (ScheduleDownload) asked;
                    assertThat(planned.fileType()).isEqualTo("1 Firmware Upgrade Image");
                    assertThat(planned.timeWindows())
                            .containsExactly(
                                    new TimeWindow(Duration.ZERO, Duration.ofHours(2), "1 At Any Time", "", -1));
                });
        assertThat(device.asked).noneMatch(Download.class::isInstance);
        awaitEvent(EventKind.OPERATION_COMPLETE, "fetch firmware (fetch-7200)");
    }

    @Test
    void a_device_that_comes_when_the_link_is_good_no_more_is_not_asked_for_a_file() {
        session(StandardEvent.BOOTSTRAP);
        String log = new UploadType(UploadType.Content.LOG, OptionalLong.of(1)).text();
        office.ask(ID, new Errand.SendFile(log, "https://acs.example/f/1?key=secret", "send-1", clock.instant()));
        session(StandardEvent.PERIODIC);
        assertThat(device.asked).noneMatch(Upload.class::isInstance);
        awaitEvent(EventKind.WARNING, "too late to be asked");
        assertThat(errands.of(ID)).isEmpty();
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
        awaitEvent(
                EventKind.WARNING, "Device.LocalAgent.Locked: 9008 Attempt to set a non-writable parameter: read-only");
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
    void a_device_that_can_sign_over_stun_gets_a_login_for_that_where_it_has_to() {
        String name = "Device.ManagementServer.STUNUsername";
        String password = "Device.ManagementServer.STUNPassword";
        device.values.putAll(Map.of(name, "", password, ""));
        session(StandardEvent.BOOTSTRAP);
        assertThat(device.values).containsEntry(name, "");
        calling.stun = Optional.of(new Calling.Login("us", "the word for STUN"));
        session(StandardEvent.BOOT);
        assertThat(device.values).containsEntry(name, "us").containsEntry(password, "the word for STUN");
        device.asked.clear();
        session(StandardEvent.BOOT);
        assertThat(device.asked).noneMatch(each -> each instanceof SetParameterValues);
    }

    private void canBeCalledOverXmpp() {
        calling.jid = Optional.of("acs@x.test");
        device.values.put(JABBER_ID, "box@x.test/1");
        device.values.put(ALLOWED, "other@x.test");
    }

    @Test
    void a_device_at_an_xmpp_server_lets_us_call_and_is_called_there_before_anything_else() throws Exception {
        canBeCalledOverXmpp();
        canBeCalledAt("http://127.0.0.1:4567/x");
        assertThat(device.values).containsEntry(CALL_NAME, "us").containsEntry(ALLOWED, "other@x.test,acs@x.test");
        assertThat(twin(ALLOWED).orElseThrow().value()).isEqualTo("other@x.test,acs@x.test");
        Errand set = new Errand.SetValues(Map.of(VERSION, "3.0"));
        assertThat(office.askNow(ID, set, PATIENCE)).isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).containsExactly("xmpp box@x.test/1 us our word");
        device.asked.clear();
        session(StandardEvent.BOOT);
        assertThat(device.asked).noneMatch(SetParameterValues.class::isInstance);
    }

    @Test
    void who_is_not_at_the_xmpp_server_is_called_over_http_and_both_reasons_are_said() throws Exception {
        canBeCalledOverXmpp();
        canBeCalledAt("http://127.0.0.1:4567/x");
        calling.silent = Optional.of("it is not there");
        Errand set = new Errand.SetValues(Map.of(VERSION, "3.0"));
        assertThat(office.askNow(ID, set, PATIENCE)).isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).hasSize(2).last().asString().startsWith("http://127.0.0.1:4567/x ");
        calling.unmoved = Optional.of("nobody listens");
        assertThat(office.askNow(ID, set, PATIENCE))
                .isEqualTo(new Asked.Waits("It cannot be called: it is not there; nor directly: nobody listens."));
    }

    @Test
    void where_a_device_can_be_called_is_used_as_soon_as_it_says_so() throws Exception {
        device.values.put(CALL_NAME, "");
        session(StandardEvent.BOOTSTRAP);
        assertThat(device.values).containsEntry(CALL_NAME, "");
        canBeCalledOverXmpp();
        device.informs.add(JABBER_ID);
        session(StandardEvent.VALUE_CHANGE);
        assertThat(device.values).containsEntry(CALL_NAME, "us");
        assertThat(office.askNow(ID, new Errand.SetValues(Map.of(VERSION, "3.0")), PATIENCE))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
    }
}
