// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Routes and name servers, of the configuration and as others give them, and the links beneath interfaces.
class RoutesAndServersTest {
    private static final String FOUR = "Device.Routing.Router.1.IPv4Forwarding.";
    private static final String SIX = "Device.Routing.Router.1.IPv6Forwarding.";
    private static final String SERVERS = "Device.DNS.Client.Server.";
    private static final String FORWARDING = "Device.DNS.Relay.Forwarding.";
    private static final String LAN = "Device.IP.Interface.1";
    private static final String WAN = "Device.IP.Interface.2";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    private volatile boolean up = true;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(
                root,
                Map.of("network", """
                        config interface 'lan'
                        \toption device 'br-lan'
                        \toption proto 'static'
                        \toption ipaddr '192.168.1.1/24'

                        config interface 'wan'
                        \toption device 'eth1'
                        \toption proto 'dhcp'
                        \tlist dns '9.9.9.9'

                        config route
                        \toption interface 'lan'
                        \toption target '10.8.0.0'
                        \toption netmask '255.255.0.0'
                        \toption gateway '192.168.1.2'

                        config route6 'six'
                        \toption interface 'lan'
                        \toption target '2001:DB8:8::/48'
                        """, "dhcp", """
                        config dnsmasq
                        \toption domain 'lan'
                        \tlist server '/corp.example/10.8.0.1'
                        \tlist server '9.9.9.9'
                        """),
                List.of(
                        new UbusObject("network.interface", Map.of("dump", UbusMethod.of(call -> List.of(dump())))),
                        new UbusObject("network.device", Map.of("status", UbusMethod.of(call -> List.of(devices()))))));
        await().atMost(TestGateway.PATIENCE)
                .until(() -> gateway().value(WAN + ".Status").equals("Up"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private UbusTable dump() {
        UbusTable lan = UbusTable.EMPTY
                .with("interface", "lan")
                .with("up", true)
                .with("device", "br-lan")
                .with(
                        "route",
                        new UbusValue.Array(
                                List.of(route("10.8.0.0", 16, "192.168.1.2"), route("2001:db8:8::", 48, "::"))));
        UbusTable wan = UbusTable.EMPTY.with("interface", "wan").with("up", up).with("device", "eth1");
        if (up) {
            wan = wan.with("dns-server", new UbusValue.Array(List.of(text("9.9.9.9"), text("100.64.0.1"))))
                    .with(
                            "route",
                            new UbusValue.Array(List.of(
                                    route("0.0.0.0", 0, "100.64.0.1").with("metric", 10),
                                    route("100.64.0.0", 22, "0.0.0.0"),
                                    route("::", 0, "fe80::1"))));
        }
        return UbusTable.EMPTY.with("interface", new UbusValue.Array(List.of(lan, wan)));
    }

    private static UbusTable devices() {
        return UbusTable.EMPTY
                .with("br-lan", link("bridge", "02:00:00:00:00:02"))
                .with("eth1", link("Network device", "02:00:00:00:00:01"));
    }

    private static UbusTable link(String type, String mac) {
        return UbusTable.EMPTY
                .with("type", type)
                .with("up", true)
                .with("carrier", true)
                .with("mtu", 1_492)
                .with("macaddr", mac)
                .with("statistics", UbusTable.EMPTY.with("tx_bytes", 77));
    }

    private static UbusTable route(String target, int mask, String hop) {
        return UbusTable.EMPTY
                .with("target", target)
                .with("mask", mask)
                .with("nexthop", hop)
                .with("source", target.contains(":") ? "::/0" : "0.0.0.0/0");
    }

    private static UbusValue text(String text) {
        return new UbusValue.Text(text);
    }

    @Test
    void interfaces_stand_on_links_that_show_what_netifd_says() {
        TestGateway box = gateway();

        String link = gateway().row("Device.Ethernet.Link.", "Name", "eth1");

        assertThat(box.value(WAN + ".LowerLayers") + ".").isEqualTo(link);
        assertThat(box.value(LAN + ".LowerLayers") + ".")
                .isEqualTo(gateway().row("Device.Ethernet.Link.", "Name", "br-lan"));
        assertThat(box.value("Device.Ethernet.LinkNumberOfEntries")).isEqualTo("2");
        assertThat(box.value(link + "Status")).isEqualTo("Up");
        assertThat(box.value(link + "MACAddress")).isEqualTo("02:00:00:00:00:01");
        assertThat(box.value(link + "MTU")).isEqualTo("1492");
        assertThat(box.value(link + "Stats.BytesSent")).isEqualTo("77");
    }

    @Test
    void a_link_leads_to_the_port_of_another_element_that_has_its_name() throws IOException {
        TestGateway box = gateway();
        String link = gateway().row("Device.Ethernet.Link.", "Name", "eth1");
        assertThat(box.value(link + "LowerLayers")).isEmpty();

        box.beside(new Ports());

        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(gateway().row("Device.Ethernet.Link.", "Name", "eth1") + "LowerLayers")
                        .equals("Device.Ethernet.Interface.1"));
    }

    /// Whoever knows the ports of the host.
    private static final class Ports implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            Set<String> known = Set.of(
                    "Device.Ethernet.InterfaceNumberOfEntries",
                    "Device.Ethernet.Interface.{i}.Name",
                    "Device.Ethernet.Interface.{i}.Alias");
            return GatewayModel.load()
                    .restrictedTo((object, element) -> !element.isEmpty() && known.contains(object + element));
        }

