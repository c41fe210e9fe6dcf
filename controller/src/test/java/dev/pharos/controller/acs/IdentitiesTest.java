// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.acs.ShownCertificate;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By which record a device of TR-069 is known, and when two are one device's.
class IdentitiesTest extends AcsStage {
    private static final EndpointId BOX = EndpointId.of("proto::box-1");
    private static final String OWN = "Device.USPAgent.EndpointID";

    /// A device that has come over USP and said this of itself.
    private DeviceRecord overUsp(EndpointId id, String serialNumber, boolean verified) {
        return stores.devices()
                .create(DeviceRecord.unseen(id, true, verified, clock.instant().minusSeconds(60))
                        .withProtocolVersions("1.4")
                        .withModel("hash", 7)
                        .withTags(List.of("usp"))
                        .withIdentity(new DeviceIdentity("Acme", "00256d", "Box 7", "Box", serialNumber, "", "1.0")));
    }

    private Optional<DeviceRecord> at(EndpointId id) {
        return stores.devices().find(id);
    }

    private boolean isTold(EndpointId id, EventKind kind, String text) {
        controller.keep(List.of());
        return stores.events().newest(Optional.of(id), Long.MAX_VALUE, 1_000).stream()
                .map(each -> each.event())
                .anyMatch(each -> each.kind() == kind && each.text().contains(text));
    }

