// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in other packages than that of the radios: port mappings, addresses for devices at home, time servers.
class OtherPackagesTest {
    private static final String MAPPINGS = "Device.NAT.PortMapping.";
    private static final String POOL = "Device.DHCPv4.Server.Pool.1.";
    private static final String FIREWALL = """
            config defaults
            \toption input 'REJECT'

            config redirect
            \toption name 'Web'
            \toption target 'DNAT'
            \toption src 'wan'
            \toption dest 'lan'
            \toption proto 'tcp'
            \toption src_dport '8080'
            \toption dest_ip '192.168.1.10'
            \toption dest_port '80'

            config redirect 'twin'
            \toption target 'DNAT'
            \toption src 'wan'
            \toption proto 'tcp'
            \toption src_dport '8080'
            \toption dest_ip '192.168.1.11'

            config redirect 'both'
            \toption target 'DNAT'
            \toption src 'wan'
            \toption proto 'tcp udp'

            config redirect 'several'
            \toption target 'DNAT'
            \toption src 'wan'
            \toption proto 'udp'
            \toption src_dport '1 2'

            """;

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(
                root,
                Map.of(
                        "firewall",
                        FIREWALL,
                        "network",
                        "config interface 'lan'\n\toption ipaddr '192.168.1.1'\n\toption netmask '255.255.255.0'\n",
                        "dhcp",
                        """
                        config dhcp 'lan'
                        \toption interface 'lan'
                        \toption start '100'
                        \toption limit '150'
                        \toption leasetime '12h'
                        \tlist dhcp_option '42,192.168.1.1'
                        \tlist dhcp_option '6,192.168.1.1,192.168.1.2'
                        \tlist dhcp_option '3,192.168.1.1'
                        """,
                        "system",
                        """
                        config system
                        \toption hostname 'box'
                        \toption timezone 'UTC'
                        \toption zonename 'UTC'

                        config timeserver 'ntp'
                        \tlist server '0.pool.ntp.org'
                        """));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private String web(String... more) {
        String[] values = new String[6 + more.length];
        System.arraycopy(
                new String[] {"ExternalPort", "443", "InternalClient", "192.168.1.10", "InternalPort", "8443"},
                0,
                values,
                0,
                6);
        System.arraycopy(more, 0, values, 6, more.length);
        return gateway().add(MAPPINGS, values);
    }

    @Test
    void a_redirect_is_a_port_mapping_unless_tr_181_could_not_say_it() {
        assertThat(gateway().value("Device.NAT.PortMappingNumberOfEntries")).isEqualTo("1");
        assertThat(gateway().value(MAPPINGS + "1.Alias")).isEqualTo("redirect_1");
        assertThat(gateway().value(MAPPINGS + "1.Description")).isEqualTo("Web");
        assertThat(gateway().value(MAPPINGS + "1.Enable")).isEqualTo("true");
        assertThat(gateway().value(MAPPINGS + "1.Status")).isEqualTo("Enabled");
        assertThat(gateway().value(MAPPINGS + "1.ExternalPort")).isEqualTo("8080");
        assertThat(gateway().value(MAPPINGS + "1.ExternalPortEndRange")).isEqualTo("0");
        assertThat(gateway().value(MAPPINGS + "1.InternalPort")).isEqualTo("80");
        assertThat(gateway().value(MAPPINGS + "1.Protocol")).isEqualTo("TCP");
    }

    @Test
    void a_port_mapping_comes_changes_and_goes() throws IOException {
        String row = web("Enable", "true", "Protocol", "UDP", "Description", "its name", "Alias", "game");

        assertThat(gateway().text("firewall")).endsWith("""
                config redirect 'game'
                \toption target 'DNAT'
                \toption src 'wan'
                \toption dest 'lan'
                \toption proto 'udp'
                \toption enabled '1'
                \toption src_dport '443'
                \toption dest_port '8443'
                \toption dest_ip '192.168.1.10'
                \toption name 'its name'

                """);
        assertThat(gateway().called()).containsExactly("service event");
        assertThat(gateway().told)
                .containsExactly(UbusTable.EMPTY
                        .with("type", "config.change")
                        .with("data", UbusTable.EMPTY.with("package", "firewall")));
        assertThat(gateway().value(row + "Status")).isEqualTo("Enabled");

        gateway().set(row + "ExternalPortEndRange", "450", row + "RemoteHost", "203.0.113.9");
        assertThat(gateway().text("firewall")).contains("src_dport '443-450'", "src_ip '203.0.113.9'");
        gateway().delete(row);
        assertThat(gateway().text("firewall"))
                .isEqualTo(FIREWALL.replaceFirst("config redirect\n", "config redirect 'redirect_1'\n"));
    }

