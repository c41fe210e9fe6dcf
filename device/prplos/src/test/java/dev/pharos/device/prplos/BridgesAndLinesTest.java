// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bridges with their ports, VLANs, and lines that one dials in to: what interfaces stand on.
class BridgesAndLinesTest {
    private static final String BRIDGE = "Device.Bridging.Bridge.1.";
    private static final String PORTS = BRIDGE + "Port.";
    private static final String VLANS = "Device.Ethernet.VLANTermination.";
    private static final String LINKS = "Device.Ethernet.Link.";
    private static final String LINES = "Device.PPP.Interface.";
    private static final String INTERFACES = "Device.IP.Interface.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    private volatile boolean up = true;

    @BeforeEach
    void start() throws Exception {
        TestGateway box = TestGateway.with(
                root,
                Map.of("network", """
                        config device
                        \toption name 'br-lan'
                        \toption type 'bridge'
                        \tlist ports 'lan1'
                        \tlist ports 'lan2'

                        config device 'iptv'
                        \toption name 'eth1.7'
                        \toption type '8021q'
                        \toption ifname 'eth1'
                        \toption vid '7'

                        config interface 'lan'
                        \toption device 'br-lan'
                        \toption proto 'static'
                        \toption ipaddr '192.168.1.1/24'

                        config interface 'wan'
                        \toption device 'eth1.7'
                        \toption proto 'pppoe'
                        \toption username 'someone@isp'
                        \toption password 'hunter22'
                        """),
                List.of(
                        new UbusObject("network.interface", Map.of("dump", UbusMethod.of(call -> List.of(dump())))),
                        new UbusObject("network.device", Map.of("status", UbusMethod.of(call -> List.of(devices()))))));
        gateway = box;
        box.beside(new Ports());
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(box.row(LINES, "Name", "wan") + "Status").equals("Up")
                        && box.value("Device.Ethernet.InterfaceNumberOfEntries").equals("4")
                        && !box.value(box.row(PORTS, "Name", "lan2") + "LowerLayers")
                                .isEmpty());
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
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
            context.update(transaction -> {
                Stream.of("lan1", "lan2", "lan3", "eth1")
                        .forEach(port -> transaction.add("Device.Ethernet.Interface.", Map.of("Name", port)));
                return transaction;
            });
        }
    }

    private UbusTable dump() {
        UbusTable lan = UbusTable.EMPTY
                .with("interface", "lan")
                .with("up", true)
                .with("device", "br-lan")
                .with("l3_device", "br-lan");
        UbusTable wan = UbusTable.EMPTY.with("interface", "wan").with("up", up).with("device", "eth1.7");
        wan = up
                ? wan.with("l3_device", "pppoe-wan")
                        .with(
                                "ipv4-address",
                                new UbusValue.Array(List.of(UbusTable.EMPTY
                                        .with("address", "100.64.0.7")
                                        .with("mask", 32)
                                        .with("ptpaddress", "100.64.0.1"))))
                : wan.with(
                        "errors",
                        new UbusValue.Array(List.of(
                                UbusTable.EMPTY.with("subsystem", "pppoe").with("code", "AUTH_FAILED"))));
        return UbusTable.EMPTY.with("interface", new UbusValue.Array(List.of(lan, wan)));
    }

    private static UbusTable devices() {
        UbusTable up = UbusTable.EMPTY.with("up", true).with("carrier", true);
        return UbusTable.EMPTY
                .with(
                        "br-lan",
                        up.with(
                                "bridge-members",
                                new UbusValue.Array(Stream.of("lan1", "lan2", "phy0-ap0")
                                        .<UbusValue>map(UbusValue.Text::new)
                                        .toList())))
                .with("lan1", up)
                .with("lan2", up.with("carrier", false))
                .with("phy0-ap0", up)
                .with("eth1", up)
                .with("eth1.7", up)
                .with("pppoe-wan", up.with("statistics", UbusTable.EMPTY.with("rx_bytes", 4_711)));
    }

    private static String without(String row) {
        return row.substring(0, row.length() - 1);
    }

    @Test
    void an_interface_is_traced_down_to_the_ports_that_it_stands_on() {
        TestGateway box = gateway();

        String lan = box.row(LINKS, "Name", "br-lan");
        String own = box.row(PORTS, "Name", "br-lan");
        String line = box.row(LINES, "Name", "wan");
        String vlan = box.row(VLANS, "Name", "eth1.7");

        assertThat(box.value(box.row(INTERFACES, "Name", "lan") + "LowerLayers"))
                .isEqualTo(without(lan));
        assertThat(box.value(lan + "LowerLayers")).isEqualTo(without(own));
        assertThat(box.value(own + "ManagementPort")).isEqualTo("true");
        assertThat(box.value(own + "LowerLayers").split(",")).hasSize(3);
        assertThat(box.value(box.row(PORTS, "Name", "lan1") + "LowerLayers")).isEqualTo("Device.Ethernet.Interface.1");
        assertThat(box.value(box.row(PORTS, "Name", "lan1") + "Status")).isEqualTo("Up");
        assertThat(box.value(box.row(PORTS, "Name", "lan2") + "Status")).isEqualTo("Dormant");
        assertThat(box.value(BRIDGE + "Status")).isEqualTo("Enabled");

        assertThat(box.value(box.row(INTERFACES, "Name", "wan") + "LowerLayers"))
                .isEqualTo(without(line));
        assertThat(box.value(line + "LowerLayers")).isEqualTo(without(vlan));
        assertThat(box.value(vlan + "LowerLayers")).isEqualTo(without(box.row(LINKS, "Name", "eth1")));
        assertThat(box.value(box.row(LINKS, "Name", "eth1") + "LowerLayers")).isEqualTo("Device.Ethernet.Interface.4");
        assertThat(box.row(LINKS, "Name", "eth1.7")).startsWith("no ");
    }

    @Test
    void the_stack_of_interfaces_has_a_row_for_each_that_stands_on_another() throws IOException {
        TestGateway box = gateway();
        String line = without(box.row(LINES, "Name", "wan"));
        String own = without(box.row(PORTS, "Name", "br-lan"));

        String top = box.row("Device.InterfaceStack.", "LowerLayer", line);
        assertThat(box.value(top + "HigherLayer")).isEqualTo(without(box.row(INTERFACES, "Name", "wan")));
        assertThat(box.value(box.row("Device.InterfaceStack.", "HigherLayer", line) + "LowerLayer"))
                .isEqualTo(without(box.row(VLANS, "Name", "eth1.7")));
        String count = box.value("Device.InterfaceStackNumberOfEntries");
        assertThat(count).isEqualTo("11");

        String vlan = box.row(VLANS, "Name", "eth1.7");
        box.delete(vlan);
        assertThat(box.row("Device.InterfaceStack.", "HigherLayer", without(vlan)))
                .startsWith("no ");
        assertThat(box.row("Device.InterfaceStack.", "HigherLayer", own)).startsWith("Device.");
        assertThat(box.value(top + "HigherLayer")).isNotEmpty();
    }

    @Test
    void ports_join_and_leave_a_bridge_and_those_of_daemons_stay() throws IOException {
        TestGateway box = gateway();

        String port = box.add(PORTS, "LowerLayers", "Device.Ethernet.Interface.3");
        assertThat(box.value(port + "Name")).isEqualTo("lan3");
        assertThat(box.text("network")).contains("\tlist ports 'lan1'\n\tlist ports 'lan2'\n\tlist ports 'lan3'\n");
        box.delete(box.row(PORTS, "Name", "lan1"));
        assertThat(box.text("network"))
                .contains("\tlist ports 'lan2'\n\tlist ports 'lan3'\n")
                .doesNotContain("'lan1'");

        box.assertRefused(
                StandardErrorCode.DELETE_FAILURE,
                "what others give",
                "network",
                () -> box.delete(box.row(PORTS, "Name", "br-lan")));
        box.assertRefused(StandardErrorCode.INVALID_VALUE, "needs its LowerLayers", "network", () -> box.add(PORTS));
        box.assertRefused(
                StandardErrorCode.NON_WRITEABLE_PARAMETER,
                "is said when the row is added",
                "network",
                () -> box.set(port + "LowerLayers", "Device.Ethernet.Interface.1"));
    }

    @Test
    void a_vlan_with_an_interface_on_it_is_made_in_one_message_and_goes_again() throws IOException {
        TestGateway box = gateway();
        String before = box.text("network");
        String eth1 = without(box.row(LINKS, "Name", "eth1"));

        List<String> rows = box.model().write(Origin.MANAGEMENT, transaction -> {
            String vlan = TestGateway.add(
                    transaction, VLANS, "Alias", "voip", "VLANID", "20", "LowerLayers", eth1, "Enable", "true");
            return List.of(vlan, TestGateway.add(transaction, INTERFACES, "Alias", "phone", "Enable", "true"));
        });
        box.set(rows.get(1) + "LowerLayers", without(rows.get(0)));

        assertThat(box.text("network"))
                .contains("""
                        config device 'voip'
                        \toption type '8021q'
                        \toption name 'voip'
                        \toption enabled '1'
                        """)
                .contains("\toption ifname 'eth1'\n")
                .contains("\toption vid '20'\n")
                .contains("""
                        config interface 'phone'
                        \toption proto 'static'
                        \toption disabled '0'
                        \toption device 'voip'
                        """);
        assertThat(box.value(rows.get(1) + "LowerLayers")).isEqualTo(without(rows.get(0)));
        box.add(rows.get(1) + "IPv4Address.", "IPAddress", "10.20.0.1", "SubnetMask", "255.255.255.0");
        assertThat(box.text("network")).contains("10.20.0.1");

        box.delete(rows.get(1), rows.get(0));
        assertThat(box.text("network")).isEqualToNormalizingWhitespace(before);
    }

    @Test
    void an_interface_that_netifd_does_not_take_leaves_nothing() throws IOException {
        TestGateway box = gateway();
        box.netifd = UbusStatus.UNKNOWN_ERROR;

        box.assertRefused(
                StandardErrorCode.INTERNAL_ERROR,
                "was refused",
                "network",
                () -> box.add(INTERFACES, "Alias", "guest", "Enable", "true"));
        assertThat(box.row(INTERFACES, "Name", "guest")).startsWith("no ");
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "LowerLayers must have",
                "network",
                () -> box.add(VLANS, "VLANID", "30", "Enable", "true"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "letters, digits",
                "network",
                () -> box.add(INTERFACES, "Alias", "no-name"));
    }

    @Test
    void a_line_shows_how_it_stands_and_why_it_failed() throws Exception {
        TestGateway box = gateway();
        String line = box.row(LINES, "Name", "wan");
        assertThat(box.value(line + "ConnectionStatus")).isEqualTo("Connected");
        assertThat(box.value(line + "LastConnectionError")).isEqualTo("ERROR_NONE");
        assertThat(box.value(line + "Username")).isEqualTo("someone@isp");
        assertThat(box.value(line + "IPCP.LocalIPAddress")).isEqualTo("100.64.0.7");
        assertThat(box.value(line + "IPCP.RemoteIPAddress")).isEqualTo("100.64.0.1");
        assertThat(box.value(line + "Stats.BytesReceived")).isEqualTo("4711");

        up = false;
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifdown"), TestGateway.PATIENCE);
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(line + "LastConnectionError").equals("ERROR_AUTHENTICATION_FAILURE"));
        assertThat(box.value(line + "Status")).isEqualTo("Error");
        assertThat(box.value(line + "ConnectionStatus")).isEqualTo("Disconnected");
        assertThat(box.value(box.row(INTERFACES, "Name", "wan") + "LowerLayers"))
                .isEqualTo(without(line));

        box.set(line + "Username", "other@isp", line + "Password", "correct", line + "PPPoE.ServiceName", "vdsl");
        assertThat(box.text("network"))
                .contains("option username 'other@isp'")
                .contains("option password 'correct'")
                .contains("option service 'vdsl'");
    }

    @Test
    void a_line_comes_with_its_interface_and_leaves_it_without_login() throws IOException {
        TestGateway box = gateway();

        String line = box.add(
                LINES,
                "Alias",
                "backup",
                "Username",
                "me",
                "Password",
                "pass",
                "LowerLayers",
                without(box.row(LINKS, "Name", "eth1")));
        assertThat(box.text("network")).contains("""
                config interface 'backup'
                \toption proto 'pppoe'
                \toption disabled '1'
                \toption device 'eth1'
                \toption username 'me'
                \toption password 'pass'
                """);
        assertThat(box.row(INTERFACES, "Name", "backup")).startsWith("Device.");
        assertThat(box.model()
                        .supported()
                        .parameter(line + "Password")
                        .orElseThrow()
                        .secured())
                .isTrue();

        box.delete(line);
        assertThat(box.text("network"))
                .contains("config interface 'backup'\n\toption proto 'none'\n")
                .doesNotContain("'pass'")
                .doesNotContain("'me'");
    }
}
