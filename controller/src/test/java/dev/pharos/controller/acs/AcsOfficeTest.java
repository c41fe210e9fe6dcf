// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.acs.ShownCertificate;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who comes, what is read of it, and what it tells.
class AcsOfficeTest extends AcsStage {
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
    void a_device_is_onboarded_when_all_that_is_done_with_it_first_was_done_and_anew_with_another_software() {
        session(3);
        assertThat(record().onboarded()).as("it was gone before it was read").isFalse();
        session(StandardEvent.BOOTSTRAP);
        assertThat(record().onboarded()).isTrue();
        awaitEvent(EventKind.ONBOARDED, "is onboarded");
        session(StandardEvent.BOOT);
        device.values.put(VERSION, "2.0");
        session(StandardEvent.VALUE_CHANGE);
        assertThat(record().onboarded())
                .as("of the new software nothing is known yet")
                .isFalse();
        session(StandardEvent.BOOT);
        assertThat(record().onboarded()).isTrue();
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
        caller = new Caller("192.0.2.7:5", false, Optional.empty(), Optional.empty());
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
        caller = new Caller("127.0.0.1:5", true, Optional.of("another"), Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).reason()).isEqualTo("401");
        caller = new Caller("127.0.0.1:5", true, Optional.of("the box"), Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        assertThat(record().verified()).isTrue();
        logins.clear();
        caller = new Caller("127.0.0.1:5", true, Optional.empty(), Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("proved its Endpoint ID before");
    }

    @Test
    void a_login_of_another_device_is_refused() {
        caller = new Caller("127.0.0.1:5", true, Optional.of("another"), Optional.empty());
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

    private AcsOffice officeAfterARestart() throws IOException {
        controller.close();
        UspController again = new UspController(ControllerSettings.of(stores).withClock(clock));
        again.start();
        return again.acs(new AcsOffice.Errands(
                errands,
                notices,
                new InMemoryModuleOrders(),
                new InMemoryOpenTransfers(),
                _ -> Credentials.NONE,
                new InMemoryBrokerLogins(),
                names,
                calling));
    }

    @Test
    void a_device_is_there_after_a_restart_and_offline_when_its_time_is_over_since() throws IOException {
        session(StandardEvent.BOOTSTRAP);
        clock.advance(Duration.ofDays(1));
        AcsOffice again = officeAfterARestart();
        assertThat(stores.devices().find(ID).orElseThrow().online()).isTrue();
        again.sweep();
        clock.advance(Duration.ofMinutes(2).plus(Limits.GRACE));
        again.sweep();
        assertThat(stores.devices().find(ID).orElseThrow().online()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        again.sweep();
        assertThat(stores.devices().find(ID).orElseThrow().online()).isFalse();
        assertThat(stores.devices().find(ID).orElseThrow().statusReason()).contains("every 60 s");
    }

    @Test
    void after_a_restart_a_device_is_called_for_what_is_asked_of_it() throws IOException {
        canBeCalledAt("http://127.0.0.1:7/x");
        AcsOffice again = officeAfterARestart();
        calling.comes = false;
        assertThat(again.askOnly(ID, new Errand.Restart(false), Duration.ofMillis(1)))
                .isInstanceOf(Asked.Waits.class);
        assertThat(calling.called).containsExactly("http://127.0.0.1:7/x us our word");
    }

    @Test
    void a_device_that_comes_to_another_server_is_not_offline_at_this_one() throws IOException {
        session(StandardEvent.BOOTSTRAP);
        clock.advance(Duration.ofMinutes(1).plus(Limits.GRACE));
        try (UspController other =
                new UspController(ControllerSettings.of(stores).withClock(clock))) {
            AcsOffice there = other.acs(new AcsOffice.Errands(
                    errands,
                    notices,
                    new InMemoryModuleOrders(),
                    new InMemoryOpenTransfers(),
                    _ -> Credentials.NONE,
                    new InMemoryBrokerLogins(),
                    names,
                    calling));
            outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
            device.session(new AcsSessions(there, clock, () -> "other"), outbox, caller, Integer.MAX_VALUE);
        }
        clock.advance(Duration.ofMinutes(2));
        office.sweep();
        assertThat(record().online()).isTrue();
        clock.advance(Duration.ofMinutes(1).plus(Limits.GRACE));
        office.sweep();
        assertThat(record().online()).isFalse();
    }

    @Test
    void where_no_device_comes_over_tr069_any_more_those_that_came_are_offline() throws IOException {
        session(StandardEvent.BOOTSTRAP);
        officeAfterARestart().closed();
        assertThat(stores.devices().find(ID).orElseThrow().online()).isFalse();
        assertThat(stores.devices().find(ID).orElseThrow().statusReason()).contains("takes no devices over TR-069");
    }

    private void shows(String commonName, String... endpointIds) {
        Set<EndpointId> ids =
                Set.copyOf(Stream.of(endpointIds).map(EndpointId::of).toList());
        ShownCertificate shown = new ShownCertificate(
                commonName, !ids.isEmpty(), ids::contains, commonName + String.join(", ", endpointIds));
        caller = new Caller(caller.address(), caller.loopback(), caller.login(), Optional.of(shown));
    }

    @Test
    void a_certificate_by_the_names_of_the_device_proves_who_it_is_and_is_wanted_from_then_on() {
        for (String name : List.of("00256D-Box-S 1", "00256d-S 1", "00256D-Box-S%201")) {
            shows(name);
            assertThat(session(StandardEvent.PERIODIC).informed()).as(name).isTrue();
            assertThat(record().verified()).isTrue();
        }
        shows("", ID.toString());
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        caller = new Caller("127.0.0.1:5", true, Optional.empty(), Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("proved its Endpoint ID before");
    }

    @Test
    void a_certificate_of_another_device_is_refused_whatever_else_is_shown() {
        session(StandardEvent.BOOTSTRAP);
        logins.put(ID, "the box");
        caller = new Caller("127.0.0.1:5", true, Optional.of("the box"), Optional.empty());
        for (String name : List.of("00256D-Box-S 2", "00256E-S 1", "00256D-Box-s 1")) {
            shows(name);
            assertThat(session(StandardEvent.PERIODIC).reason())
                    .contains("its certificate belongs to " + name + ", not to " + ID);
        }
        shows("00256D-Box-S 1", "os::00256D-2");
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("os::00256D-2, not to");
        awaitRefusal("its certificate belongs to 00256D-Box-S 1os::00256D-2, not to " + ID);
    }

    @Test
    void who_is_known_by_an_endpoint_id_needs_a_certificate_of_that() {
        device.values.put("Device.USPAgent.EndpointID", "proto::somebody");
        device.informs.add("Device.USPAgent.EndpointID");
        shows("00256D-Box-S 1");
        assertThat(session(StandardEvent.BOOT).reason()).contains("not to proto::somebody");
        shows("", "proto::somebody");
        assertThat(session(StandardEvent.BOOT).informed()).isTrue();
    }

    @Test
    void a_certificate_of_a_whole_model_proves_nothing_and_harms_nothing() {
        shows("Box by A");
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        assertThat(record().verified()).isFalse();
    }

    @Test
    void with_a_login_made_a_certificate_does_as_well_and_a_wrong_login_beside_it_does_not() {
        session(StandardEvent.BOOTSTRAP);
        logins.put(ID, "the box");
        shows("00256D-Box-S 1");
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        caller = new Caller("127.0.0.1:5", true, Optional.of("another"), Optional.empty());
        shows("00256D-Box-S 1");
        assertThat(session(StandardEvent.PERIODIC).reason()).isEqualTo("401");
    }

    @Test
    void a_device_that_has_to_show_a_certificate_or_both_is_told_what_is_missing() {
        session(StandardEvent.BOOTSTRAP);
        logins.put(ID, "the box");
        wanted = ProofWanted.CERTIFICATE;
        caller = new Caller("127.0.0.1:5", true, Optional.of("the box"), Optional.empty());
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("has to show a certificate", "shows none");
        shows("Box by A");
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("that of Box by A does not");
        wanted = ProofWanted.BOTH;
        shows("00256D-Box-S 1");
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        caller = new Caller("127.0.0.1:5", true, Optional.empty(), caller.certificate());
        assertThat(session(StandardEvent.PERIODIC).reason()).isEqualTo("401");
        logins.clear();
        assertThat(session(StandardEvent.PERIODIC).reason()).contains("its login too, and has none");
    }
}
