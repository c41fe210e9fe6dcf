// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.NamePattern;
import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.GetParameterValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device of TR-098, which is asked by the names of TR-181.
class SharedNamesTest extends AcsStage {
    private static final String WLAN = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.";
    private static final String HOSTS = "InternetGatewayDevice.LANDevice.1.Hosts.Host.";
    private static final String MAPPINGS = "InternetGatewayDevice.WANDevice.1.Mapping.";
    private static final Kinds TR_098 = new Kinds(List.of(kind(Map.of())));

    private static Kind kind(Map<Quirk, List<String>> quirks) {
        return new Kind(
                "tr-098",
                "a test says so",
                "test:1",
                DeviceMatch.ALL,
                quirks,
                List.of(
                        rule("Device.DeviceInfo.", "InternetGatewayDevice.DeviceInfo.", Map.of()),
                        rule("Device.ManagementServer.", "InternetGatewayDevice.ManagementServer.", Map.of()),
                        rule("Device.WiFi.SSID.{i}.SSID", WLAN + "{i}.SSID", Map.of()),
                        rule("Device.WiFi.SSID.{i}.Security", WLAN + "{i}.BeaconType", Map.of("11i", "WPA2")),
                        rule("Device.Hosts.Host.{i}.PhysAddress", HOSTS + "{i}.MACAddress", Map.of()),
                        rule("Device.NAT.PortMapping.{i}.Description", MAPPINGS + "{i}.Name", Map.of()),
                        rule("Device.NAT.PortMapping.{i}.Lease", MAPPINGS + "{i}.PortInterval", Map.of())));
    }

    private static NameRule rule(String shown, String from, Map<String, String> words) {
        return new NameRule(
                NamePattern.of(shown).orElseThrow(),
                List.of(NamePattern.of(from).orElseThrow()),
                words,
                "");
    }

    @BeforeEach
    void a_device_of_tr_098_has_come() {
        device.values.clear();
        device.values.put("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "1.0");
        device.values.put(WLAN + "1.SSID", "Home");
        device.values.put(WLAN + "1.BeaconType", "11i");
        device.values.put(WLAN + "2.LockedSSID", "x");
        device.values.put(HOSTS + "1.MACAddress", "00:00:5E:00:53:01");
        device.informs.clear();
        device.informs.add("InternetGatewayDevice.DeviceInfo.SoftwareVersion");
        office.treats(TR_098);
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
    }

    private String value(String path) {
        return twin(path).map(TwinValue::value).orElse("nothing");
    }

    @Test
    void what_it_tells_is_known_by_both_names() {
        assertThat(value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("1.0");
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Home");
        assertThat(value(WLAN + "1.SSID")).isEqualTo("Home");
        assertThat(value("Device.WiFi.SSID.1.Security")).isEqualTo("WPA2");
        assertThat(value(WLAN + "1.BeaconType")).isEqualTo("11i");
        assertThat(record().identity().softwareVersion()).isEqualTo("1.0");
    }

    @Test
    void what_is_written_by_the_shared_name_is_written_and_known_by_both() {
        var _ = office.ask(
                ID,
                new Errand.SetValues(Map.of("Device.WiFi.SSID.1.SSID", "Den", "Device.WiFi.SSID.1.Security", "WPA2")));

        session(StandardEvent.PERIODIC);

        assertThat(device.values).containsEntry(WLAN + "1.SSID", "Den").containsEntry(WLAN + "1.BeaconType", "11i");
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Den");
        assertThat(value(WLAN + "1.SSID")).isEqualTo("Den");
        assertThat(value("Device.WiFi.SSID.1.Security")).isEqualTo("WPA2");
    }

    @Test
    void it_is_called_once_it_has_our_login_by_its_own_name() throws Exception {
        String server = "InternetGatewayDevice.ManagementServer.ConnectionRequest";
        device.values.put(server + "URL", "http://127.0.0.1:4567/x");
        device.values.put(server + "Username", "from the factory");
        device.values.put(server + "Password", "");
        session(StandardEvent.BOOT);
        assertThat(device.values).containsEntry(server + "Username", "us");

        assertThat(office.askNow(ID, new Errand.SetValues(Map.of("Device.WiFi.SSID.1.SSID", "Den")), PATIENCE))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Done(true)));
        assertThat(calling.called).containsExactly("http://127.0.0.1:4567/x us our word");
        assertThat(device.values).containsEntry(WLAN + "1.SSID", "Den");
    }

    @Test
    void what_it_refuses_is_said_by_the_name_for_which_it_was_asked() {
        device.unwritable = ".SSID";
        var _ = office.ask(ID, new Errand.SetValues(Map.of("Device.WiFi.SSID.1.SSID", "Den")));

        session(StandardEvent.PERIODIC);

        awaitEvent(
                EventKind.WARNING, "Device.WiFi.SSID.1.SSID: 9008 Attempt to set a non-writable parameter: read-only");
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Home");
    }

