// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dns.NameLookup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Looks for a Controller in all the places where TR-369 lets one be found, and says what is in each.
///
/// @param leases what DHCP clients were given, read anew at each run
/// @param lookup who is asked for names and services
/// @param clock tells which leases hold
public record Discovery(DiscoverySettings settings, Supplier<LeaseScan> leases, NameLookup lookup, Clock clock) {

    /// Asks every source.
    public DiscoveryOutcome all() {
        return run(false);
    }

    /// Asks one source after the other until one has a Controller.
    public DiscoveryOutcome first() {
        return run(true);
    }

    private DiscoveryOutcome run(boolean firstOnly) {
        List<SourceReport> reports = new ArrayList<>();
        for (Source source : settings.sources()) {
            SourceReport report = ask(source);
            reports.add(report);
            if (firstOnly && !report.found().isEmpty()) {
                break;
            }
        }
        return new DiscoveryOutcome(reports);
    }

    private SourceReport ask(Source source) {
        Candidates candidates = new Candidates(source, settings);
        LeadFollower follower = new LeadFollower(lookup, settings, candidates);
        switch (source) {
            case NAME ->
                settings.name()
                        .ifPresentOrElse(
                                name -> follower.follow(ControllerLead.named(name), "the name " + name),
                                () -> candidates.note("no host name was given"));
            case DHCP -> new LeaseReader(leases.get(), clock.instant()).read(candidates, follower::follow);
            case DNS -> {
                if (settings.domains().isEmpty()) {
                    candidates.note("this host searches in no domain (no 'search' in /etc/resolv.conf)");
                }
                settings.domains().forEach(domain -> follower.browse(domain, ControllerTerms.NONE));
            }
            case MDNS -> follower.browse("local", ControllerTerms.NONE);
        }
        return candidates.report();
    }
}
