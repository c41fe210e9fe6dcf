// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.mtp.discovery.choice.DiscoveryOutcome;
import dev.pharos.mtp.discovery.choice.DiscoverySettings;
import dev.pharos.mtp.discovery.choice.GatewayFinder;
import dev.pharos.mtp.discovery.choice.Source;
import dev.pharos.mtp.discovery.dhcp.DhcpOptions;
import dev.pharos.mtp.discovery.dhcp.DhcpVersion;
import dev.pharos.mtp.discovery.dhcp.Lease;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dns.Advertisement;
import dev.pharos.mtp.discovery.dns.HostNames;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.mtp.discovery.dns.MulticastDns;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What runs on one of [TwoHosts]: announces, looks for, or resolves.
final class NetworkProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private NetworkProgram() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "announce" -> announce(arguments[1], arguments[2], arguments[3]);
            case "discover" -> discover(arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty());
            case "agents" -> agents();
            case "resolve" -> resolve(arguments[1]);
            case "gateway" -> gateway(arguments[1]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static NameLookup lookup() {
        return new NameLookup(Optional.empty(), Optional.of(MulticastDns.onThisHost(PATIENCE)), EnumSet.of(IpStack.V4));
    }

    private static void announce(String address, String role, String id) throws IOException {
        EndpointId endpointId = EndpointId.of(id);
        try (MulticastAnnouncer announcer =
                MulticastAnnouncer.at(endpointId, List.of(InetAddress.ofLiteral(address)))) {
            announcer.announce(
                    role.equals("agent")
                            ? Advertisement.ofAgent(
                                    UspService.AGENT_WEBSOCKET, endpointId, 8184, "/agent", "kitchen light")
                            : Advertisement.ofController(
                                    UspService.CONTROLLER_WEBSOCKET, endpointId, 8183, "/usp", true));
            System.out.println("announced");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
        System.out.println("said goodbye");
    }

    private static void discover(Optional<String> wanted) {
        DiscoverySettings settings = new DiscoverySettings(
                List.of(Source.MDNS), Optional.empty(), List.of(), wanted.map(EndpointId::of), Set.of(), Set.of());
        DiscoveryOutcome outcome =
                new Discovery(settings, () -> new LeaseScan(List.of(), List.of()), lookup(), Clock.systemUTC()).all();
        outcome.chosen()
                .ifPresent(found -> System.out.println(
                        "found " + found.endpointId().orElseThrow() + " " + found.uri() + " " + found.addresses()));
        outcome.reports().forEach(report -> report.notes().forEach(note -> System.out.println("note " + note)));
    }

    private static void agents() {
        new ServiceFinder(lookup())
                .browse(UspService.AGENT_WEBSOCKET, "local")
                .found()
                .forEach(agent -> System.out.println("found " + agent.endpointId() + " " + agent.text()));
    }

    private static void resolve(String name) {
        HostNames.resolveBy(lookup());
        try {
            System.out.println("resolved " + InetAddress.getByName(name).getHostAddress());
        } catch (UnknownHostException unknown) {
            System.out.println("unknown " + unknown.getMessage());
        }
    }

    private static void gateway(String server) {
        Lease lease = new Lease(
                "test",
                "right",
                DhcpOptions.none(DhcpVersion.V4).with(125, Bytes.ofHex("00000de908" + "0406303230304630")),
                Optional.of(InetAddress.ofLiteral(server)),
                Optional.empty());
        new GatewayFinder(lookup())
                .find(new LeaseScan(List.of(lease), List.of()), Instant.now())
                .ifPresent(gateway -> System.out.println("gateway " + gateway.managementProtocol() + " "
                        + gateway.endpointId().map(EndpointId::toString).orElse("-")));
    }
}
