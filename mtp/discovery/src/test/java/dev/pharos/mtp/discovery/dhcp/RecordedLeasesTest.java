// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What real DHCP clients wrote down of what a real server gave them.
class RecordedLeasesTest {
    @TempDir
    private Path root = Path.of("");

    private static String recorded(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RecordedLeasesTest.class.getResourceAsStream("/leases/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path put(String place, String content) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }

    private Lease only() {
        LeaseScan scan = new HostLeases(root, List.of()).scan();
        assertThat(scan.notes()).isEmpty();
        assertThat(scan.leases()).hasSize(1);
        return scan.leases().getFirst();
    }

    private static void saysWhatTheServerSaid(Lease lease) throws Exception {
        ControllerLead lead = ControllerOptions.in(lease.options()).orElseThrow();
        assertThat(lead.address())
                .contains(new ControllerPlace.Url(URI.create("wss://controller.example.com:8184/usp")));
        assertThat(lead.endpointId()).contains(EndpointId.of("self::pharos"));
        assertThat(lead.terms().provisioningCode()).contains("prov-1");
        assertThat(DeviceDescription.ofGateway(lease.options()))
                .contains(new DeviceDescription("00256D", "GW-1", "Gate"));
    }

    @Test
    void dhclient_keeps_what_the_server_said() throws Exception {
        put("var/lib/dhcp/dhclient.leases", recorded("dhclient.leases"));
        Lease lease = only();
        saysWhatTheServerSaid(lease);
        assertThat(lease.interfaceName()).isEqualTo("d1");
        assertThat(lease.server()).contains(InetAddress.ofLiteral("10.7.0.1"));
        assertThat(lease.expires()).contains(Instant.parse("2026-11-25T14:41:55Z"));
        assertThat(lease.isValid(Instant.parse("2026-11-25T14:41:54Z"))).isTrue();
        assertThat(lease.isValid(Instant.parse("2026-11-25T14:41:55Z"))).isFalse();
    }

    @Test
    void dhclient_keeps_what_a_dhcpv6_server_said() throws Exception {
        put("var/lib/dhcp/dhclient6.leases", recorded("dhclient6.leases"));
        Lease lease = only();
        assertThat(lease.options().version()).isEqualTo(DhcpVersion.V6);
        assertThat(lease.expires()).contains(Instant.ofEpochSecond(1795614117L + 3600));
        ControllerLead lead = ControllerOptions.in(lease.options()).orElseThrow();
        assertThat(lead.address()).isEmpty();
        assertThat(lead.complaints())
                .singleElement()
                .asString()
                .contains("sub-option 25")
                .contains("ws:/");
    }

    @Test
    void a_hook_of_udhcpc_keeps_what_the_server_said() throws Exception {
        Path file = put("var/run/pharos/dhcp/d1.env", recorded("udhcpc.env"));
        Lease lease = only();
        saysWhatTheServerSaid(lease);
        assertThat(lease.interfaceName()).isEqualTo("d1");
        assertThat(lease.server()).contains(InetAddress.ofLiteral("10.7.0.1"));
        assertThat(lease.expires())
                .contains(Files.getLastModifiedTime(file).toInstant().plusSeconds(3600));
    }

    @Test
    @Requirement("R-DIS.1a")
    void numbers_in_binary_are_refused_since_every_option_is_text_and_the_rest_counts() throws Exception {
        put("var/lib/dhcp/dhclient.leases", recorded("dhclient.leases"));
        ControllerLead lead = ControllerOptions.in(only().options()).orElseThrow();
        assertThat(lead.terms().retryMinimumWait()).isEmpty();
        assertThat(lead.terms().retryMultiplier()).isEmpty();
        assertThat(lead.complaints())
                .containsExactly(
                        "sub-option 27: not text but 07 (hexadecimal)",
                        "sub-option 28: not text but 0bb8 (hexadecimal)");
    }

    @Test
    void the_newest_lease_of_an_interface_counts_and_one_that_is_being_written_does_not() throws Exception {
        String one = recorded("dhclient.leases");
        put(
                "var/lib/dhcp/dhclient.leases",
                one
                        + one.replace("expire 3 2026/11/25 14:41:55", "expire 3 2026/11/25 15:41:55")
                        + one.substring(0, one.length() / 2));
        assertThat(only().expires()).contains(Instant.parse("2026-11-25T15:41:55Z"));
    }

    @Test
    void networkd_and_networkmanager_keep_option_43() throws Exception {
        String text = """
                # This is private data. Do not parse.
                ADDRESS=10.7.0.19
                SERVER_ADDRESS=10.7.0.1
                LIFETIME=3600
                VENDOR_SPECIFIC=010b687474703a2f2f6163732f0203616263
                """;
        put("var/lib/NetworkManager/internal-6b1e7a9c-1c1d-4d0e-9b0a-0c8f6a1b2c3d-eth0.lease", text);
        Lease lease = only();
        assertThat(lease.interfaceName()).isEqualTo("eth0");
        assertThat(AcsOption.in(lease.options()).map(AcsOption::url)).contains("http://acs/");
        put("run/systemd/netif/leases/2", text);
        assertThat(new HostLeases(root, List.of()).scan().leases()).hasSize(2);
    }

    @Test
    void a_host_without_any_lease_says_where_was_looked() {
        LeaseScan scan = new HostLeases(root, List.of()).scan();
        assertThat(scan.leases()).isEmpty();
        assertThat(scan.notes()).singleElement().asString().contains("dhclient").contains("var/run/pharos/dhcp");
    }

    @Test
    void a_named_file_that_is_missing_or_is_no_lease_is_named() throws Exception {
        Path missing = root.resolve("missing.lease");
        Path empty = put("empty.lease6", "");
        LeaseScan scan = new HostLeases(root, List.of(missing, empty)).scan();
        assertThat(scan.leases()).isEmpty();
        assertThat(scan.notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("there is no such file"))
                .anyMatch(note -> note.contains("is cut off"));
    }
}
