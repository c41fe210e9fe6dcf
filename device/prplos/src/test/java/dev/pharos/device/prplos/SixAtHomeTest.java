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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// IPv6: what the gateway asks its provider for, and what odhcpd gives to devices at home.
class SixAtHomeTest {
    private static final String SIX = "Device.DHCPv6.Server.Pool.";
    private static final String FOUR = "Device.DHCPv4.Server.Pool.";
    private static final String CLIENTS = "Device.DHCPv6.Client.";
    private static final String LAPTOP = "000100012b3c4d5e020000000001";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    private volatile List<UbusValue> leases = List.of(
            lease(LAPTOP, "ipv6-addr", address("2001:db8::1:7"), address("fd00::1:7")),
            lease(LAPTOP, "ipv6-prefix", address("2001:db8:0:4::").with("prefix-length", 62)),
            lease("00030001020000000002", "ipv6-addr", address("2001:db8::2:7")).with("flags", words()));

    @BeforeEach
    void start() throws Exception {
        TestGateway box = TestGateway.with(
                root,
                Map.of("network", """
                        config interface 'lan'
                        \toption device 'br-lan'
                        \toption proto 'static'
                        \toption ipaddr '192.168.1.1/24'

                        config interface 'wan6'
                        \toption device 'eth1'
                        \toption proto 'dhcpv6'

                        config interface 'guest'
                        \toption proto 'static'
                        \toption ipaddr '192.168.9.1/24'
                        """, "dhcp", """
                        config dhcp 'home'
                        \toption interface 'lan'
                        \toption dhcpv6 'server'
                        \toption ra 'server'
                        """),
                List.of(
                        new UbusObject("network.interface", Map.of("dump", UbusMethod.of(call -> List.of(dump())))),
                        new UbusObject("dhcp", Map.of("ipv6leases", UbusMethod.of(call -> List.of(leases()))))));
        gateway = box;
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(SIX + "1.ClientNumberOfEntries").equals("2"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private static UbusTable dump() {
        UbusTable lan = UbusTable.EMPTY
                .with("interface", "lan")
                .with("up", true)
                .with("l3_device", "br-lan")
                .with("ipv6-prefix-assignment", list(prefix("2001:db8::", 64)));
        UbusTable wan = UbusTable.EMPTY
                .with("interface", "wan6")
                .with("up", true)
                .with("l3_device", "eth1")
                .with(
                        "ipv6-prefix",
                        list(prefix("2001:db8::", 56).with("preferred", 3600).with("valid", 7200)));
        return UbusTable.EMPTY.with("interface", list(lan, wan));
    }

    private static UbusTable prefix(String address, int mask) {
        return UbusTable.EMPTY.with("address", address).with("mask", mask);
    }

    private UbusTable leases() {
        return UbusTable.EMPTY.with(
                "device",
                UbusTable.EMPTY
                        .with("br-lan", UbusTable.EMPTY.with("leases", new UbusValue.Array(leases)))
                        .with("br-other", UbusTable.EMPTY.with("leases", list(lease("0004", "ipv6-addr")))));
    }

    private static UbusTable lease(String duid, String kind, UbusTable... addresses) {
        return UbusTable.EMPTY
                .with("duid", duid)
                .with("iaid", 7)
                .with("flags", words("bound"))
                .with(kind, list(addresses))
                .with("valid", 7200);
    }

    private static UbusTable address(String address) {
        return UbusTable.EMPTY
                .with("address", address)
                .with("preferred-lifetime", 3600)
                .with("valid-lifetime", -1);
    }

    private static UbusValue list(UbusTable... elements) {
        return new UbusValue.Array(List.of(elements));
    }

    private static UbusValue words(String... words) {
        return new UbusValue.Array(
                List.of(words).stream().<UbusValue>map(UbusValue.Text::new).toList());
    }

    @Test
    void a_client_has_the_addresses_and_prefixes_of_all_its_leases() throws Exception {
        TestGateway box = gateway();
        String laptop = box.row(SIX + "1.Client.", "Alias", "cpe-" + LAPTOP);
        String other = box.row(SIX + "1.Client.", "Alias", "cpe-00030001020000000002");

        assertThat(box.value(laptop + "Active")).isEqualTo("true");
        assertThat(box.value(laptop + "Option.1.Tag")).isEqualTo("1");
        assertThat(box.value(laptop + "Option.1.Value")).isEqualToIgnoringCase(LAPTOP);
        assertThat(box.value(laptop + "IPv6AddressNumberOfEntries")).isEqualTo("2");
        String address = box.row(laptop + "IPv6Address.", "IPAddress", "fd00::1:7");
        assertThat(Instant.parse(box.value(address + "PreferredLifetime")))
                .isCloseTo(Instant.now().plusSeconds(3600), Assertions.within(Duration.ofMinutes(1)));
        assertThat(box.value(address + "ValidLifetime")).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(box.row(laptop + "IPv6Prefix.", "Prefix", "2001:db8:0:4::/62"))
                .startsWith("Device.");
        assertThat(box.value(other + "Active")).isEqualTo("false");
        assertThat(box.value(other + "IPv6PrefixNumberOfEntries")).isEqualTo("0");

        leases = List.of(lease(LAPTOP, "ipv6-addr", address("fd00::1:7"), address("2001:DB8::1:8")));
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifup"), TestGateway.PATIENCE);
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(laptop + "IPv6PrefixNumberOfEntries").equals("0"));
        assertThat(box.value(SIX + "1.ClientNumberOfEntries")).isEqualTo("1");
        assertThat(box.value(address + "IPAddress")).isEqualTo("fd00::1:7");
        assertThat(box.row(laptop + "IPv6Address.", "IPAddress", "2001:db8::1:7"))
                .startsWith("no ");
    }

    @Test
    void what_odhcpd_cannot_mean_takes_nothing_else_with_it() throws Exception {
        TestGateway box = gateway();

        leases = List.of(
                lease("01".repeat(130), "ipv6-addr", address("2001:db8::9")),
                lease("", "ipv6-addr", address("2001:db8::a")),
                lease("000a", "ipv6-addr", address("nonsense"), address("2001:db8::b")),
                new UbusValue.Text("nonsense"));
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifup"), TestGateway.PATIENCE);

        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.row(SIX + "1.Client.", "Alias", "cpe-000a").startsWith("Device."));
        String client = box.row(SIX + "1.Client.", "Alias", "cpe-000a");
        assertThat(box.value(client + "IPv6AddressNumberOfEntries")).isEqualTo("1");
        String longest = box.row(SIX + "1.Client.", "Alias", "cpe-" + "01".repeat(30));
        assertThat(box.value(longest + "Option.1.Value")).hasSize(260);
    }

