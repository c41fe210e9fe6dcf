// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of the firewall, and who has or always gets which address at home.
class RulesAndLeasesTest {
    private static final String RULES = "Device.Firewall.Chain.1.Rule.";
    private static final String POOLS = "Device.DHCPv4.Server.Pool.";
    private static final String LAN = "Device.IP.Interface.1";
    private static final String WAN = "Device.IP.Interface.2";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("tmp"));
        Files.writeString(root.resolve("tmp/dhcp.leases"), """
                1766840000 3c:22:fb:01:02:03 192.168.1.143 laptop *
                1766840000 3c:22:fb:01:02:05 192.168.9.7 guest *
                half a line
                """);
        gateway = TestGateway.with(root, Map.of("network", """
                        config interface 'lan'
                        \toption proto 'static'
                        \toption ipaddr '192.168.1.1/24'

                        config interface 'wan'
                        \toption proto 'dhcp'

                        config interface 'guest'
                        \toption proto 'static'
                        \toption ipaddr '192.168.9.1'
                        \toption netmask '255.255.255.0'
                        """, "firewall", """
                        config zone
                        \toption name 'lan'
                        \tlist network 'lan'

                        config zone
                        \toption name 'wan'
                        \tlist network 'gone'
                        \tlist network 'wan'

                        config rule
                        \toption name 'Allow-DHCP-Renew'
                        \toption src 'wan'
                        \toption proto 'udp'
                        \toption dest_port '68'
                        \toption target 'ACCEPT'
                        \toption family 'ipv4'

                        config rule
                        \toption name 'Both'
                        \toption src 'wan'
                        \toption dest_port '53'
                        \toption target 'DROP'

                        config rule 'range'
                        \toption src '*'
                        \toption dest 'lan'
                        \toption proto 'tcp'
                        \toption src_ip '10.0.0.0/8'
                        \toption dest_port '8000-8100'
                        \toption target 'REJECT'
                        """, "dhcp", """
                        config dhcp 'lan'
                        \toption interface 'lan'

                        config dhcp 'guest'
                        \toption interface 'guest'

                        # the printer
                        config host
                        \toption name 'printer'
                        \toption mac '00:11:22:33:44:55'
                        \toption ip '192.168.1.9'
                        """));
        await().atMost(TestGateway.PATIENCE)
                .until(() -> gateway().value(POOLS + "1.ClientNumberOfEntries").equals("1"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    @Test
    void whether_a_zone_translates_addresses_is_shown_and_written() throws Exception {
        TestGateway box = gateway();
        String settings = "Device.NAT.InterfaceSetting.";
        String lan = box.row(settings, "Interface", LAN);
        String wan = box.row(settings, "Interface", WAN);
        assertThat(box.value(wan + "Enable")).isEqualTo("false");
        assertThat(box.value(wan + "Status")).isEqualTo("Disabled");

        box.set(wan + "Enable", "true");
        assertThat(box.text("firewall")).contains("\tlist network 'wan'\n\toption masq '1'\n");
        assertThat(box.value(wan + "Status")).isEqualTo("Enabled");
        assertThat(box.value(lan + "Status")).isEqualTo("Disabled");
        String guest = "Device.IP.Interface.3";
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "others beside the one that is shown",
                "firewall",
                () -> box.set(wan + "Interface", guest));
        box.set(lan + "Interface", guest);
        assertThat(box.text("firewall")).contains("\toption name 'lan'\n\tlist network 'guest'\n");
        box.delete(guest + ".");
        assertThat(box.value(lan + "Interface")).isEmpty();
        box.delete(WAN + ".");
        assertThat(box.text("firewall")).contains("\tlist network 'gone'\n\toption masq '1'\n");
        box.assertRefused(StandardErrorCode.DELETE_FAILURE, "", "firewall", () -> box.delete(lan));
    }

    @Test
    void rules_show_what_the_firewall_does() {
        TestGateway box = gateway();
        String renew = box.row(RULES, "Description", "Allow-DHCP-Renew");
        String range = box.row(RULES, "Alias", "range");

        assertThat(box.value("Device.Firewall.Chain.1.RuleNumberOfEntries")).isEqualTo("2");
        assertThat(box.value(renew + "Target")).isEqualTo("Accept");
        assertThat(box.value(renew + "SourceInterface")).isEqualTo(WAN);
        assertThat(box.value(renew + "Protocol")).isEqualTo("17");
        assertThat(box.value(renew + "IPVersion")).isEqualTo("4");
        assertThat(box.value(renew + "DestPort")).isEqualTo("68");
        assertThat(box.value(renew + "DestPortRangeMax")).isEqualTo("-1");
        assertThat(box.value(renew + "SourcePort")).isEqualTo("-1");
        assertThat(box.value(renew + "Order")).isEqualTo("1");
        assertThat(box.value(range + "Order")).isEqualTo("2");
        assertThat(box.value(range + "SourceAllInterfaces")).isEqualTo("true");
        assertThat(box.value(range + "DestInterface")).isEqualTo(LAN);
        assertThat(box.value(range + "SourceIP")).isEqualTo("10.0.0.0");
        assertThat(box.value(range + "SourceMask")).isEqualTo("10.0.0.0/8");
        assertThat(box.value(range + "DestPortRangeMax")).isEqualTo("8100");
    }

    @Test
    void a_rule_comes_changes_and_goes_over_usp() throws IOException {
        TestGateway box = gateway();
        String before = box.text("firewall");

        String rule = box.add(
                RULES,
                "Alias",
                "ssh",
                "Description",
                "No SSH from outside",
                "Target",
                "Drop",
                "SourceInterface",
                WAN,
                "Protocol",
                "6",
                "DestPort",
                "22",
                "Enable",
                "true");
        assertThat(box.text("firewall")).contains("""
                config rule 'ssh'
                \toption target 'DROP'
                \toption proto 'tcp'
                \toption enabled '1'
                \toption name 'No SSH from outside'
                \toption src 'wan'
                \toption dest_port '22'
                """);
        assertThat(box.value(rule + "Order")).isEqualTo("3");
        assertThat(box.told).isNotEmpty();

        box.set(rule + "DestPortRangeMax", "23", rule + "SourceMask", "2001:db8::/32", rule + "IPVersion", "6");
        assertThat(box.text("firewall"))
                .contains("option dest_port '22-23'")
                .contains("option src_ip '2001:db8::/32'")
                .contains("option family 'ipv6'");
        box.set(rule + "SourceInterface", "", rule + "SourceMask", "", rule + "SourceIP", "");
        box.set(rule + "SourceAllInterfaces", "true");
        assertThat(box.text("firewall")).contains("option src '*'").doesNotContain("2001:db8");

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "is in no zone of firewall",
                "firewall",
                () -> box.set(rule + "DestInterface", "Device.IP.Interface.3"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE, "no word for 99", "firewall", () -> box.set(rule + "Protocol", "99"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "two families",
                "firewall",
                () -> box.set(rule + "SourceMask", "10.0.0.0/8", rule + "SourceIP", "2001:db8::1"));

        box.delete(rule);
        assertThat(box.text("firewall")).isEqualToNormalizingWhitespace(before);
    }

    @Test
    void leases_are_shown_in_the_pool_of_their_network() throws Exception {
        TestGateway box = gateway();
        String client = box.row(POOLS + "1.Client.", "Chaddr", "3c:22:fb:01:02:03");

        assertThat(box.value(client + "IPv4Address.1.IPAddress")).isEqualTo("192.168.1.143");
        assertThat(box.value(client + "IPv4AddressNumberOfEntries")).isEqualTo("1");
        assertThat(box.value(client + "IPv4Address.1.LeaseTimeRemaining")).isEqualTo("2025-12-27T12:53:20Z");
        assertThat(box.value(client + "Active")).isEqualTo("true");
        assertThat(box.row(POOLS + "2.Client.", "Chaddr", "3c:22:fb:01:02:05")).startsWith("Device.");

        Files.writeString(root.resolve("tmp/dhcp.leases"), "0 3c:22:fb:01:02:03 192.168.1.144 laptop *\n");
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(client + "IPv4Address.1.IPAddress").equals("192.168.1.144"));
        assertThat(box.value(POOLS + "2.ClientNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void static_addresses_are_in_the_pool_of_their_network_and_come_and_go() throws IOException {
        TestGateway box = gateway();
        assertThat(box.value(POOLS + "1.StaticAddress.1.Yiaddr")).isEqualTo("192.168.1.9");
        assertThat(box.value(POOLS + "2.StaticAddressNumberOfEntries")).isEqualTo("0");

        String more = box.add(POOLS + "2.StaticAddress.", "Chaddr", "00:11:22:33:44:66", "Yiaddr", "192.168.9.20");
        assertThat(box.text("dhcp")).contains("""
                config host 'host_2'
                \toption mac '00:11:22:33:44:66'
                \toption ip '192.168.9.20'
                """);
        box.set(more + "Yiaddr", "192.168.9.21");
        box.set(POOLS + "1.StaticAddress.1.Chaddr", "00:11:22:33:44:77");
        assertThat(box.text("dhcp"))
                .contains("option ip '192.168.9.21'")
                .contains("# the printer")
                .contains("option name 'printer'\n\toption mac '00:11:22:33:44:77'");
        assertThat(box.value(POOLS + "1.StaticAddress.1.Chaddr")).isEqualTo("00:11:22:33:44:77");

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "an address in the network",
                "dhcp",
                () -> box.set(more + "Yiaddr", "192.168.1.20"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "needs its Chaddr",
                "dhcp",
                () -> box.add(POOLS + "2.StaticAddress.", "Yiaddr", "192.168.9.30"));

        box.delete(more);
        assertThat(box.text("dhcp")).doesNotContain("host_2").contains("printer");
    }
}
