// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.mtp.discovery.dns.ServiceFinder.Services;
import dev.pharos.mtp.discovery.dns.ServiceInstance;
import dev.pharos.usp.EndpointId;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Makes addresses of leads: a URL is one; of a name DNS-SD says the transport, the port and the path
/// (R-DIS.7).
final class LeadFollower {
    private final NameLookup lookup;
    private final ServiceFinder finder;
    private final DiscoverySettings settings;
    private final Candidates candidates;

    LeadFollower(NameLookup lookup, DiscoverySettings settings, Candidates candidates) {
        this.lookup = lookup;
        this.finder = new ServiceFinder(lookup);
        this.settings = settings;
        this.candidates = candidates;
    }

    /// @param origin who gave the lead, for people
    void follow(ControllerLead lead, String origin) {
        lead.complaints().forEach(complaint -> candidates.note(origin + ": " + complaint));
        if (lead.address().isEmpty()) {
            candidates.note(origin + " does not say where the Controller is (sub-option 25)");
            return;
        }
        switch (lead.address().get()) {
            case ControllerPlace.Url url ->
                candidates.add(new DiscoveredController(
                        candidates.source(), lead.endpointId(), url.uri(), List.of(), lead.terms(), origin));
            case ControllerPlace.Fqdn fqdn -> resolve(fqdn, lead, origin);
        }
    }

    private void resolve(ControllerPlace.Fqdn fqdn, ControllerLead lead, String origin) {
        // A Controller on the local network has no records under its host name: its services are browsed, or
        // asked for by its Endpoint ID, and told apart by their host.
        List<ServiceInstance> instances = services(fqdn.isLocal() ? "local" : fqdn.name(), lead.endpointId()).stream()
                .filter(instance ->
                        !fqdn.isLocal() || instance.location().host().equalsIgnoreCase(fqdn.name()))
                .toList();
        instances.forEach(instance -> add(instance, lead.terms(), origin));
        if (instances.isEmpty()) {
            NameLookup.Addresses addresses = lookup.of(fqdn.name());
            addresses.problems().forEach(candidates::note);
            candidates.note(
                    addresses.addresses().isEmpty()
                            ? fqdn + " has no address"
                            : fqdn + " is at "
                                    + addresses.addresses().getFirst().getHostAddress()
                                    + ", but no DNS-SD record says over which transport and on which path it serves USP"
                                    + " (wanted: a PTR record such as "
                                    + UspService.CONTROLLER_WEBSOCKET.label() + "." + fqdn + ")");
        }
    }

    /// All Controllers of a domain.
    void browse(String domain, ControllerTerms terms) {
        services(domain, Optional.empty())
                .forEach(instance -> add(instance, terms, instance.service().instance(instance.endpointId(), domain)));
    }

    private List<ServiceInstance> services(String domain, Optional<EndpointId> known) {
        Optional<EndpointId> asked = known.or(settings::wanted);
        List<Callable<Services>> questions = new ArrayList<>();
        for (UspService service : UspService.of(UspService.Role.CONTROLLER)) {
            questions.add(() -> finder.browse(service, domain));
            // on the local network a Controller need have no PTR record
            if (asked.isPresent() && domain.equals("local")) {
                questions.add(() -> finder.instance(service, asked.get(), domain));
            }
        }
        try {
            Services services = ServiceFinder.atOnce(questions);
            services.problems().forEach(candidates::note);
            return services.found();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void add(ServiceInstance instance, ControllerTerms terms, String origin) {
        try {
            candidates.add(new DiscoveredController(
                    candidates.source(),
                    Optional.of(instance.endpointId()),
                    instance.uri(),
                    instance.location().addresses(),
                    terms,
                    origin));
        } catch (URISyntaxException unusable) {
            candidates.note(origin + ": no address can be made of the host "
                    + instance.location().host());
        }
    }
}