    @Test
    void a_port_mapping_that_cannot_be_is_refused() throws IOException {
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        MAPPINGS + "2.InternalClient must have",
                        "firewall",
                        () -> gateway().add(MAPPINGS, "ExternalPort", "1", "Enable", "true"));
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        "ends before it begins",
                        "firewall",
                        () -> web("ExternalPortEndRange", "1"));
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        "Alias must be letters",
                        "firewall",
                        () -> web("Alias", "twin"));
        gateway()
                .assertRefused(
                        StandardErrorCode.DUPLICATE_KEY,
                        "RemoteHost, ExternalPort, Protocol",
                        "firewall",
                        () -> web("ExternalPort", "8080"));
    }

    @Test
    void a_pool_is_told_as_addresses_and_written_as_what_they_mean() throws IOException {
        assertThat(gateway().value(POOL + "MinAddress")).isEqualTo("192.168.1.100");
        assertThat(gateway().value(POOL + "MaxAddress")).isEqualTo("192.168.1.249");
        assertThat(gateway().value(POOL + "LeaseTime")).isEqualTo("43200");
        assertThat(gateway().value(POOL + "DNSServers")).isEqualTo("192.168.1.1,192.168.1.2");

        gateway().set(POOL + "MinAddress", "192.168.1.50", POOL + "LeaseTime", "-1", POOL + "DNSServers", "9.9.9.9");

        assertThat(gateway().text("dhcp"))
                .contains("start '50'", "limit '200'", "leasetime 'infinite'")
                .contains("""
                \tlist dhcp_option '42,192.168.1.1'
                \tlist dhcp_option '6,9.9.9.9'
                \tlist dhcp_option '3,192.168.1.1'
                """);
        assertThat(gateway().value(POOL + "MaxAddress")).isEqualTo("192.168.1.249");
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        POOL + "MaxAddress: not from one address to a later one within 192.168.1.0 and 192.168.1.255",
                        "dhcp",
                        () -> gateway().set(POOL + "MaxAddress", "192.168.2.1"));
        gateway().set(POOL + "Enable", "false", POOL + "IPRouters", "");
        assertThat(gateway().text("dhcp")).contains("ignore '1'").doesNotContain("'3,");
        assertThat(gateway().value(POOL + "Status")).isEqualTo("Disabled");
    }

    @Test
    void a_pool_follows_its_subnet() throws IOException {
        Files.writeString(gateway().file("network"), "config interface 'lan'\n\tlist ipaddr '10.1.2.3/16'\n");

        await().atMost(TestGateway.PATIENCE)
                .until(() -> gateway().value(POOL + "MinAddress").equals("10.1.0.100"));
        gateway().set(POOL + "MaxAddress", "10.1.3.0");
        assertThat(gateway().text("dhcp")).contains("limit '669'");
    }

    @Test
    void time_servers_are_a_list() throws IOException {
        gateway()
                .set(
                        "Device.Time.Client.1.Servers",
                        "ntp.example.com,192.0.2.1",
                        "Device.Time.Client.1.Enable",
                        "false");

        assertThat(gateway().text("system"))
                .contains("list server 'ntp.example.com'\n\tlist server '192.0.2.1'", "option enabled '0'");
        assertThat(gateway().value("Device.Time.Client.1.Servers")).isEqualTo("ntp.example.com,192.0.2.1");
    }

    @Test
    void the_name_of_the_host_and_its_time_zone_are_single_objects_of_one_section() throws IOException {
        assertThat(gateway().value("Device.DeviceInfo.HostName")).isEqualTo("box");
        assertThat(gateway().value("Device.Time.LocalTimeZone")).isEqualTo("UTC");
        assertThat(gateway().value("Device.Time.Enable")).isEqualTo("true");

        gateway()
                .set(
                        "Device.DeviceInfo.HostName",
                        "hall",
                        "Device.Time.LocalTimeZone",
                        "CET-1CEST,M3.5.0,M10.5.0/3",
                        "Device.Time.Enable",
                        "false");

        assertThat(gateway().text("system"))
                .startsWith(
                        "config system\n\toption hostname 'hall'\n\toption timezone 'CET-1CEST,M3.5.0,M10.5.0/3'\n\n")
                .contains("option enabled '0'");
        assertThat(gateway().called()).containsExactly("service event");
        assertThat(gateway().value("Device.Time.Client.1.Enable")).isEqualTo("false");
        gateway()
                .assertRefused(
                        StandardErrorCode.INVALID_VALUE,
                        "Device.Time.LocalTimeZone: no time zone of POSIX",
                        "system",
                        () -> gateway().set("Device.Time.LocalTimeZone", "Europe/Berlin"));
        gateway().set("Device.Time.Enable", "true");
        assertThat(gateway().value("Device.Time.Client.1.Enable")).isEqualTo("true");
    }

    @Test
    void what_the_configuration_answers_for_the_host_does_not() {
        assertThat(gateway().device().beside(List.of(new HostOfItsOwn())))
                .singleElement()
                .satisfies(rest -> assertThat(rest.supported().parameter("Device.DeviceInfo.HostName"))
                        .isEmpty())
                .satisfies(rest -> assertThat(rest.supported().parameter("Device.DeviceInfo.UpTime"))
                        .isPresent());
    }

    /// Knows its own name.
    private static final class HostOfItsOwn implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load()
                    .restrictedTo((object, element) -> object.equals("Device.DeviceInfo.")
                            && List.of("HostName", "UpTime").contains(element));
        }

        @Override
        public void start(DeviceContext context) {
            throw new IllegalStateException("not started here");
        }
    }

    @Test
    void what_one_message_writes_in_two_packages_is_undone_in_both() throws IOException {
        Files.writeString(gateway().file("dhcp"), gateway().text("dhcp") + "\n# kept\n");
        String dhcp = gateway().text("dhcp");
        gateway().procd = UbusStatus.UNKNOWN_ERROR;

        gateway()
                .assertRefused(
                        StandardErrorCode.INTERNAL_ERROR,
                        "was refused",
                        "firewall",
                        () -> gateway().set(MAPPINGS + "1.Enable", "false", POOL + "LeaseTime", "60"));

        assertThat(gateway().text("dhcp")).isEqualTo(dhcp);
        assertThat(gateway().value(POOL + "LeaseTime")).isEqualTo("43200");
    }
}
