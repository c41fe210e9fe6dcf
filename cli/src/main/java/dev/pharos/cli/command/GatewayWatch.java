// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.choice.GatewayFinder;
import dev.pharos.mtp.discovery.choice.GatewayFinder.Gateway;
import dev.pharos.mtp.discovery.dhcp.HostLeases;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.MulticastDns;
import dev.pharos.mtp.discovery.dns.NameLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells which gateway this host is behind. Leases are read each time; the network is asked when another gateway is
/// there, and then now and again, since a gateway may come to speak USP.
final class GatewayWatch implements Supplier<Optional<Gateway>> {
    /// Multicast costs everybody on the network a little.
    private static final Duration ASKED_EVERY = Duration.ofMinutes(1);

    private final Supplier<LeaseScan> leases;
    private final NameLookup lookup;
    private final Clock clock;
    private Optional<Gateway> known = Optional.empty();
    private Instant asked = Instant.MIN;

    GatewayWatch(Supplier<LeaseScan> leases, NameLookup lookup, Clock clock) {
        this.leases = leases;
        this.lookup = lookup;
        this.clock = clock;
    }

    static GatewayWatch ofThisHost() {
        return new GatewayWatch(
                HostLeases.OF_THIS_HOST::scan,
                new NameLookup(
                        Optional.empty(),
                        Optional.of(MulticastDns.onThisHost(Limits.DNS_PATIENCE)),
                        IpStack.ofThisHost()),
                Clock.systemUTC());
    }

    @Override
    public synchronized Optional<Gateway> get() {
        LeaseScan scan = leases.get();
        Instant now = clock.instant();
        NameLookup silent = new NameLookup(lookup.unicast(), Optional.empty(), lookup.stacks());
        Optional<Gateway> leased = new GatewayFinder(silent).find(scan, now);
        boolean other = !leased.map(Gateway::description).equals(known.map(Gateway::description));
        if (leased.isEmpty()) {
            known = leased;
        } else if (other || !asked.plus(ASKED_EVERY).isAfter(now)) {
            asked = now;
            known = new GatewayFinder(lookup).find(scan, now);
        }
        return known;
    }
}
