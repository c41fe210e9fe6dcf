// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.Naming.Own;
import dev.pharos.controller.kind.Naming.Shown;
import dev.pharos.controller.store.DeviceIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NamingTest {
    private static final String WLAN = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.";
    private static final String CONNECTION =
            "InternetGatewayDevice.WANDevice.3.WANConnectionDevice.2.WANIPConnection.10.";
    private static final String DEFAULT = "InternetGatewayDevice.Layer3Forwarding.DefaultConnectionService";

    private final TreeMap<String, String> device = new TreeMap<>(Map.of(
            WLAN + "1.SSID",
            "Home",
            WLAN + "1.KeyPassphrase",
            "",
            WLAN + "1.BeaconType",
            "11i",
            "InternetGatewayDevice.DeviceInfo.UpTime",
            "5",
            CONNECTION + "ExternalIPAddress",
            "203.0.113.7",
            CONNECTION + "PortMapping.4.PortMappingEnabled",
            "1"));
    private final List<Kind> kinds = List.of(
            kind(
                    rule("Device.DeviceInfo.", "InternetGatewayDevice.DeviceInfo."),
                    rule("Device.WiFi.SSID.{i}.SSID", WLAN + "{i}.SSID"),
                    rule(
                            "Device.WiFi.AccessPoint.{i}.Security.KeyPassphrase",
                            WLAN + "{i}.PreSharedKey.1.KeyPassphrase",
                            WLAN + "{i}.KeyPassphrase"),
                    new NameRule(
                            pattern("Device.WiFi.AccessPoint.{i}.Security.ModeEnabled"),
                            List.of(pattern(WLAN + "{i}.BeaconType")),
                            Map.of("11i", "WPA2-Personal"),
                            ""),
                    new NameRule(
                            pattern("Device.WiFi.AccessPoint.{i}.SSIDReference"),
                            List.of(pattern(WLAN + "{i}.SSID")),
                            Map.of(),
                            "Device.WiFi.SSID.{i}"),
                    rule(
                            "Device.IP.Interface.1.IPv4Address.1.IPAddress",
                            "{" + DEFAULT + "}.ExternalIPAddress",
                            "InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANIPConnection.*.ExternalIPAddress"),
                    rule(
                            "Device.NAT.PortMapping.{i}.Enable",
                            "{" + DEFAULT + "}.PortMapping.{i}.PortMappingEnabled",
                            "InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANPPPConnection.*.PortMapping.{i}.PortMappingEnabled",
                            "InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANIPConnection.*.PortMapping.{i}.PortMappingEnabled")));

    private static Kind kind(NameRule... rules) {
        return new Kind("tr-098", "both are", "a.yaml:1", DeviceMatch.ALL, Map.of(), List.of(rules));
    }

    private static NamePattern pattern(String text) {
        return NamePattern.of(text).orElseThrow();
    }

    private static NameRule rule(String shown, String... from) {
        return new NameRule(
                pattern(shown), List.of(from).stream().map(NamingTest::pattern).toList(), Map.of(), "");
    }

    private Naming naming() {
        return naming("InternetGatewayDevice", kinds);
    }

    private Naming naming(String root, List<Kind> all) {
        return new Kinds(all).namingFor(DeviceIdentity.UNKNOWN, root, new Known() {
            @Override
            public Optional<String> value(String path) {
                return Optional.ofNullable(device.get(path));
            }

            @Override
            public List<String> beneath(String object) {
                return device.keySet().stream()
                        .filter(path -> path.startsWith(object))
                        .toList();
            }
        });
    }

    private Optional<String> own(String path) {
        return naming().own(path).map(Own::path);
    }

    @Test
    void rows_have_the_same_number_on_both_sides_and_all_beneath_an_object_keeps_its_names() {
        assertThat(own("Device.WiFi.SSID.7.SSID")).hasValue(WLAN + "7.SSID");
        assertThat(own("Device.DeviceInfo.MemoryStatus.Free"))
                .hasValue("InternetGatewayDevice.DeviceInfo.MemoryStatus.Free");
        assertThat(own("Device.WiFi.SSID.7.Other")).isEmpty();
        assertThat(own("Device.DeviceInfo")).isEmpty();
    }

    @Test
    void of_several_names_the_first_counts_that_the_device_has() {
        String key = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        assertThat(own(key)).hasValue(WLAN + "1.KeyPassphrase");
        device.put(WLAN + "1.PreSharedKey.1.KeyPassphrase", "");
        assertThat(own(key)).hasValue(WLAN + "1.PreSharedKey.1.KeyPassphrase");
    }

    @Test
    void a_star_is_the_first_row_that_there_is_by_its_number() {
        String address = "Device.IP.Interface.1.IPv4Address.1.IPAddress";
        assertThat(own(address)).hasValue(CONNECTION + "ExternalIPAddress");
        device.put(CONNECTION.replace(".10.", ".9.") + "Name", "x");
        assertThat(own(address)).hasValue(CONNECTION.replace(".10.", ".9.") + "ExternalIPAddress");
        device.clear();
        assertThat(own(address)).isEmpty();
    }

    @Test
    void what_the_device_says_of_itself_goes_before_what_is_found() {
        String other = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1";
        device.put(DEFAULT, other);
        assertThat(own("Device.IP.Interface.1.IPv4Address.1.IPAddress")).hasValue(other + ".ExternalIPAddress");
        assertThat(naming().ownObject("Device.NAT.PortMapping.")).hasValue(other + ".PortMapping.");
        assertThat(own("Device.NAT.PortMapping.9.Enable")).hasValue(other + ".PortMapping.9.PortMappingEnabled");
        for (String nonsense : List.of("", "Device.X.Y", "InternetGatewayDevice", "InternetGatewayDevice. {i}")) {
            device.put(DEFAULT, nonsense);
            assertThat(own("Device.IP.Interface.1.IPv4Address.1.IPAddress")).hasValue(CONNECTION + "ExternalIPAddress");
        }
    }

    @Test
    void values_are_shown_in_the_words_of_the_rule_and_written_in_those_of_the_device() {
        assertThat(naming().shown(WLAN + "1.BeaconType", "11i"))
                .containsExactly(new Shown("Device.WiFi.AccessPoint.1.Security.ModeEnabled", "WPA2-Personal"));
        assertThat(naming().shown(WLAN + "1.BeaconType", "Odd"))
                .extracting(Shown::value)
                .containsExactly("Odd");
        Own own = naming().own("Device.WiFi.AccessPoint.1.Security.ModeEnabled").orElseThrow();
        assertThat(own.value("WPA2-Personal")).isEqualTo("11i");
        assertThat(own.value("Odd")).isEqualTo("Odd");
        assertThat(own.fixed()).isFalse();
    }

    @Test
    void one_value_may_be_shown_as_several_and_what_a_rule_says_itself_cannot_be_written() {
        assertThat(naming().shown(WLAN + "1.SSID", "Home"))
                .containsExactlyInAnyOrder(
                        new Shown("Device.WiFi.SSID.1.SSID", "Home"),
                        new Shown("Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1"));
        assertThat(naming().own("Device.WiFi.AccessPoint.1.SSIDReference").map(Own::fixed))
                .hasValue(true);
        assertThat(naming().shown(CONNECTION.replace(".10.", ".11.") + "ExternalIPAddress", "x"))
                .isEmpty();
        assertThat(naming().shown("InternetGatewayDevice.Unknown", "x")).isEmpty();
    }

    @Test
    void all_beneath_an_object_is_asked_for_where_the_device_has_it() {
        assertThat(naming().ownBeneath("Device.WiFi.SSID.")).containsExactly(WLAN);
        assertThat(naming().ownBeneath("Device.WiFi.SSID.1.")).containsExactly(WLAN + "1.SSID");
        assertThat(naming().ownBeneath("Device.WiFi.")).containsExactly(WLAN);
        assertThat(naming().ownBeneath("Device.DeviceInfo.MemoryStatus."))
                .containsExactly("InternetGatewayDevice.DeviceInfo.MemoryStatus.");
        assertThat(naming().ownBeneath("Device.NAT.PortMapping.")).containsExactly(CONNECTION + "PortMapping.");
        assertThat(naming().ownBeneath("Device.Time.")).isEmpty();
        assertThat(naming().ownBeneath("Device."))
                .containsExactlyInAnyOrder(
                        WLAN,
                        "InternetGatewayDevice.DeviceInfo.",
                        CONNECTION + "ExternalIPAddress",
                        CONNECTION + "PortMapping.");
    }

    @Test
    void a_table_and_its_rows_are_the_devices_own() {
        assertThat(naming().ownObject("Device.NAT.PortMapping.")).hasValue(CONNECTION + "PortMapping.");
        assertThat(naming().ownObject("Device.NAT.PortMapping.4.")).hasValue(CONNECTION + "PortMapping.4.");
        assertThat(naming().ownObject("Device.WiFi.SSID.2.")).hasValue(WLAN + "2.");
        assertThat(naming().ownObject("Device.DeviceInfo.")).isEmpty();
        assertThat(naming().ownObject("Device.Unknown.Table.")).isEmpty();
    }

    @Test
    void a_device_of_another_root_has_no_use_of_them_and_an_operators_name_goes_before() {
        assertThat(naming("Device", kinds).isPlain()).isTrue();
        device.put("Device.X_ACME_PON.Rx", "-20");
        Naming acme = naming("Device", List.of(kind(rule("Device.X_OP_Optical.Power", "Device.X_ACME_PON.Rx"))));
        assertThat(acme.own("Device.X_OP_Optical.Power").map(Own::path)).hasValue("Device.X_ACME_PON.Rx");

        Kind closer = new Kind(
                "ours",
                "seen",
                "b.yaml:1",
                new DeviceMatch(Map.of(DeviceMatch.Field.PRODUCT_CLASS, List.of("*"))),
                Map.of(),
                List.of(rule("Device.WiFi.SSID.{i}.SSID", "InternetGatewayDevice.X_ACME_Wlan.{i}.Name")));
        Naming both = naming("InternetGatewayDevice", List.of(closer, kinds.getFirst()));
        assertThat(both.own("Device.WiFi.SSID.1.SSID").map(Own::path))
                .hasValue("InternetGatewayDevice.X_ACME_Wlan.1.Name");
        assertThat(both.shown(WLAN + "1.SSID", "Home"))
                .extracting(Shown::path)
                .doesNotContain("Device.WiFi.SSID.1.SSID");
    }

    @Test
    void what_is_no_name_or_no_rule_is_refused_with_the_reason() {
        for (String wrong : List.of(
                "",
                "Device",
                "Device..X",
                "Device.A.{i}",
                "Device.A.{ii}.B",
                "Device.A.*",
                "Device.A b",
                "{Device.A}",
                "Device.{Device.B}.A",
                "Device.A.{i}B")) {
            assertThat(NamePattern.of(wrong)).as(wrong).isEmpty();
        }
        assertThat(objection("InternetGatewayDevice.A", "Device.B")).isPresent();
        assertThat(objection("Device.A.*.B", "Device.B.*.C")).isPresent();
        assertThat(objection("Device.A.{i}.B", "Device.B.{j}.C")).isPresent();
        assertThat(objection("Device.A.", "Device.B")).isPresent();
        assertThat(objection("Device.A.{i}.B", "Device.B.{i}.C")).isEmpty();
        assertThat(objection("Device.X_OP_Code", "InternetGatewayDevice.A.KeyPassphrase"))
                .hasValueSatisfying(why -> assertThat(why).contains("a secret"));
        assertThat(objection("Device.X_OP_Keep.", "InternetGatewayDevice.Password."))
                .isPresent();
        assertThat(objection("Device.X_OP.Url", "InternetGatewayDevice.ManagementServer.URL"))
                .hasValueSatisfying(why -> assertThat(why).contains("keeps its name"));
        assertThat(objection("Device.LocalAgent.", "Device.ManagementServer.")).isPresent();
        assertThat(objection("Device.ManagementServer.", "InternetGatewayDevice.ManagementServer."))
                .isEmpty();
        assertThat(objection("Device.LocalAgent.", "Device.X_ACME_LocalAgent."))
                .as("a maker's own")
                .isEmpty();
        assertThat(NamePattern.of("Device.A.{i}.").map(NamePattern::toString)).hasValue("Device.A.{i}.");
    }

    private static Optional<String> objection(String shown, String from) {
        return NameRule.objection(pattern(shown), List.of(pattern(from)), Map.of(), "");
    }
}
