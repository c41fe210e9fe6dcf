// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Where the servers of a domain are that offer a service, by its SRV records, in the order in which they are to be
/// tried (RFC 2782).
public final class ServicePlaces {
    private ServicePlaces() {}

    /// @param host a name or an address
    public record Place(String host, int port) {}

    /// By the DNS servers of this host; the domain itself where nothing else is known.
    ///
    /// @param service such as `_xmpp-client._tcp`
    /// @param port the usual one of the service
    /// @throws IOException where the domain says that it does not offer the service, or is no domain
    public static List<Place> of(String service, String domain, int port) throws IOException {
        UnicastDns dns;
        try {
            dns = UnicastDns.ofThisHost();
        } catch (UnknownHostException none) {
            return List.of(new Place(domain, port));
        }
        return of(dns, service, domain, port, ThreadLocalRandom.current());
    }

    static List<Place> of(DnsSource dns, String service, String domain, int port, RandomGenerator random)
            throws IOException {
        if (!domain.contains(".") || domain.contains(":") || domain.matches("[0-9.]+")) {
            // an address, or a name of this network, has no such records
            return List.of(new Place(domain, port));
        }
        Name name;
        try {
            name = Name.fromString(service + "." + domain, Name.root);
        } catch (TextParseException noName) {
            throw new IOException("no domain: " + domain, noName);
        }
        List<SRVRecord> found = dns.ask(name, Type.SRV).of(SRVRecord.class, name);
        if (found.isEmpty()) {
            return List.of(new Place(domain, port));
        }
        List<SRVRecord> offered = found.stream()
                .filter(each -> !each.getTarget().equals(Name.root))
                .limit(Limits.SERVICE_PLACES)
                .toList();
        if (offered.isEmpty()) {
            throw new IOException(domain + " says in DNS that it does not offer " + service);
        }
        return inOrder(offered, random);
    }

    private static List<Place> inOrder(List<SRVRecord> records, RandomGenerator random) {
        TreeMap<Integer, List<SRVRecord>> byPriority = new TreeMap<>();
        records.forEach(each -> byPriority
                .computeIfAbsent(each.getPriority(), _ -> new ArrayList<>())
                .add(each));
        List<Place> places = new ArrayList<>();
        for (List<SRVRecord> same : byPriority.values()) {
            while (!same.isEmpty()) {
                SRVRecord next = same.remove(drawn(same, random));
                places.add(new Place(next.getTarget().toString(true), next.getPort()));
            }
        }
        return List.copyOf(places);
    }

    /// One of them, the more often the more its weight is; those of none hardly ever before others.
    private static int drawn(List<SRVRecord> records, RandomGenerator random) {
        int all = records.stream().mapToInt(SRVRecord::getWeight).sum();
        int sum = random.nextInt(all + 1);
        int last = 0;
        for (int i = 0; i < records.size(); i++) {
            sum -= records.get(i).getWeight();
            last = i;
            if (sum <= 0 && (records.get(i).getWeight() > 0 || all == 0)) {
                return i;
            }
        }
        return last;
    }
}