    private void awaitTold(EndpointId id, EventKind kind, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTold(id, kind, text)) {
            assertThat(System.nanoTime()).as(kind + " " + text).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN,
                "Device.X_ACME_LocalAgent.EndpointID",
                "Device.X_ACME-COM.USPAgent.EndpointID",
                "InternetGatewayDevice.X_ACME_USPAgent.EndpointID"
            })
    void who_says_only_when_it_is_read_whole_who_it_is_over_usp_is_known_by_that_and_found_again(String name) {
        if (name.startsWith("Internet")) {
            device.namesItsParameters = false;
            device.values.clear();
            device.values.put("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "1.0");
            device.informs.clear();
            device.informs.add("InternetGatewayDevice.DeviceInfo.SoftwareVersion");
        }
        session(StandardEvent.BOOTSTRAP);
        controller.tag(ID, List.of("north"));
        device.values.put(name, BOX.toString());
        session(StandardEvent.BOOT);
        assertThat(at(ID)).isEmpty();
        DeviceRecord known = at(BOX).orElseThrow();
        assertThat(known.tags()).containsExactly("north");
        assertThat(known.identity().serialNumber()).isEqualTo("S 1");
        assertThat(stores.twins().count(BOX)).isPositive();
        assertThat(stores.twins().count(ID)).isZero();
        awaitTold(BOX, EventKind.EVENT, "over TR-069 it was " + ID);
        clock.advance(PATIENCE);
        session(StandardEvent.PERIODIC);
        assertThat(at(ID)).as("its Inform does not say it").isEmpty();
        assertThat(at(BOX).orElseThrow().lastSeen()).isEqualTo(clock.instant());
        assertThat(stores.devices().count()).isEqualTo(1);
    }

    @Test
    void a_certificate_by_organisation_and_serial_number_counts_under_the_new_name_too() {
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        caller = new Caller(
                "127.0.0.1:5",
                true,
                Optional.empty(),
                Optional.of(new ShownCertificate("00256D-Box-S 1", false, _ -> false, "00256D-Box-S 1")));
        assertThat(session(StandardEvent.PERIODIC).informed()).isTrue();
        assertThat(at(BOX).orElseThrow().verified()).isTrue();
    }

    @Test
    void who_says_another_name_later_is_known_by_that_and_found_by_its_own_alone() {
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        EndpointId later = EndpointId.of("proto::box-2");
        device.values.put(OWN, later.toString());
        session(StandardEvent.BOOT);
        assertThat(at(BOX)).isEmpty();
        assertThat(at(later)).isPresent();
        assertThat(names.device(ID)).contains(later);
        assertThat(names.device(BOX)).as("no name over TR-069").isEmpty();
    }

    @Test
    void two_that_say_so_of_each_other_become_one_with_all_that_is_kept_of_both() {
        session(StandardEvent.BOOTSTRAP);
        controller.tag(ID, List.of("north", "usp"));
        overUsp(BOX, "S 1", false);
        stores.twins()
                .put(
                        BOX,
                        List.of(new TwinValue(
                                "Device.WiFi.SSID.1.SSID", "Home", false, clock.instant(), TwinValue.Source.GET)));
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOT);
        assertThat(at(ID)).isEmpty();
        DeviceRecord one = at(BOX).orElseThrow();
        assertThat(one.tags()).containsExactly("usp", "north");
        assertThat(one.protocolVersions()).isEqualTo("1.4");
        assertThat(one.transport()).isEqualTo(AcsOffice.TRANSPORT);
        assertThat(one.online()).isTrue();
        assertThat(stores.twins().find(BOX, "Device.WiFi.SSID.1.SSID")).isPresent();
        assertThat(stores.twins().find(BOX, "Device.Hosts.Host.70.HostName")).isPresent();
        awaitTold(BOX, EventKind.EVENT, "both are one");
    }

    @Test
    void it_is_the_same_when_it_is_over_usp_that_it_comes_last() {
        device.values.put(OWN, BOX.toString());
        overUsp(BOX, "", false);
        session(StandardEvent.BOOTSTRAP);
        assertThat(at(ID)).as("it has not said its serial number over USP").isPresent();
        awaitTold(ID, EventKind.WARNING, "has not said its serial number");
        stores.devices()
                .update(
                        BOX,
                        known -> known.withIdentity(new DeviceIdentity("Acme", "00256D", "", "Box", "S 1", "", "")));
        office.identities().learntOverUsp(BOX);
        assertThat(at(ID)).isEmpty();
        assertThat(names.device(ID)).contains(BOX);
    }

    @Test
    void an_endpoint_id_that_is_another_devices_is_not_taken_over_however_it_is_said() {
        overUsp(BOX, "S 2", false);
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        assertThat(at(ID)).isPresent();
        assertThat(at(BOX).orElseThrow().identity().serialNumber()).isEqualTo("S 2");
        awaitTold(ID, EventKind.WARNING, "says that it is another: 00256d S 2");
        awaitTold(BOX, EventKind.WARNING, "--same-as " + BOX);
        device.informs.add(OWN);
        session(StandardEvent.PERIODIC);
        assertThat(at(BOX).orElseThrow().transport()).isEmpty();
        assertThat(stores.twins().count(BOX)).isZero();
    }

    @Test
    void a_serial_number_that_somebody_says_over_usp_takes_over_nothing() {
        session(StandardEvent.BOOTSTRAP);
        EndpointId other = EndpointId.of("proto::box-2");
        overUsp(BOX, "S 1", true);
        overUsp(other, "S 1", false);
        office.identities().learntOverUsp(BOX);
        office.identities().learntOverUsp(other);
        session(StandardEvent.BOOT);
        assertThat(Stream.of(ID, BOX, other).map(this::at)).allMatch(Optional::isPresent);
        awaitTold(BOX, EventKind.WARNING, "does not say so itself over TR-069");
        device.values.put(OWN, other.toString());
        session(StandardEvent.BOOT);
        assertThat(at(ID)).as("of two with one serial number it says which").isEmpty();
        assertThat(names.device(ID)).contains(other);
        assertThat(at(BOX)).isPresent();
    }

    @Test
    void who_has_proved_who_it_is_becomes_one_with_one_who_has_not_where_a_person_says_so() {
        overUsp(BOX, "S 1", true);
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        assertThat(at(ID)).isPresent();
        awaitTold(BOX, EventKind.WARNING, "has proved who it is, and the other has not");
        assertThat(office.identities().confirmed(record(), BOX, at(BOX))).isEmpty();
        assertThat(at(ID)).isEmpty();
        assertThat(session(StandardEvent.PERIODIC).reason())
                .as("who has proved it must go on doing so")
                .contains("proved its Endpoint ID before");
    }

    @Test
    void what_a_person_made_one_is_two_again_as_both_were_when_they_say_so() {
        session(StandardEvent.BOOTSTRAP);
        stores.devices().update(ID, known -> known.withTags(List.of("north")));
        overUsp(BOX, "", false);
        stores.twins()
                .put(BOX, List.of(new TwinValue("Device.Own", "usp", false, clock.instant(), TwinValue.Source.GET)));
        DeviceRecord before = record();
        assertThat(office.identities().confirmed(before, BOX, at(BOX))).isEmpty();
        assertThat(office.identities().formerly(ID)).contains(BOX);
        assertThat(at(BOX).orElseThrow().tags()).containsExactly("usp", "north");
        session(StandardEvent.PERIODIC);
        assertThat(at(ID)).isEmpty();

        assertThat(office.identities().parted(BOX, EndpointId.of("proto::x")))
                .hasValueSatisfying(why -> assertThat(why).contains("never was a record of its own"));
        assertThat(office.identities().parted(BOX, ID)).isEmpty();

        assertThat(record().tags()).containsExactly("north");
        assertThat(record().online()).isFalse();
        assertThat(record().identity()).isEqualTo(before.identity());
        assertThat(at(BOX).orElseThrow().tags()).containsExactly("usp");
        assertThat(at(BOX).orElseThrow().identity().serialNumber()).isEmpty();
        assertThat(stores.twins().find(BOX, "Device.Own")).isPresent();
        assertThat(office.identities().formerly(ID)).isEmpty();
        assertThat(names.device(ID)).isEmpty();
        awaitTold(ID, EventKind.EVENT, "a record of its own again");
        session(StandardEvent.PERIODIC);
        assertThat(record().online()).isTrue();
        assertThat(office.identities().parted(BOX, ID)).isPresent();
    }

    @Test
    void what_devices_have_said_themselves_is_not_undone_by_people() {
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        assertThat(office.identities().formerly(ID)).contains(BOX);
        assertThat(office.identities().parted(BOX, ID))
                .hasValueSatisfying(why -> assertThat(why).contains("has not been said by a person"));
    }

    @Test
    void a_person_is_told_why_two_cannot_be_one() {
        logins.put(ID, "the box");
        caller = new Caller("127.0.0.1:5", true, Optional.of("the box"), Optional.empty());
        session(StandardEvent.BOOTSTRAP);
        overUsp(BOX, "S 1", false);
        assertThat(office.identities().confirmed(record(), ID, at(ID)))
                .hasValueSatisfying(why -> assertThat(why).contains("already"));
        assertThat(office.identities().confirmed(record(), BOX, at(BOX)))
                .hasValueSatisfying(why -> assertThat(why).contains("has to come with a certificate"));
        assertThat(office.identities().confirmed(record(), EndpointId.of("proto::nobody"), Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why).contains("does not call itself so"));
        EndpointId other = EndpointId.of("proto::box-2");
        overUsp(other, "S 1", false);
        assertThat(office.identities().confirmed(at(other).orElseThrow(), BOX, at(BOX)))
                .hasValueSatisfying(why -> assertThat(why).contains("they are two"));
        assertThat(Stream.of(ID, BOX, other).map(this::at)).allMatch(Optional::isPresent);
    }

    @Test
    void a_name_that_is_another_organisations_is_not_taken_before_that_comes() {
        device.values.put(OWN, "os::00256E-1");
        session(StandardEvent.BOOTSTRAP);
        assertThat(at(ID)).isPresent();
        assertThat(at(EndpointId.of("os::00256E-1"))).isEmpty();
        device.values.put(OWN, "os::00256D-1");
        session(StandardEvent.BOOT);
        assertThat(at(EndpointId.of("os::00256D-1"))).isPresent();
    }

    @Test
    void who_turns_out_to_be_another_over_usp_leaves_the_device_of_tr069_its_own_name() {
        device.values.put(OWN, BOX.toString());
        session(StandardEvent.BOOTSTRAP);
        stores.devices()
                .update(
                        BOX,
                        known -> known.withProtocolVersions("1.4")
                                .withIdentity(new DeviceIdentity("Acme", "00256D", "", "Box", "S 9", "", "")));
        office.identities().learntOverUsp(BOX);
        awaitTold(BOX, EventKind.WARNING, "these are two");
        session(StandardEvent.BOOT);
        assertThat(at(ID)).isPresent();
        assertThat(at(BOX).orElseThrow().identity().serialNumber()).isEqualTo("S 9");
    }
}
