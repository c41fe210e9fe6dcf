// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Looks for USP services by DNS-SD (RFC 6763), in DNS or by mDNS: PTR records name the instances, SRV and TXT
/// records describe each, A and AAAA records say where its host is.
public record ServiceFinder(NameLookup lookup) {

    /// What was found, the best first, and what is in the way of more.
    public record Services(List<ServiceInstance> found, List<String> problems) {
        public Services {
            found = List.copyOf(found);
            problems = List.copyOf(problems);
        }
    }

    /// The instances of a service in a domain; in TR-369 the domain may be a Controller's own FQDN.
    public Services browse(UspService service, String domain) {
        List<ServiceInstance> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            Name name = Name.fromString(service.label() + "." + domain, Name.root);
            Optional<DnsSource> source = lookup.sourceFor(name);
            if (source.isEmpty()) {
                return new Services(List.of(), List.of("nobody can be asked about " + name.toString(true)));
            }
            DnsAnswer answer = source.get().ask(name, Type.PTR);
            answer.problem().ifPresent(problems::add);
            answer.of(PTRRecord.class, name).stream()
                    .map(PTRRecord::getTarget)
                    .distinct()
                    .limit(Limits.INSTANCES)
                    .forEach(target -> instance(service, target, source.get(), answer, problems)
                            .ifPresent(found::add));
        } catch (TextParseException noName) {
            problems.add("not a domain: " + domain);
        }
        found.sort(Comparator.comparingInt(ServiceInstance::priority)
                .thenComparing(Comparator.comparingInt(ServiceInstance::weight).reversed()));
        return new Services(found, problems);
    }

    /// The instances of several services, asked for at the same time.
    ///
    /// @throws InterruptedException while waiting for answers
    public Services browse(List<UspService> services, String domain) throws InterruptedException {
        List<Callable<Services>> questions = new ArrayList<>();
        services.forEach(service -> questions.add(() -> browse(service, domain)));
        return atOnce(questions);
    }

    /// What all of these bring together, in their order.
    public static Services atOnce(List<Callable<Services>> questions) throws InterruptedException {
        List<ServiceInstance> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Services> answer : each.invokeAll(questions)) {
                found.addAll(answer.get().found());
                problems.addAll(answer.get().problems());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("looking for services failed", failed);
        }
        return new Services(found.stream().distinct().toList(), problems);
    }

    /// The one instance of a known endpoint, which needs no PTR record.
    public Services instance(UspService service, EndpointId endpointId, String domain) {
        List<String> problems = new ArrayList<>();
        Optional<ServiceInstance> found = Optional.empty();
        try {
            Name name = Name.concatenate(
                    AnnouncedRecords.label(endpointId), Name.fromString(service.label() + "." + domain, Name.root));
            Optional<DnsSource> source = lookup.sourceFor(name);
            if (source.isPresent()) {
                found = instance(service, name, source.get(), DnsAnswer.of(List.of()), problems);
            }
        } catch (TextParseException | NameTooLongException noName) {
            problems.add("no DNS name can be made of " + endpointId + " and " + domain);
        }
        return new Services(found.stream().toList(), problems);
    }

    private Optional<ServiceInstance> instance(
            UspService service, Name name, DnsSource source, DnsAnswer alongside, List<String> problems) {
        DnsAnswer locations = alongside.of(SRVRecord.class, name).isEmpty() ? source.ask(name, Type.SRV) : alongside;
        DnsAnswer texts = texts(name, source, alongside, locations);
        List<SRVRecord> srv = locations.of(SRVRecord.class, name);
        if (srv.isEmpty()) {
            problems.add(locations.problem().orElse("no SRV record for " + shown(name)));
            return Optional.empty();
        }
        EndpointId endpointId;
        try {
            endpointId = EndpointId.parse(instanceOf(name));
        } catch (MalformedInputException malformed) {
            problems.add(
                    "the instance " + shown(name) + " is not named by an Endpoint ID (R-DIS.8): " + malformed.detail());
            return Optional.empty();
        }
        List<TXTRecord> txt = texts.of(TXTRecord.class, name);
        if (txt.isEmpty()) {
            problems.add("the instance " + shown(name) + " has no TXT record, so its path is unknown");
        }
        TextAttributes attributes =
                TextAttributes.of(txt.isEmpty() ? List.of() : txt.getFirst().getStringsAsByteArrays());
        SRVRecord location = srv.getFirst();
        return Optional.of(new ServiceInstance(
                service,
                endpointId,
                new ServiceInstance.Location(
                        location.getTarget().toString(true),
                        location.getPort(),
                        addresses(location.getTarget(), problems, alongside, locations)),
                new ServiceInstance.Text(attributes.value("path"), attributes.value("name"), attributes.has("encrypt")),
                location.getPriority(),
                location.getWeight()));
    }

    private static DnsAnswer texts(Name name, DnsSource source, DnsAnswer alongside, DnsAnswer locations) {
        if (!alongside.of(TXTRecord.class, name).isEmpty()) {
            return alongside;
        }
        return locations.of(TXTRecord.class, name).isEmpty() ? source.ask(name, Type.TXT) : locations;
    }

    private List<InetAddress> addresses(Name host, List<String> problems, DnsAnswer... alongside) {
        for (DnsAnswer answer : alongside) {
            List<InetAddress> brought = NameLookup.in(answer, host);
            if (!brought.isEmpty()) {
                return brought;
            }
        }
        NameLookup.Addresses asked = lookup.of(host);
        problems.addAll(asked.problems());
        return asked.addresses();
    }

    /// What stands before the service. It ought to be one label; responders that take an Endpoint ID with dots
    /// apart are understood too.
    private static String instanceOf(Name name) {
        StringBuilder instance = new StringBuilder();
        for (int i = 0; i < name.labels(); i++) {
            byte[] label = name.getLabel(i);
            String text = new String(label, 1, label.length - 1, StandardCharsets.UTF_8);
            if (text.startsWith("_usp-")) {
                break;
            }
            instance.append(i == 0 ? "" : ".").append(text);
        }
        return instance.toString();
    }

    private static String shown(Name name) {
        return name.toString(true);
    }
}
