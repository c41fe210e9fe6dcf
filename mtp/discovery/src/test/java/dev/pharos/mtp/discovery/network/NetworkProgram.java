// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import dev.pharos.mtp.discovery.dns.Advertisement.Place;
import dev.pharos.mtp.discovery.dns.HostNames;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.mtp.discovery.dns.MulticastDns;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs on one of [dev.pharos.testkit.TwoHosts]: announces, looks for, or resolves, as each line of standard
/// input says; what it prints for one line ends with [#DONE].
final class NetworkProgram {
    static final String DONE = "done";

    /// Nobody else talks on the cable, so that answers come in a moment; a test that needs one asks again.
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

    private static @Nullable MulticastAnnouncer announcer;

    private NetworkProgram() {}

    public static void main(String[] arguments) throws IOException {
        LOGGED.start();
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.detachAndStopAllAppenders();
            root.addAppender(LOGGED);
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            run(List.of(line.split(" ")));
            System.out.println(DONE);
        }
        goodbye();
    }

    private static void run(List<String> words) throws IOException {
        switch (words.getFirst()) {
            case "announce" -> announce(words.get(1), words.get(2), EndpointId.of(words.get(3)));
            case "goodbye" -> goodbye();
            case "discover" -> discover(words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty());
            case "agents" -> agents();
            case "resolve" -> resolve(words.get(1));
            case "gateway" -> gateway(words.get(1));
            case "log" -> List.copyOf(LOGGED.list).forEach(entry -> System.out.println(entry.getFormattedMessage()));
            default -> throw new IllegalArgumentException(words.getFirst());
        }
    }

    private static NameLookup lookup() {
        return new NameLookup(Optional.empty(), Optional.of(MulticastDns.onThisHost(PATIENCE)), EnumSet.of(IpStack.V4));
    }

    private static void announce(String address, String role, EndpointId endpointId) throws IOException {
        MulticastAnnouncer announcing = MulticastAnnouncer.at(List.of(InetAddress.ofLiteral(address)));
        announcer = announcing;
        announcing.announce(
                switch (role) {
                    case "agent" ->
                        Advertisement.ofAgent(
                                UspService.AGENT_WEBSOCKET, endpointId, Place.here(8184), "/agent", "kitchen light");
                    case "elsewhere" ->
                        Advertisement.ofController(
                                UspService.CONTROLLER_MQTT,
                                endpointId,
                                Place.at("10.7.0.9", 1883),
                                "usp/controller/" + endpointId,
                                false);
                    default ->
                        Advertisement.ofController(
                                UspService.CONTROLLER_WEBSOCKET, endpointId, Place.here(8183), "/usp", true);
                });
    }

    private static void goodbye() {
        if (announcer != null) {
            announcer.close();
            announcer = null;
        }
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
