// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What a device does by the clock and by what `Device.ManagementServer.` says, and for the people at home.
class ContactTimesTest extends ContactStage {
    private static final String SERVER = "Device.ManagementServer.";
    private static final String NAME = "Device.DeviceInfo.FriendlyName";
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";

    /// The ACS writes these, in a session that begins now.
    private void written(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new ParameterValue(namesAndValues[i], PrimitiveType.STRING, namesAndValues[i + 1]));
        }
        requests.add(new SetParameterValues(values, "key"));
        contact.called();
        soon();
        informs.clear();
    }

    private String read(String name) {
        requests.add(new GetParameterValues(List.of(name)));
        contact.called();
        soon();
        return ((GetParameterValuesResponse) answers.getLast())
                .parameterList()
                .getFirst()
                .value();
    }

    private CwmpFault fault() {
        return (CwmpFault) answers.getLast();
    }

    private void watch(String name, Notification notification) {
        requests.add(new SetParameterAttributes(
                List.of(new AttributeChange(name, Optional.of(notification), Optional.empty()))));
        contact.called();
        soon();
        informs.clear();
    }

    private List<List<String>> told() {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < informs.size(); i++) {
            all.add(told(i));
        }
        return all;
    }

    @Test
    void a_heartbeat_comes_alone_in_step_with_its_time() {
        String policy = SERVER + "HeartbeatPolicy.";
        Instant reference = clock.instant().plusSeconds(20);
        written(
                policy + "Enable", "true",
                policy + "ReportingInterval", "60",
                policy + "InitiationTime", CwmpTime.of(reference).text());
        timer.advance(Duration.between(clock.instant(), reference).plusSeconds(2));
        timer.advance(Duration.ofSeconds(60));
        assertThat(told()).containsExactly(List.of("14 HEARTBEAT"), List.of("14 HEARTBEAT"));
        informs.clear();
        // with something else to tell, that is told first, and apart
        requests.add(new ScheduleInform(Duration.ofSeconds(40), "k"));
        contact.called();
        soon();
        informs.clear();
        watch(NAME, Notification.PASSIVE);
        device.set(NAME, "new");
        timer.advance(
                Duration.between(clock.instant(), reference.plusSeconds(180)).plusSeconds(5));
        assertThat(told())
                .contains(List.of("14 HEARTBEAT"))
                .noneMatch(each -> each.contains("14 HEARTBEAT") && each.size() > 1);
    }

    @Test
    void a_heartbeat_that_nobody_hears_is_not_made_up_for() {
        String policy = SERVER + "HeartbeatPolicy.";
        written(
                policy + "Enable", "true",
                policy + "ReportingInterval", "60",
                policy + "InitiationTime",
                        CwmpTime.of(clock.instant().plusSeconds(30)).text());
        away = true;
        timer.advance(Duration.ofSeconds(119));
        away = false;
        int failed = informs.size();
        assertThat(failed).isZero();
        timer.advance(Duration.ofSeconds(61));
        assertThat(told()).containsExactly(List.of("14 HEARTBEAT"));
        assertThat(informs.getFirst().retryCount()).isZero();
        written(policy + "Enable", "false");
        timer.advance(Duration.ofMinutes(5));
        assertThat(told()).isEmpty();
        written(policy + "ReportingInterval", "29");
        assertThat(fault().parameterFaults().getFirst().fault().faultCode())
                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void other_settings_do_not_put_a_periodic_inform_off() {
        written(SERVER + "PeriodicInformInterval", "100");
        timer.advance(Duration.ofSeconds(60));
        written(SERVER + "Username", "other");
        timer.advance(Duration.ofSeconds(45));
        assertThat(told()).containsExactly(List.of("2 PERIODIC"));
    }

    @Test
    void changed_values_alone_wait_for_the_throttle_and_come_with_whatever_is_told_before() {
        written(SERVER + "DefaultActiveNotificationThrottle", "300");
        device.set(VERSION, "2.0");
        timer.advance(Duration.ofSeconds(200));
        assertThat(told()).isEmpty();
        timer.advance(Duration.ofSeconds(110));
        assertThat(told()).containsExactly(List.of("4 VALUE CHANGE"));
        informs.clear();
        device.set(VERSION, "3.0");
        timer.advance(Duration.ofSeconds(100));
        assertThat(told()).isEmpty();
        contact.called();
        soon();
        assertThat(told()).hasSize(1);
        assertThat(told(0)).containsExactlyInAnyOrder("4 VALUE CHANGE", "6 CONNECTION REQUEST");
    }

    @Test
    void it_restarts_a_while_after_the_session_in_which_that_was_written_and_then_not_again() throws IOException {
        written(SERVER + "DelayReboot", "30");
        timer.advance(Duration.ofSeconds(25));
        assertThat(commands).isEmpty();
        timer.advance(Duration.ofSeconds(6));
        assertThat(commands).containsExactly("Reboot()");
        restart();
        soon();
        assertThat(told(0)).containsExactly("1 BOOT");
        assertThat(read(SERVER + "DelayReboot")).isEqualTo("-1");
        timer.advance(Duration.ofSeconds(100));
        assertThat(commands).containsExactly("Reboot()");
        written(SERVER + "DelayReboot", "30");
        written(SERVER + "DelayReboot", "-1");
        timer.advance(Duration.ofSeconds(100));
        assertThat(commands).containsExactly("Reboot()");
    }

    @Test
    void it_restarts_at_the_time_that_was_written_also_after_another_start_and_never_for_one_that_is_past()
            throws IOException {
        Instant time = clock.instant().plusSeconds(600);
        written(SERVER + "ScheduleReboot", CwmpTime.of(time).text());
        restart();
        timer.advance(Duration.ofSeconds(550));
        assertThat(commands).isEmpty();
        timer.advance(Duration.ofSeconds(60));
        assertThat(commands).containsExactly("Reboot()");
        restart();
        timer.advance(Duration.ofDays(1));
        assertThat(commands).containsExactly("Reboot()");
        written(SERVER + "ScheduleReboot", "2001-01-01T00:00:00Z");
        timer.advance(Duration.ofDays(1));
        assertThat(commands).containsExactly("Reboot()");
    }

    @Test
    void an_inform_tells_what_the_acs_asks_for_and_what_cannot_be_asked_for_is_refused() {
        requests.add(new AddObject(SERVER + "InformParameter.", ""));
        contact.called();
        soon();
        String row = SERVER + "InformParameter.1.";
        written(row + "ParameterName", NAME + ".x y");
        assertThat(fault().parameterFaults().getFirst().fault().faultString()).contains("whole name of a parameter");
        written(row + "ParameterName", SERVER + "ParameterKey");
        assertThat(fault().parameterFaults().getFirst().fault().faultString()).contains("told in every Inform already");
        written(row + "EventList", "4 VALUE CHANGE");
        assertThat(fault().parameterFaults().getFirst().fault().faultString()).contains("4 VALUE CHANGE");
        written(
                row + "ParameterName", SERVER + "PeriodicInformInterval",
                row + "EventList", "6 CONNECTION REQUEST",
                row + "Enable", "true");
        contact.called();
        soon();
        assertThat(informs.getFirst().parameterList())
                .contains(new ParameterValue(SERVER + "PeriodicInformInterval", PrimitiveType.UNSIGNED_INT, "86400"));
    }

    @Test
    void somebody_on_the_device_asks_for_a_file_once() {
        soon();
        informs.clear();
        assertThat(contact.requested(DownloadType.FIRMWARE)).isTrue();
        assertThat(contact.requested(DownloadType.FIRMWARE)).isTrue();
        soon();
        assertThat(told()).containsExactly(List.of("9 REQUEST DOWNLOAD"));
        assertThat(answers).containsExactly(new RequestDownload("1 Firmware Upgrade Image", List.of()));
        timer.advance(Duration.ofMinutes(5));
        assertThat(informs).hasSize(1);
    }

    /// Kicks the device as a browser does, which waits meanwhile.
    private Kicks.Outcome kick() throws Exception {
        FutureTask<Kicks.Outcome> browser = new FutureTask<>(
                (Callable<Kicks.Outcome>) () -> contact.kicked(new Kicked("c", "r", "a", "http://n/")));
        Thread thread = Thread.ofVirtual().start(browser);
        while (thread.getState() != Thread.State.TIMED_WAITING && !browser.isDone()) {
            Thread.sleep(5);
        }
        soon();
        return browser.get();
    }

    @Test
    void who_kicks_the_device_hears_from_the_acs_where_to_go() throws Exception {
        soon();
        informs.clear();
        assertThat(kick()).isEqualTo(new Kicks.Outcome.Next("http://n/"));
        assertThat(told()).containsExactly(List.of("5 KICKED"));
        assertThat(answers).containsExactly(new Kicked("c", "r", "a", "http://n/"));
        kickedAnswer = _ -> CwmpFault.of(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED, "no");
        assertThat(kick()).isEqualTo(new Kicks.Outcome.Nowhere("the provider does not take it"));
    }

    @Test
    void a_kick_that_nobody_hears_is_forgotten() throws Exception {
        soon();
        informs.clear();
        away = true;
        assertThat(kick()).isEqualTo(new Kicks.Outcome.Nowhere("the provider cannot be reached"));
        away = false;
        timer.advance(Duration.ofMinutes(10));
        assertThat(told().stream().flatMap(List::stream)).doesNotContain("5 KICKED");
        written(SERVER + "EnableCWMP", "false");
        assertThat(contact.kicked(new Kicked("c", "", "", ""))).isInstanceOf(Kicks.Outcome.Nowhere.class);
        assertThat(contact.requested(DownloadType.FIRMWARE)).isFalse();
    }

    @Test
    void having_stood_by_is_told_by_what_the_acs_wants_to_hear_of() {
        soon();
        requests.add(new ScheduleInform(Duration.ofSeconds(100), "k"));
        contact.called();
        soon();
        informs.clear();
        Instant since = clock.instant();
        clock.set(since.plusSeconds(200));
        contact.wokeUp(new StandbyPolicy(-1, -1, false), since);
        soon();
        assertThat(told().stream().flatMap(List::stream))
                .doesNotContain("13 WAKEUP")
                .contains("3 SCHEDULED");
        for (StandbyPolicy policy : List.of(new StandbyPolicy(199, -1, false), new StandbyPolicy(0, -1, true))) {
            informs.clear();
            contact.wokeUp(policy, clock.instant().minusSeconds(250));
            soon();
            assertThat(told(0)).containsExactly("13 WAKEUP");
        }
        written(SERVER + "PeriodicInformInterval", "60");
        contact.wokeUp(new StandbyPolicy(-1, 3, false), clock.instant().minusSeconds(239));
        soon();
        assertThat(told()).isEmpty();
        contact.wokeUp(new StandbyPolicy(-1, 3, false), clock.instant().minusSeconds(240));
        soon();
        assertThat(told(0)).containsExactly("13 WAKEUP");
    }

    @Test
    void a_planned_inform_that_was_slept_through_wakes_the_acs_where_it_wants_that() {
        soon();
        requests.add(new ScheduleInform(Duration.ofSeconds(100), "k"));
        contact.called();
        soon();
        informs.clear();
        Instant since = clock.instant();
        clock.set(since.plusSeconds(200));
        contact.wokeUp(new StandbyPolicy(-1, -1, true), since);
        soon();
        assertThat(told(0)).containsExactlyInAnyOrder("13 WAKEUP", "3 SCHEDULED", "M ScheduleInform k");
    }

    private static String received(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[10_000], 10_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void changes_go_by_datagrams_at_once_and_in_step_with_a_time() throws Exception {
        try (DatagramSocket acs = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            acs.setSoTimeout(10_000);
            written(
                    SERVER + "LightweightNotificationProtocolsUsed", "UDP",
                    SERVER + "UDPLightweightNotificationPort", String.valueOf(acs.getLocalPort()),
                    SERVER + "LightweightNotificationTriggerInterval", "600");
            watch(NAME, Notification.ACTIVE_LIGHTWEIGHT);
            device.set(NAME, "now");
            timer.advance(Duration.ofSeconds(1));
            assertThat(received(acs))
                    .startsWith("POST / HTTP/1.1\r\nHost: 127.0.0.1:" + acs.getLocalPort())
                    .contains("<UN>box</UN>", "<OUI>00256D</OUI>", "<Name>" + NAME + "</Name><Value>now</Value>");
            assertThat(told()).isEmpty();
            watch(NAME, Notification.PASSIVE_LIGHTWEIGHT);
            device.set(NAME, "later");
            acs.setSoTimeout(300);
            assertThat(catchThrowable(() -> received(acs))).isInstanceOf(SocketTimeoutException.class);
            acs.setSoTimeout(10_000);
            timer.advance(Duration.ofMinutes(10));
            assertThat(received(acs)).contains("<Value>later</Value>");
            // many values take several datagrams, and one that is too long for any is said
            device.set(NAME, "x".repeat(9_000));
            timer.advance(Duration.ofMinutes(10));
            assertThat(said).contains("no lightweight notification: " + NAME + " is too long for a datagram");
        }
    }

    @Test
    void nothing_is_sent_that_could_not_be_signed() throws IOException {
        stop();
        start(AcsAddress.parse("http://127.0.0.1:7547/cwmp", "box", "", false), "");
        written(SERVER + "LightweightNotificationProtocolsUsed", "UDP", SERVER + "UDPLightweightNotificationPort", "9");
        watch(NAME, Notification.ACTIVE_LIGHTWEIGHT);
        device.set(NAME, "a");
        timer.advance(Duration.ofSeconds(2));
        device.set(NAME, "b");
        timer.advance(Duration.ofSeconds(2));
        assertThat(said)
                .containsOnlyOnce("no lightweight notification: there is no password of the device at its ACS to sign"
                        + " them with");
    }
}