    @Test
    void a_pool_of_ipv6_is_the_section_of_that_of_ipv4_and_is_written_there() throws IOException {
        TestGateway box = gateway();
        assertThat(box.value(SIX + "1.Status")).isEqualTo("Enabled");
        assertThat(box.value(SIX + "1.Interface")).isEqualTo("Device.IP.Interface.1");

        box.set(SIX + "1.IAPDEnable", "false");
        assertThat(box.text("dhcp")).contains("\toption dhcpv6_pd '0'\n");
        box.set(SIX + "1.Enable", "false");
        assertThat(box.text("dhcp")).doesNotContain("dhcpv6 'server'").contains("option ra 'server'");
        assertThat(box.value(SIX + "1.Status")).isEqualTo("Disabled");

        String more = box.add(
                FOUR,
                "Alias",
                "visitors",
                "Interface",
                "Device.IP.Interface.3",
                "MinAddress",
                "192.168.9.50",
                "MaxAddress",
                "192.168.9.99",
                "Enable",
                "true");
        assertThat(box.text("dhcp")).contains("""
                config dhcp 'visitors'
                \toption ignore '0'
                \toption interface 'guest'
                \toption start '50'
                \toption limit '50'
                """);
        String six = box.row(SIX, "Alias", "visitors");
        box.set(six + "Enable", "true");
        assertThat(box.text("dhcp")).contains("option limit '50'\n\toption dhcpv6 'server'\n");
        box.assertRefused(StandardErrorCode.DELETE_FAILURE, "", "dhcp", () -> box.delete(six));
        box.delete(more);
        assertThat(box.text("dhcp")).doesNotContain("visitors");
        assertThat(box.row(SIX, "Alias", "visitors")).startsWith("no ");
    }

    @Test
    void a_pool_without_ends_is_served_as_dnsmasq_likes() throws IOException {
        TestGateway box = gateway();

        String pool = box.add(FOUR, "Interface", "Device.IP.Interface.3", "Enable", "true");

        assertThat(box.text("dhcp")).doesNotContain("start").doesNotContain("limit");
        assertThat(box.value(pool + "MinAddress")).isEqualTo("192.168.9.100");
        assertThat(box.value(pool + "MaxAddress")).isEqualTo("192.168.9.249");
    }

    @Test
    void the_gateway_asks_for_what_is_wanted_and_shows_the_prefix_that_it_was_given() throws IOException {
        TestGateway box = gateway();
        String client = box.row(CLIENTS, "Interface", "Device.IP.Interface.2");
        assertThat(box.value(client + "Status")).isEqualTo("Enabled");
        assertThat(box.value(client + "RequestPrefixes")).isEqualTo("true");

        box.set(client + "RequestAddresses", "false");
        assertThat(box.text("network")).contains("\toption proto 'dhcpv6'\n\toption reqaddress 'none'\n");
        box.set(client + "RequestAddresses", "true");
        assertThat(box.text("network")).doesNotContain("reqaddress");

        String given = box.row("Device.IP.Interface.2.IPv6Prefix.", "Prefix", "2001:db8::/56");
        assertThat(box.value(given + "Origin")).isEqualTo("PrefixDelegation");
        assertThat(Instant.parse(box.value(given + "ValidLifetime")))
                .isCloseTo(Instant.now().plusSeconds(7200), Assertions.within(Duration.ofMinutes(1)));
        String part = box.row("Device.IP.Interface.1.IPv6Prefix.", "Prefix", "2001:db8::/64");
        assertThat(box.value(part + "Origin")).isEqualTo("Child");
        assertThat(box.value(part + "ValidLifetime")).isEqualTo("9999-12-31T23:59:59Z");

        String more = box.add(CLIENTS, "Interface", "Device.IP.Interface.3", "RequestPrefixes", "false");
        assertThat(box.text("network"))
                .contains("config interface 'guest'\n\toption proto 'dhcpv6'\n")
                .contains("option reqprefix 'no'");
        box.delete(more);
        assertThat(box.text("network"))
                .contains("config interface 'guest'\n\toption proto 'static'\n")
                .doesNotContain("reqprefix");
    }
}
