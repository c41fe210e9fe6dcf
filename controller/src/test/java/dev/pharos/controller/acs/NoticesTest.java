// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.controller.onboarding.SubscriptionState;
import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Of which changes a device of TR-069 tells: those that are subscribed to over USP.
class NoticesTest extends AcsStage {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String CHANNEL = "Device.WiFi.Radio.1.Channel";
    private static final String SENT = "Device.WiFi.SSID.1.Stats.BytesSent";

    @BeforeEach
    void it_has_wifi() {
        device.values.put(SSID, "Home");
        device.values.put("Device.WiFi.SSID.2.SSID", "Guests");
        device.values.put(CHANNEL, "6");
        device.values.put(SENT, "17");
        device.values.put("Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "a secret");
    }

    private void has(Map<Quirk, List<String>> quirks, List<NameRule> names) {
        office.treats(new Kinds(
                List.of(new Kind("box", "a test says so", "test:1", new DeviceMatch(Map.of()), quirks, names))));
    }

    private long asked(Class<?> kind) {
        return device.asked.stream().filter(kind::isInstance).count();
    }

    private void again() {
        device.asked.clear();
        session(StandardEvent.BOOT);
    }

    private SubscriptionState state(String reference) {
        return controller.subscriptions(ID).stream()
                .filter(each -> List.of(each.referenceList().split(",")).contains(reference))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_subscribed_to_over_usp_is_told_at_once_but_counters_and_secrets() {
        session(StandardEvent.BOOTSTRAP);

        assertThat(device.attributes)
                .containsOnlyKeys(SSID, "Device.WiFi.SSID.2.SSID", CHANNEL, "Device.DeviceInfo.SoftwareVersion")
                .containsValue(Notification.ACTIVE)
                .doesNotContainValue(Notification.PASSIVE);
        assertThat(state("Device.WiFi.SSID.*.SSID"))
                .matches(it -> it.wanted() && it.present() && it.enabled())
                .returns("at once", SubscriptionState::told);
    }

    @Test
    void a_device_that_tells_as_it_shall_is_asked_by_one_request_and_changed_by_none() {
        session(StandardEvent.BOOTSTRAP);

        again();

        assertThat(asked(GetParameterAttributes.class)).isEqualTo(1);
        assertThat(asked(SetParameterAttributes.class)).isZero();
    }

    @Test
    void what_somebody_else_has_changed_is_mended_and_what_is_not_ours_stays() {
        session(StandardEvent.BOOTSTRAP);
        device.attributes.put(SSID, Notification.OFF);
        device.attributes.put(SENT, Notification.PASSIVE);

        again();

        assertThat(device.attributes)
                .containsEntry(SSID, Notification.ACTIVE)
                .containsEntry(SENT, Notification.PASSIVE);
        assertThat(state("Device.WiFi.SSID.*.Stats.BytesSent"))
                .returns(false, SubscriptionState::wanted)
                .returns("with the next Inform", SubscriptionState::told);
    }

    @Test
    void what_is_not_told_at_once_is_told_with_the_next_inform_and_people_hear_of_it_once() {
        device.neverAtOnce = "Channel";

        session(StandardEvent.BOOTSTRAP);
        again();

        assertThat(device.attributes)
                .containsEntry(CHANNEL, Notification.PASSIVE)
                .containsEntry(SSID, Notification.ACTIVE);
        assertThat(state("Device.WiFi.Radio.*.Channel"))
                .returns(true, SubscriptionState::wanted)
                .returns(false, SubscriptionState::present)
                .returns("9009 Notification request rejected: not that", SubscriptionState::refusal);
        awaitEvent(EventKind.WARNING, "refuses to tell as it shall of changes of 1 parameters: " + CHANNEL);
        assertThat(events())
                .filteredOn(each -> each.text().contains("refuses to tell"))
                .hasSize(1);
    }

    @Test
    void a_device_that_refuses_everything_is_left_after_a_bounded_number_of_faults() {
        for (int i = 1; i <= 300; i++) {
            device.values.put("Device.WiFi.SSID." + i + ".Name", "n");
        }
        device.neverTold = ".";

        session(StandardEvent.BOOTSTRAP);

        assertThat(asked(SetParameterAttributes.class)).isLessThanOrEqualTo(Limits.NOTICE_FAULTS);
        assertThat(device.attributes).isEmpty();
        awaitEvent(EventKind.WARNING, "and others (9009 Notification request rejected: not that)");
        assertThat(notices.find(ID).orElseThrow().refused()).hasSizeGreaterThan(300);
    }

    @Test
    void a_device_without_attributes_is_asked_once_each_time_and_people_hear_of_it_once() {
        device.hasAttributes = false;

        session(StandardEvent.BOOTSTRAP);
        again();

        assertThat(asked(GetParameterAttributes.class)).isEqualTo(1);
        awaitEvent(EventKind.WARNING, "does not say of which changes it tells: 9000");
        assertThat(events())
                .filteredOn(each -> each.text().contains("does not say of which"))
                .hasSize(1);
    }

    @Test
    void a_device_that_does_not_say_them_by_object_is_asked_by_name() {
        device.attributesByObject = false;

        session(StandardEvent.BOOTSTRAP);

        assertThat(device.attributes)
                .containsEntry(SSID, Notification.ACTIVE)
                .containsEntry(CHANNEL, Notification.ACTIVE);
    }

    @Test
    void a_kind_says_otherwise_of_what_is_told() {
        has(
                Map.of(
                        Quirk.TOLD_LATER, List.of("Device.Hosts.Host.*.HostName"),
                        Quirk.NOT_TOLD, List.of("Device.WiFi.SSID.*.SSID"),
                        Quirk.TOLD_AT_ONCE, List.of("Device.DeviceInfo.ModelName", SSID),
                        Quirk.QUIET_CHANGES, List.of("Device.WiFi.Radio.*.Channel")),
                List.of());
        device.attributes.put(SSID, Notification.ACTIVE);

        session(StandardEvent.BOOTSTRAP);

        assertThat(device.attributes)
                .containsEntry("Device.Hosts.Host.70.HostName", Notification.PASSIVE)
                .containsEntry(SSID, Notification.OFF)
                .containsEntry("Device.DeviceInfo.ModelName", Notification.ACTIVE)
                .containsEntry(CHANNEL, Notification.PASSIVE);
        assertThat(state("Device.WiFi.SSID.*.SSID")).returns(true, SubscriptionState::present);
    }

    @Test
    void a_device_of_tr098_is_told_so_in_its_own_names() {
        String own = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.";
        device.values.clear();
        device.informs.clear();
        device.values.put("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "1");
        device.values.put(own + "SSID", "Home");
        device.values.put(own + "TotalBytesSent", "5");
        device.informs.add("InternetGatewayDevice.DeviceInfo.SoftwareVersion");
        has(
                Map.of(),
                List.of(
                        rule("Device.DeviceInfo.", "InternetGatewayDevice.DeviceInfo."),
                        rule("Device.WiFi.SSID.{i}.SSID", own.replace("n.1.", "n.{i}.") + "SSID"),
                        rule(
                                "Device.WiFi.SSID.{i}.Stats.BytesSent",
                                own.replace("n.1.", "n.{i}.") + "TotalBytesSent")));

        session(StandardEvent.BOOTSTRAP);

        assertThat(device.attributes)
                .containsOnlyKeys(own + "SSID", "InternetGatewayDevice.DeviceInfo.SoftwareVersion");
    }

    private static NameRule rule(String shown, String from) {
        return new NameRule(
                NamePattern.of(shown).orElseThrow(),
                List.of(NamePattern.of(from).orElseThrow()),
                Map.of(),
                "");
    }

    @Test
    void a_device_that_leaves_in_between_is_asked_when_it_is_read_next() {
        session(6);
        assertThat(device.attributes).isEmpty();

        session(StandardEvent.BOOT);

        assertThat(device.attributes).containsEntry(SSID, Notification.ACTIVE);
        assertThat(notices.find(ID)).map(Notices::objection).isEqualTo(Optional.of(""));
    }
}
