// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The interfaces of netifd with their addresses, and changes of them that cut the way to the controller.
class NetworkPackageTest {
    private static final String LAN = "Device.IP.Interface.1.";
    private static final String WAN = "Device.IP.Interface.2.";
    private static final String CLIENT = "Device.DHCPv4.Client.1.";
    private static final String NETWORK = """
            config globals 'globals'
            \toption ula_prefix 'fd00:1::/48'

            # at home
            config interface 'lan'
            \toption device 'br-lan'
            \toption proto 'static'
            \toption ipaddr '192.168.1.1'
            \toption netmask '255.255.255.0'

            config interface 'wan'
            \toption device 'eth1'
            \toption proto 'dhcp'
            """;

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    private volatile boolean up = true;
    private volatile int sent = 1_000;
    private final List<UbusTable> takenBack = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        TestGateway started = TestGateway.with(
                root,
                Map.of("network", NETWORK),
                List.of(
                        new UbusObject("network.interface", Map.of("dump", UbusMethod.of(call -> List.of(dump())))),
                        new UbusObject("network.device", Map.of("status", UbusMethod.of(call -> {
                            return List.of(UbusTable.EMPTY.with(
                                    "eth1",
                                    UbusTable.EMPTY.with("statistics", UbusTable.EMPTY.with("tx_bytes", (long) sent))));
                        })))));
        gateway = started;
        started.open = true;
        started.system.listen("usp.taken-back", event -> takenBack.add(event.data()));
        await().atMost(TestGateway.PATIENCE)
                .until(() -> started.value(WAN + "Status").equals("Up"));
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
                .with("uptime", 300)
                .with("l3_device", "br-lan");
        UbusTable wan = UbusTable.EMPTY
                .with("interface", "wan")
                .with("up", up)
                .with("pending", !up)
                .with("l3_device", "eth1");
        if (up) {
            wan = wan.with("ipv4-address", addresses("100.64.0.7", 22))
                    .with("ipv6-address", addresses("2001:db8::7", 128))
                    .with("dns-server", texts("100.64.0.1", "100.64.0.2"))
                    .with(
                            "route",
                            new UbusValue.Array(List.of(
                                    UbusTable.EMPTY.with("target", "100.64.9.0").with("nexthop", "100.64.0.9"),
                                    UbusTable.EMPTY.with("target", "0.0.0.0").with("nexthop", "100.64.0.1"))));
        }
        return UbusTable.EMPTY.with("interface", new UbusValue.Array(List.of(lan, wan)));
    }

    private static UbusValue addresses(String address, int bits) {
        return new UbusValue.Array(
                List.of(UbusTable.EMPTY.with("address", address).with("mask", bits)));
    }

    private static UbusValue texts(String... texts) {
        return new UbusValue.Array(
                List.of(texts).stream().<UbusValue>map(UbusValue.Text::new).toList());
    }

    @Test
    void interfaces_show_what_is_configured_and_what_netifd_says() throws Exception {
        TestGateway box = gateway();

        assertThat(box.value(LAN + "Name")).isEqualTo("lan");
        assertThat(box.value(LAN + "IPv4Address.1.IPAddress")).isEqualTo("192.168.1.1");
        assertThat(box.value(LAN + "IPv4Address.1.SubnetMask")).isEqualTo("255.255.255.0");
        assertThat(box.value(LAN + "IPv4Address.1.AddressingType")).isEqualTo("Static");
        assertThat(box.value(WAN + "IPv4Address.1.IPAddress")).isEqualTo("100.64.0.7");
        assertThat(box.value(WAN + "IPv4Address.1.SubnetMask")).isEqualTo("255.255.252.0");
        assertThat(box.value(WAN + "IPv4Address.1.AddressingType")).isEqualTo("DHCP");
        assertThat(box.value(WAN + "IPv6Address.1.IPAddress")).isEqualTo("2001:db8::7");
        assertThat(box.value(CLIENT + "Interface")).isEqualTo("Device.IP.Interface.2");
        assertThat(box.value(CLIENT + "DHCPStatus")).isEqualTo("Bound");
        assertThat(box.value(CLIENT + "IPAddress")).isEqualTo("100.64.0.7");
        assertThat(box.value(CLIENT + "SubnetMask")).isEqualTo("255.255.252.0");
        assertThat(box.value(CLIENT + "IPRouters")).isEqualTo("100.64.0.1");
        assertThat(box.value(CLIENT + "DNSServers")).isEqualTo("100.64.0.1,100.64.0.2");

        up = false;
        long told = System.nanoTime();
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifdown"), TestGateway.PATIENCE);
        await().atMost(TestGateway.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> box.value(WAN + "Status").equals("Dormant"));
        assertThat(System.nanoTime() - told).isLessThan(1_000_000_000L);
        assertThat(box.value(CLIENT + "DHCPStatus")).isEqualTo("Selecting");
        assertThat(box.value(CLIENT + "IPAddress")).isEmpty();
        assertThat(box.value(WAN + "IPv4AddressNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void counters_are_asked_for_when_somebody_reads_them() {
        TestGateway box = gateway();
        assertThat(box.value(WAN + "Stats.BytesSent")).isEqualTo("1000");
        assertThat(box.value(WAN + "Stats.BytesReceived")).isEqualTo("0");
        assertThat(box.value(LAN + "LastChange")).isEqualTo("300");

        sent = 2_000;
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(WAN + "Stats.BytesSent").equals("2000"));
    }

    @Test
    void addresses_are_written_added_and_deleted_where_the_configuration_has_them() throws Exception {
        TestGateway box = gateway();

        box.set(LAN + "IPv4Address.1.IPAddress", "10.0.0.1", LAN + "IPv4Address.1.SubnetMask", "255.255.0.0");
        assertThat(box.text("network"))
                .contains("\toption ipaddr '10.0.0.1'\n\toption netmask '255.255.0.0'\n")
                .contains("# at home");

        String second = box.add(LAN + "IPv4Address.", "IPAddress", "10.9.0.1", "SubnetMask", "255.255.255.0");
        assertThat(box.text("network"))
                .contains("list ipaddr '10.0.0.1/16'")
                .contains("list ipaddr '10.9.0.1/24'")
                .doesNotContain("netmask");
        assertThat(box.value(second + "AddressingType")).isEqualTo("Static");
        assertThat(box.value(second + "Status")).isEqualTo("Enabled");

        box.delete(LAN + "IPv4Address.1.");
        assertThat(box.text("network")).doesNotContain("10.0.0.1").contains("10.9.0.1/24");

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "what others give",
                "network",
                () -> box.set(WAN + "IPv4Address.1.IPAddress", "100.64.0.8"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "no other row has",
                "network",
                () -> box.set(second + "SubnetMask", "255.0.255.0"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "no other row has",
                "network",
                () -> box.add(LAN + "IPv4Address.", "IPAddress", "10.9.0.1", "SubnetMask", "255.0.0.0"));
    }

    @Test
    void an_interface_becomes_a_client_of_dhcp_and_is_as_before_when_the_client_goes() throws Exception {
        TestGateway box = gateway();

        String client = box.add("Device.DHCPv4.Client.", "Interface", "Device.IP.Interface.1", "Enable", "true");
        assertThat(box.text("network")).doesNotContain("'static'").contains("option ipaddr '192.168.1.1'");
        assertThat(box.value(client + "Enable")).isEqualTo("true");

        box.delete(client);
        assertThat(box.text("network")).contains("option proto 'static'");
        assertThat(box.value(LAN + "IPv4Address.2.IPAddress")).isEqualTo("192.168.1.1");
    }

    @Test
    void what_cuts_the_way_to_the_controller_is_taken_back_and_told() throws Exception {
        TestGateway box = gateway();
        box.reloaded = () -> box.open = false;

        box.set(WAN + "Enable", "false", LAN + "MaxMTUSize", "1400");
        assertThat(box.text("network")).contains("option disabled '1'").contains("option mtu '1400'");
        box.set(LAN + "MaxMTUSize", "1300");
        box.reloaded = () -> {};

        await().atMost(TestGateway.PATIENCE).until(() -> !takenBack.isEmpty());
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(WAN + "Enable").equals("true"));
        assertThat(box.value(LAN + "MaxMTUSize")).isEqualTo("1500");
        assertThat(box.text("network")).isEqualTo(NETWORK);
        assertThat(takenBack.getFirst().text("reason")).contains("the way to the controller did not open again");
    }

    @Test
    void what_leaves_the_way_open_stays_and_so_does_what_nobody_could_miss() throws Exception {
        TestGateway box = gateway();
        box.set(LAN + "MaxMTUSize", "1400");
        Thread.sleep(300);
        box.open = false;

        box.set(LAN + "IPv6Enable", "false");
        Thread.sleep(1_300);

        assertThat(box.text("network")).contains("option mtu '1400'").contains("option ipv6 '0'");
        assertThat(takenBack).isEmpty();
    }
}