    @Test
    void all_beneath_a_shared_object_is_read_with_rows_that_nobody_knew() {
        device.values.put(HOSTS + "2.MACAddress", "00:00:5E:00:53:02");
        var _ = office.ask(
                ID, new Errand.ReadValues(List.of("Device.Hosts.Host.", "Device.WiFi.SSID.1.SSID", "Device.Nothing.")));

        session(StandardEvent.PERIODIC);

        assertThat(device.asked.stream()
                        .filter(GetParameterValues.class::isInstance)
                        .flatMap(asked -> ((GetParameterValues) asked).parameterNames().stream()))
                .contains(HOSTS, WLAN + "1.SSID");
        assertThat(value("Device.Hosts.Host.2.PhysAddress")).isEqualTo("00:00:5E:00:53:02");
        awaitEvent(EventKind.WARNING, "the device has nothing at Device.Nothing.");
        assertThat(events()).noneMatch(event -> event.text().contains("nothing at Device.Hosts"));
    }

    @Test
    void a_row_is_made_with_its_values_and_removed_again() {
        device.values.put(MAPPINGS + "1.Name", "old");
        var _ = office.ask(
                ID, new Errand.AddRow("Device.NAT.PortMapping.", Map.of("Description", "web", "Lease", "60")));

        session(StandardEvent.PERIODIC);

        assertThat(device.values)
                .containsEntry(MAPPINGS + "1.Name", "web")
                .containsEntry(MAPPINGS + "1.PortInterval", "60");
        awaitEvent(EventKind.OPERATION_COMPLETE, "which is Device.NAT.PortMapping.1.");
        assertThat(value("Device.NAT.PortMapping.1.Description")).isEqualTo("web");
        assertThat(value(MAPPINGS + "1.Name")).isEqualTo("web");

        var _ = office.ask(ID, new Errand.DeleteRows(List.of("Device.NAT.PortMapping.1.")));
        session(StandardEvent.PERIODIC);

        assertThat(device.values.keySet()).noneMatch(name -> name.startsWith(MAPPINGS));
        assertThat(value("Device.NAT.PortMapping.1.Description")).isEqualTo("nothing");
        assertThat(value(MAPPINGS + "1.Name")).isEqualTo("nothing");
    }

    @Test
    void a_change_is_told_once_by_the_shared_name() {
        device.informs.add(WLAN + "1.SSID");
        device.informs.add(WLAN + "1.Colour");
        device.values.put(WLAN + "1.SSID", "Den");
        device.values.put(WLAN + "1.Colour", "red");

        session(StandardEvent.VALUE_CHANGE);

        awaitEvent(EventKind.VALUE_CHANGE, WLAN + "1.Colour is red");
        assertThat(events().stream().map(event -> event.text()).filter(text -> text.contains("Den")))
                .containsExactly("Device.WiFi.SSID.1.SSID is Den");
        assertThat(value(WLAN + "1.SSID")).isEqualTo("Den");
    }

    @Test
    void what_is_gone_when_all_is_read_again_is_gone_by_both_names() {
        device.values.keySet().removeIf(name -> name.startsWith(HOSTS));

        session(StandardEvent.BOOT);

        assertThat(value("Device.Hosts.Host.1.PhysAddress")).isEqualTo("nothing");
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Home");
    }

    @Test
    void shared_names_and_quirks_go_together() {
        office.treats(new Kinds(
                List.of(kind(Map.of(Quirk.UNKNOWN_NAMES, List.of("fatal"), Quirk.PARTIAL_PATHS, List.of("refused"))))));
        var _ = office.ask(
                ID,
                new Errand.ReadValues(
                        List.of("Device.Hosts.Host.", "Device.WiFi.SSID.1.SSID", "Device.WiFi.SSID.9.SSID")));

        session(StandardEvent.PERIODIC);

        assertThat(device.asked.stream()
                        .filter(GetParameterValues.class::isInstance)
                        .flatMap(asked -> ((GetParameterValues) asked).parameterNames().stream()))
                .containsExactlyInAnyOrder(WLAN + "1.SSID", HOSTS + "1.MACAddress");
        awaitEvent(EventKind.WARNING, "the device has nothing at Device.WiFi.SSID.9.SSID");
    }

    @Test
    void who_is_here_over_usp_says_the_shared_names_itself() {
        try (AgentOnPaper agent = new AgentOnPaper()) {
            agent.office().treats(TR_098);
            agent.device.values.put(WLAN + "1.SSID", "by TR-069");
            agent.device.informs.addFirst(WLAN + "1.SSID");
            agent.overUsp(true);

            assertThat(Stream.of(StandardEvent.BOOT, StandardEvent.VALUE_CHANGE).allMatch(agent::session))
                    .isTrue();

            assertThat(agent.stores.twins().find(AgentOnPaper.ID, WLAN + "1.SSID"))
                    .isPresent();
            assertThat(agent.stores
                            .twins()
                            .find(AgentOnPaper.ID, "Device.WiFi.SSID.1.SSID")
                            .map(TwinValue::value))
                    .hasValue("Home");
        }
    }
}
