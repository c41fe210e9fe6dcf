// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// DNS servers.
public final class UnicastDns implements DnsSource {
    private final Resolver resolver;
    private final String description;

    private UnicastDns(Resolver resolver, String description) {
        this.resolver = resolver;
        this.description = description;
        resolver.setTimeout(Limits.DNS_PATIENCE);
    }

    /// One server.
    public static UnicastDns at(InetSocketAddress server) {
        return new UnicastDns(
                new SimpleResolver(server),
                "the DNS server " + server.getAddress().getHostAddress() + ":" + server.getPort());
    }

    /// The servers that this host is set up with.
    ///
    /// @throws UnknownHostException where it is set up with none
    public static UnicastDns ofThisHost() throws UnknownHostException {
        List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
        if (servers.isEmpty()) {
            throw new UnknownHostException("this host has no DNS server (/etc/resolv.conf)");
        }
        List<Resolver> each = new ArrayList<>();
        servers.forEach(server -> each.add(new SimpleResolver(server)));
        return new UnicastDns(
                new ExtendedResolver(each),
                "this host's DNS server "
                        + servers.stream()
                                .map(server -> server.getAddress() == null
                                        ? server.getHostString()
                                        : server.getAddress().getHostAddress())
                                .collect(Collectors.joining(", ")));
    }

    /// The domains that this host searches in, such as `example.com`.
    public static List<String> searchDomains() {
        return ResolverConfig.getCurrentConfig().searchPath().stream()
                .filter(name -> name.labels() > 1)
                .limit(Limits.SEARCH_DOMAINS)
                .map(name -> name.toString(true))
                .toList();
    }

    @Override
    public DnsAnswer ask(Name name, int type) {
        Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Message answer;
        try {
            answer = resolver.send(question);
        } catch (IOException failed) {
            return DnsAnswer.none(description + " does not answer: "
                    + (failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage()));
        }
        if (answer.getRcode() == Rcode.NXDOMAIN) {
            return DnsAnswer.none(description + " knows no " + name.toString(true));
        }
        if (answer.getRcode() != Rcode.NOERROR) {
            return DnsAnswer.none(description + " refuses to answer about " + name.toString(true) + ": "
                    + Rcode.string(answer.getRcode()));
        }
        List<Record> records = new ArrayList<>(answer.getSection(Section.ANSWER));
        if (records.isEmpty()) {
            return DnsAnswer.none(description + " has no " + Type.string(type) + " record for " + name.toString(true));
        }
        records.addAll(answer.getSection(Section.ADDITIONAL));
        return DnsAnswer.of(records);
    }

    @Override
    public String description() {
        return description;
    }
}
