// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.mtp.discovery.dhcp.ControllerOptions;
import dev.pharos.mtp.discovery.dhcp.DeviceDescription;
import dev.pharos.mtp.discovery.dhcp.DhcpOptions;
import dev.pharos.mtp.discovery.dhcp.DhcpVersion;
import dev.pharos.mtp.discovery.dhcp.Lease;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.UnicastDns;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.DnsServer;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Finding a Controller with a real DNS server and leases that are put there.
class DiscoveryTest {
    private static final String NAME = "host.example.com";
    private static final EndpointId ID = EndpointId.of("os::0200F0-a.b%2Fc");
    private static final String INSTANCE = "os::0200F0-a\\.b%2Fc._usp-ctr-ws._tcp.example.com";
    private static final DeviceDescription GATEWAY = new DeviceDescription("0200F0", "GW-1", "Gate");

    private final ManualClock clock = ManualClock.standing();
    private final DnsServer dns;

    DiscoveryTest() throws IOException {
        dns = DnsServer.start();
    }

    @BeforeEach
    void the_records_of_the_specifications_example() {
        dns.put("_usp-ctr-ws._tcp." + NAME, "PTR", INSTANCE)
                .put(INSTANCE, "SRV", "0 1 5684 " + NAME)
                .put(INSTANCE, "TXT", "path=/usp encrypt")
                .put(NAME, "A", "192.0.2.200")
                .put(NAME, "AAAA", "2001:db8::200");
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private Discovery looking(DiscoverySettings settings, List<Lease> leases, Set<IpStack> stacks) {
        NameLookup lookup = new NameLookup(Optional.of(UnicastDns.at(dns.address())), Optional.empty(), stacks);
        return new Discovery(settings, () -> new LeaseScan(leases, List.of()), lookup, clock);
    }

    private Discovery byName(String name, Optional<EndpointId> wanted, Set<String> schemes) {
        return looking(
                new DiscoverySettings(
                        List.of(Source.NAME),
                        Optional.of(new ControllerPlace.Fqdn(name)),
                        List.of(),
                        wanted,
                        Set.of(),
                        schemes),
                List.of(),
                EnumSet.allOf(IpStack.class));
    }

    private Discovery byDhcp(Lease... leases) {
        return looking(
                new DiscoverySettings(
                        List.of(Source.DHCP), Optional.empty(), List.of(), Optional.empty(), Set.of(), Set.of()),
                List.of(leases),
                EnumSet.allOf(IpStack.class));
    }

    private Lease lease(ControllerLead lead) {
        return lease(ControllerOptions.of(lead).addTo(DhcpOptions.none(DhcpVersion.V4)));
    }

    private Lease lease(DhcpOptions options) {
        return new Lease(
                "lease-file",
                "eth0",
                options,
                Optional.of(InetAddress.ofLiteral("192.0.2.1")),
                Optional.of(clock.instant().plusSeconds(60)));
    }

    private static String notes(DiscoveryOutcome outcome) {
        return String.join("\n", outcome.reports().getFirst().notes());
    }

    @Test
    @Requirement({"R-DIS.6", "R-DIS.7", "R-DIS.8"})
    void a_name_becomes_an_address_by_its_ptr_srv_and_txt_records() {
        DiscoveredController found =
                byName(NAME, Optional.empty(), Set.of()).all().chosen().orElseThrow();
        assertThat(found.uri()).isEqualTo(URI.create("wss://host.example.com:5684/usp"));
        assertThat(found.endpointId()).contains(ID);
        assertThat(found.addresses())
                .containsExactlyInAnyOrder(
                        InetAddress.ofLiteral("192.0.2.200"), InetAddress.ofLiteral("2001:db8::200"));
        assertThat(dns.questions())
                .contains(
                        "PTR _usp-ctr-ws._tcp.host.example.com",
                        "PTR _usp-ctr-mqtt._tcp.host.example.com",
                        "PTR _usp-ctr-stomp._tcp.host.example.com",
                        "PTR _usp-ctr-coap._udp.host.example.com",
                        "SRV " + INSTANCE,
                        "TXT " + INSTANCE,
                        "A host.example.com",
                        "AAAA host.example.com");
    }

    @Test
    @Requirement("R-DIS.6")
    void only_addresses_of_the_ip_versions_that_the_host_has_are_asked_for() {
        DiscoverySettings settings = new DiscoverySettings(
                List.of(Source.NAME),
                Optional.of(new ControllerPlace.Fqdn(NAME)),
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of());
        DiscoveredController found = looking(settings, List.of(), EnumSet.of(IpStack.V6))
                .all()
                .chosen()
                .orElseThrow();
        assertThat(found.addresses()).containsExactly(InetAddress.ofLiteral("2001:db8::200"));
        assertThat(dns.questions()).contains("AAAA host.example.com").doesNotContain("A host.example.com");
    }

    @Test
    @Requirement("R-DIS.11a")
    void what_does_not_demand_encryption_is_reached_without() {
        dns.put("_usp-ctr-mqtt._tcp.plain.example.com", "PTR", "self::x._usp-ctr-mqtt._tcp.plain.example.com")
                .put("self::x._usp-ctr-mqtt._tcp.plain.example.com", "SRV", "0 1 1883 " + NAME)
                .put("self::x._usp-ctr-mqtt._tcp.plain.example.com", "TXT", "path=usp/controller/x%2Fy");
        assertThat(byName("plain.example.com", Optional.empty(), Set.of())
                        .all()
                        .chosen()
                        .orElseThrow()
                        .uri())
                .satisfies(uri -> {
                    assertThat(uri.getScheme()).isEqualTo("mqtt");
                    assertThat(uri.getPath()).isEqualTo("/usp/controller/x%2Fy");
                });
    }

    @Test
    @Requirement("R-DIS.1b")
    void dhcp_may_name_a_url_which_is_taken_as_it_is() {
        ControllerLead lead = ControllerLead.named(new ControllerPlace.Url(URI.create("wss://192.0.2.7:8184/usp")))
                .withEndpointId(ID)
                .withTerms(new ControllerTerms(
                        Optional.of("prov"), Optional.of(Duration.ofSeconds(30)), Optional.of(1200)));
        DiscoveredController found = byDhcp(lease(lead)).all().chosen().orElseThrow();
        assertThat(found.uri()).isEqualTo(URI.create("wss://192.0.2.7:8184/usp"));
        assertThat(found.endpointId()).contains(ID);
        assertThat(found.terms()).isEqualTo(lead.terms());
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    @Requirement({"R-DIS.1b", "R-DIS.7"})
    void dhcp_may_name_a_host_of_which_dns_says_the_rest() {
        DiscoveredController found = byDhcp(lease(ControllerLead.named(new ControllerPlace.Fqdn(NAME))))
                .all()
                .chosen()
                .orElseThrow();
        assertThat(found.uri()).isEqualTo(URI.create("wss://host.example.com:5684/usp"));
        assertThat(found.source()).isEqualTo(Source.DHCP);
    }

    @Test
    void a_lease_says_why_it_names_no_controller() {
        assertThat(notes(byDhcp(lease(DhcpOptions.none(DhcpVersion.V4))).all()))
                .contains("has no option 125")
                .contains("discover --request");
        assertThat(notes(byDhcp(lease(DhcpOptions.none(DhcpVersion.V4).with(125, Bytes.ofHex("0000000900"))))
                        .all()))
                .contains("of enterprise 9, but not of the Broadband Forum");
        assertThat(notes(byDhcp(lease(GATEWAY.asClient(DhcpVersion.V4).addTo(DhcpOptions.none(DhcpVersion.V4))))
                        .all()))
                .contains("has no USP sub-option (25 to 29) in option 125, only 1, 2, 3");
        assertThat(notes(byDhcp(lease(DhcpOptions.none(DhcpVersion.V4).with(125, Bytes.ofHex("0000"))))
                        .all()))
                .contains("cut off");
        Lease old = lease(ControllerLead.named(new ControllerPlace.Fqdn(NAME)));
        clock.advance(Duration.ofMinutes(2));
        assertThat(notes(byDhcp(old).all())).contains("has expired");
    }

    @Test
    void a_name_without_records_says_which_are_wanted() {
        dns.put("bare.example.com", "A", "192.0.2.9");
        assertThat(notes(byName("bare.example.com", Optional.empty(), Set.of()).all()))
                .contains("bare.example.com is at 192.0.2.9, but no DNS-SD record")
                .contains("_usp-ctr-ws._tcp.bare.example.com");
        assertThat(notes(byName("none.example.com", Optional.empty(), Set.of()).all()))
                .contains("none.example.com has no address")
                .contains("knows no none.example.com");
    }

    @Test
    void an_instance_that_is_no_endpoint_id_or_has_no_text_is_named() {
        dns.put("_usp-ctr-ws._tcp.odd.example.com", "PTR", "printer._usp-ctr-ws._tcp.odd.example.com")
                .put("printer._usp-ctr-ws._tcp.odd.example.com", "SRV", "0 1 1 " + NAME)
                .put("printer._usp-ctr-ws._tcp.odd.example.com", "TXT", "path=/usp");
        DiscoveryOutcome outcome =
                byName("odd.example.com", Optional.empty(), Set.of()).all();
        assertThat(outcome.chosen()).isEmpty();
        assertThat(notes(outcome))
                .contains("printer._usp-ctr-ws._tcp.odd.example.com")
                .contains("R-DIS.8");
    }

    @Test
    void another_controller_than_the_wanted_one_and_an_unusable_transport_are_passed_over() {
        EndpointId other = EndpointId.of("self::other");
        DiscoveryOutcome wrong = byName(NAME, Optional.of(other), Set.of()).all();
        assertThat(wrong.chosen()).isEmpty();
        assertThat(notes(wrong)).contains(ID + ") was found, but self::other is wanted");
        DiscoveryOutcome unusable =
                byName(NAME, Optional.empty(), Set.of("mqtt")).all();
        assertThat(unusable.chosen()).isEmpty();
        assertThat(notes(unusable)).contains("wss:// is not supported");
    }

    @Test
    void the_first_source_that_has_a_controller_decides_and_encrypted_ones_go_first() {
        dns.put("_usp-ctr-mqtt._tcp." + NAME, "PTR", "self::x._usp-ctr-mqtt._tcp.example.com")
                .put("self::x._usp-ctr-mqtt._tcp.example.com", "SRV", "0 9 1883 " + NAME)
                .put("self::x._usp-ctr-mqtt._tcp.example.com", "TXT", "path=t");
        DiscoverySettings settings = new DiscoverySettings(
                List.of(Source.DHCP, Source.DNS),
                Optional.empty(),
                List.of(NAME),
                Optional.empty(),
                Set.of(),
                Set.of());
        Lease lease = lease(ControllerLead.named(new ControllerPlace.Url(URI.create("ws://192.0.2.7/usp"))));
        assertThat(looking(settings, List.of(lease), EnumSet.allOf(IpStack.class))
                        .first()
                        .reports())
                .hasSize(1);
        DiscoveryOutcome all =
                looking(settings, List.of(lease), EnumSet.allOf(IpStack.class)).all();
        assertThat(all.chosen().orElseThrow().source()).isEqualTo(Source.DHCP);
        assertThat(all.reports().get(1).found())
                .extracting(controller -> controller.uri().getScheme())
                .containsExactly("wss", "mqtt");
    }

    @Test
    void a_plain_websocket_is_not_taken_for_an_encrypted_one() {
        Lease plain = lease(ControllerLead.named(new ControllerPlace.Url(URI.create("ws://192.0.2.7/usp"))));
        Lease encrypted = lease(ControllerLead.named(new ControllerPlace.Url(URI.create("wss://192.0.2.8/usp"))));
        assertThat(byDhcp(plain, encrypted).all().chosen().orElseThrow().uri())
                .isEqualTo(URI.create("wss://192.0.2.8/usp"));
    }

    @Test
    void an_endpoint_that_is_not_looked_for_is_turned_away_and_named() {
        DiscoverySettings settings = new DiscoverySettings(
                List.of(Source.NAME),
                Optional.of(new ControllerPlace.Fqdn(NAME)),
                List.of(),
                Optional.empty(),
                Set.of(ID),
                Set.of());
        DiscoveryOutcome outcome =
                looking(settings, List.of(), EnumSet.allOf(IpStack.class)).all();
        assertThat(outcome.chosen()).isEmpty();
        assertThat(notes(outcome)).contains(ID + ") was found, but this agent has that endpoint already");
    }

    @Test
    void a_silent_dns_server_is_named() {
        dns.close();
        assertThat(notes(byName(NAME, Optional.empty(), Set.of()).all()))
                .contains("the DNS server 127.0.0.1:" + dns.address().getPort() + " does not answer");
    }

    @Test
    void the_gateway_of_a_lease_that_holds_is_known_and_that_of_another_is_not() {
        NameLookup nobody = new NameLookup(Optional.empty(), Optional.empty(), EnumSet.allOf(IpStack.class));
        Lease lease = lease(DhcpOptions.none(DhcpVersion.V4)
                .with(125, Bytes.ofHex("00000de912" + "0406303230304630" + "050447572d31" + "06024761")));
        GatewayFinder finder = new GatewayFinder(nobody);
        GatewayFinder.Gateway gateway = finder.find(new LeaseScan(List.of(lease), List.of()), clock.instant())
                .orElseThrow();
        assertThat(gateway.description()).isEqualTo(new DeviceDescription("0200F0", "GW-1", "Ga"));
        assertThat(gateway.managementProtocol()).isEqualTo("CWMP");
        assertThat(finder.find(
                        new LeaseScan(List.of(lease), List.of()),
                        clock.instant().plusSeconds(61)))
                .isEmpty();
    }
}