        @Override
        public void start(DeviceContext context) {
            Thread.ofVirtual()
                    .start(() -> context.update(transaction -> {
                        transaction.add("Device.Ethernet.Interface.", Map.of("Name", "eth1"));
                        return transaction;
                    }));
        }
    }

    @Test
    void routes_of_the_configuration_are_written_and_those_that_others_give_are_shown_only() throws IOException {
        TestGateway box = gateway();

        String own = gateway().row(FOUR, "DestIPAddress", "10.8.0.0");
        String learnt = gateway().row(FOUR, "DestIPAddress", "0.0.0.0");

        assertThat(box.value("Device.Routing.Router.1.IPv4ForwardingNumberOfEntries"))
                .isEqualTo("3");
        assertThat(box.value(own + "DestSubnetMask")).isEqualTo("255.255.0.0");
        assertThat(box.value(own + "GatewayIPAddress")).isEqualTo("192.168.1.2");
        assertThat(box.value(own + "StaticRoute")).isEqualTo("true");
        assertThat(box.value(learnt + "StaticRoute")).isEqualTo("false");
        assertThat(box.value(learnt + "Origin")).isEqualTo("DHCPv4");
        assertThat(box.value(learnt + "ForwardingMetric")).isEqualTo("10");
        assertThat(box.value(learnt + "Interface")).isEqualTo(WAN);

        box.set(own + "DestSubnetMask", "255.0.0.0", own + "DestIPAddress", "10.0.0.0");
        assertThat(box.text("network")).contains("option target '10.0.0.0'").contains("option netmask '255.0.0.0'");
        assertThat(box.value(own + "DestIPAddress")).isEqualTo("10.0.0.0");

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "what others give",
                "network",
                () -> box.set(learnt + "GatewayIPAddress", "100.64.0.9"));
        box.assertRefused(StandardErrorCode.DELETE_FAILURE, "what others give", "network", () -> box.delete(learnt));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "no mask",
                "network",
                () -> box.set(own + "DestSubnetMask", "255.0.255.0"));
    }

    @Test
    void a_route_comes_and_goes_over_usp_and_one_that_leads_nowhere_is_refused() throws IOException {
        TestGateway box = gateway();
        String before = box.text("network");

        String route = box.add(
                FOUR,
                "DestIPAddress",
                "172.16.0.0",
                "DestSubnetMask",
                "255.240.0.0",
                "GatewayIPAddress",
                "192.168.1.3",
                "Interface",
                LAN,
                "ForwardingMetric",
                "5",
                "Enable",
                "true");
        assertThat(box.text("network")).contains("""
                config route 'route_2'
                \toption disabled '0'
                \toption target '172.16.0.0/12'
                \toption gateway '192.168.1.3'
                \toption interface 'lan'
                \toption metric '5'
                """);
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "Interface must have",
                "network",
                () -> box.add(FOUR, "DestIPAddress", "172.16.0.0", "Enable", "true"));

        box.delete(route);
        assertThat(box.text("network")).isEqualToNormalizingWhitespace(before);
    }

    @Test
    void routes_of_ipv6_are_the_same_however_they_are_written() {
        TestGateway box = gateway();

        assertThat(box.value("Device.Routing.Router.1.IPv6ForwardingNumberOfEntries"))
                .isEqualTo("2");
        assertThat(box.value(gateway().row(SIX, "Alias", "six") + "DestIPPrefix"))
                .isEqualToIgnoringCase("2001:db8:8::/48");
        assertThat(box.value(gateway().row(SIX, "NextHop", "fe80::1") + "DestIPPrefix"))
                .isEqualTo("::/0");
    }

    @Test
    void name_servers_of_the_configuration_are_written_and_learnt_ones_are_shown() throws Exception {
        TestGateway box = gateway();

        String own = gateway().row(SERVERS, "DNSServer", "9.9.9.9");
        String learnt = gateway().row(SERVERS, "DNSServer", "100.64.0.1");
        assertThat(box.value(own + "Interface")).isEqualTo(WAN);
        assertThat(box.value(learnt + "Type")).isEqualTo("DHCPv4");

        box.set(own + "DNSServer", "149.112.112.112");
        assertThat(box.text("network")).contains("list dns '149.112.112.112'").doesNotContain("9.9.9.9");
        String more = box.add(SERVERS, "DNSServer", "2620:fe::fe", "Interface", LAN);
        assertThat(box.text("network")).contains("list dns '2620:fe::fe'");
        assertThat(box.value(more + "Interface")).isEqualTo(LAN);
        box.set(more + "Interface", WAN);
        assertThat(box.text("network")).contains("list dns '149.112.112.112'\n\tlist dns '2620:fe::fe'\n");
        box.delete(more);
        assertThat(box.text("network")).doesNotContain("2620:fe::fe");

        box.assertRefused(StandardErrorCode.DELETE_FAILURE, "what others give", "network", () -> box.delete(learnt));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "must say where it belongs",
                "network",
                () -> box.add(SERVERS, "DNSServer", "1.1.1.1"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "needs its DNSServer",
                "network",
                () -> box.add(SERVERS, "Interface", LAN));

        up = false;
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifdown"), TestGateway.PATIENCE);
        await().atMost(TestGateway.PATIENCE)
                .until(() ->
                        box.value("Device.DNS.Client.ServerNumberOfEntries").equals("1"));
    }

    @Test
    void dnsmasq_forwards_to_what_is_written_and_keeps_what_is_for_some_names_only() throws IOException {
        TestGateway box = gateway();
        assertThat(box.value("Device.DNS.Relay.ForwardNumberOfEntries")).isEqualTo("1");

        String more = box.add(FORWARDING, "DNSServer", "1.1.1.1");
        assertThat(box.text("dhcp")).contains("""
                \tlist server '/corp.example/10.8.0.1'
                \tlist server '9.9.9.9'
                \tlist server '1.1.1.1'
                """);
        box.delete(FORWARDING + "1.");
        box.set(more + "DNSServer", "8.8.8.8");

        assertThat(box.text("dhcp"))
                .contains("\tlist server '/corp.example/10.8.0.1'\n\tlist server '8.8.8.8'\n")
                .doesNotContain("9.9.9.9");
        assertThat(box.value(more + "DNSServer")).isEqualTo("8.8.8.8");
    }
}
