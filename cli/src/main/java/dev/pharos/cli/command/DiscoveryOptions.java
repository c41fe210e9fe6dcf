// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.mtp.discovery.choice.DiscoverySettings;
import dev.pharos.mtp.discovery.choice.Source;
import dev.pharos.mtp.discovery.dhcp.HostLeases;
import dev.pharos.mtp.discovery.dns.HostNames;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.MulticastDns;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.UnicastDns;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a controller is looked for.
final class DiscoveryOptions {
    private static final int DNS_PORT = 53;

    @Option(
            names = "--fqdn",
            paramLabel = "NAME",
            description = "The controller's host name; without it DHCP, DNS and mDNS are asked, in this order.")
    private @Nullable String fqdn;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            split = ",",
            description = "Where to look, in this order: name, dhcp, dns, mdns.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS[:PORT]",
            description = "The DNS server to ask (default: those of this host).")
    private @Nullable String dns;

    @Option(
            names = "--lease",
            paramLabel = "FILE",
            description = "A lease of a DHCP client (default: where the usual clients keep them).")
    private List<Path> leases = new ArrayList<>();

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Where to ask by mDNS (default: everywhere where it is possible).")
    private @Nullable String interfaceName;

    /// Which controllers will do.
    ///
    /// @param wanted the only one, where there is one
    /// @param others endpoints that are not looked for
    /// @param schemes of the addresses that can be used, all where empty
    record Acceptable(Optional<EndpointId> wanted, Set<EndpointId> others, Set<String> schemes) {
        static final Acceptable ANY = new Acceptable(Optional.empty(), Set.of(), Set.of());
    }

    /// Whether anything was said about where to look.
    boolean isUsed() {
        return fqdn != null || dns != null || interfaceName != null || !sources.isEmpty() || !leases.isEmpty();
    }

    /// What can be asked, ready to run. From now on this process resolves host names as these options say.
    ///
    /// @throws WrongUsageException saying which option is wrong
    Discovery discovery(Acceptable acceptable) {
        DiscoverySettings settings = new DiscoverySettings(
                sources(),
                name(),
                UnicastDns.searchDomains(),
                acceptable.wanted(),
                acceptable.others(),
                acceptable.schemes());
        NameLookup lookup = lookup(settings.sources());
        HostNames.resolveBy(
                dns == null ? new NameLookup(Optional.empty(), lookup.multicast(), lookup.stacks()) : lookup);
        return new Discovery(settings, leasesOfHost()::scan, lookup, Clock.systemUTC());
    }

    private HostLeases leasesOfHost() {
        return leases.isEmpty() ? HostLeases.OF_THIS_HOST : new HostLeases(Path.of("/"), leases);
    }

    private List<Source> sources() {
        if (!sources.isEmpty()) {
            List<Source> said = sources.stream().map(DiscoveryOptions::source).toList();
            if (said.contains(Source.NAME) != (fqdn != null)) {
                throw new WrongUsageException("--source name and --fqdn need each other");
            }
            return said;
        }
        return fqdn == null ? List.of(Source.DHCP, Source.DNS, Source.MDNS) : List.of(Source.NAME);
    }

    private static Source source(String word) {
        return Arrays.stream(Source.values())
                .filter(source -> source.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new WrongUsageException("--source must be of name, dhcp, dns and mdns: " + word));
    }

    private Optional<ControllerPlace.Fqdn> name() {
        if (fqdn == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ControllerPlace.Fqdn(fqdn));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--fqdn: " + wrong.getMessage());
        }
    }

    private NameLookup lookup(List<Source> asked) {
        boolean local = asked.contains(Source.MDNS)
                || name().map(ControllerPlace.Fqdn::isLocal).orElse(false)
                || asked.contains(Source.DHCP);
        return new NameLookup(unicast(), local ? Optional.of(multicast()) : Optional.empty(), IpStack.ofThisHost());
    }

    private Optional<UnicastDns> unicast() {
        try {
            return Optional.of(dns == null ? UnicastDns.ofThisHost() : UnicastDns.at(server(dns)));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (port ? text.substring(0, colon) : text).replaceAll("^\\[|\\]$", "");
        try {
            int number = port ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
            return new InetSocketAddress(InetAddress.ofLiteral(host), number);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--dns must be an IP address, and a port where it is not 53: " + text);
        }
    }

    private MulticastDns multicast() {
        try {
            return interfaceName == null
                    ? MulticastDns.onThisHost(Limits.DNS_PATIENCE)
                    : MulticastDns.on(interfaceName, Limits.DNS_PATIENCE);
        } catch (SocketException none) {
            throw new WrongUsageException("--interface: " + none.getMessage());
        }
    }
}
