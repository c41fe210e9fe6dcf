// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Addresses of names: those that end in `.local` are asked for by mDNS where that is enabled (R-DIS.5), all
/// others of DNS, for the IP versions that the host has (R-DIS.6).
public record NameLookup(Optional<UnicastDns> unicast, Optional<MulticastDns> multicast, Set<IpStack> stacks) {
    private static final Name LOCAL = Name.fromConstantString("local.");

    public NameLookup {
        stacks = Set.copyOf(stacks);
    }

    /// What was found.
    ///
    /// @param problems why there is nothing, in sentences
    public record Addresses(List<InetAddress> addresses, List<String> problems) {
        public Addresses {
            addresses = List.copyOf(addresses);
            problems = List.copyOf(problems);
        }
    }

    /// Who is asked about this name; empty where that is switched off.
    public Optional<DnsSource> sourceFor(Name name) {
        return name.subdomain(LOCAL) ? multicast.map(DnsSource.class::cast) : unicast.map(DnsSource.class::cast);
    }

    /// The addresses of a name.
    public Addresses of(String name) {
        try {
            return of(Name.fromString(name, Name.root));
        } catch (TextParseException noName) {
            return new Addresses(List.of(), List.of("not a host name: " + name));
        }
    }

    Addresses of(Name name) {
        Optional<DnsSource> source = sourceFor(name);
        if (source.isEmpty()) {
            return new Addresses(
                    List.of(),
                    List.of((name.subdomain(LOCAL) ? "mDNS" : "DNS") + " is not used, so nobody can be asked about "
                            + name.toString(true)));
        }
        List<InetAddress> addresses = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (IpStack stack : IpStack.values()) {
            if (stacks.contains(stack)) {
                DnsAnswer answer = source.get().ask(name, stack.recordType());
                answer.problem().ifPresent(problems::add);
                addresses.addAll(in(answer, name));
            }
        }
        return new Addresses(addresses, addresses.isEmpty() ? problems : List.of());
    }

    /// The addresses that an answer brought along.
    static List<InetAddress> in(DnsAnswer answer, Name name) {
        List<InetAddress> addresses = new ArrayList<>();
        answer.of(ARecord.class, name).forEach(record -> addresses.add(bare(record.getAddress())));
        answer.of(AAAARecord.class, name).forEach(record -> addresses.add(bare(record.getAddress())));
        return addresses;
    }

    /// Without the name, so that it shows as an address.
    private static InetAddress bare(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + address.getAddress().length + " bytes", impossible);
        }
    }
}
