// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.device.linux.LinuxDevice;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.choice.DiscoveredController;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.mtp.discovery.choice.DiscoveryOutcome;
import dev.pharos.mtp.discovery.choice.SourceReport;
import dev.pharos.mtp.discovery.dhcp.DeviceDescription;
import dev.pharos.mtp.discovery.dhcp.DhcpReply;
import dev.pharos.mtp.discovery.dhcp.DhcpRequest;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.mtp.discovery.dns.ServiceInstance;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos discover`: which controller this host would find, by which way, and why not by the others.
@Command(
        name = "discover",
        description = "Shows which controller this host finds by DHCP, DNS and mDNS, and why something is not found.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos discover                                     every source, and what an agent would choose",
            "  pharos discover --fqdn controller.example.com       by the records of one name",
            "  pharos discover --source mdns --interface eth0      the local network only",
            "  pharos discover --agents                            agents that announce themselves here",
            "  pharos discover --request dhclient                  what the DHCP client must be told",
            "  pharos discover --reply dnsmasq                     what a gateway's DHCP server must be told",
            "  pharos discover --offer dnsmasq --url wss://controller.example.com:8184/usp --controller-id self::pharos",
            "                                                      what a network's DHCP server must be told",
            "  pharos agent --endpoint-id proto::me --controller discover",
            "",
            "Exit status: 0 something was found, 2 wrong usage, 3 nothing was found."
        })
public final class DiscoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DiscoveryOptions options = new DiscoveryOptions();

    @Option(names = "--agents", description = "Look for agents that announce themselves by mDNS instead.")
    private boolean agents;

    @Option(
            names = "--request",
            paramLabel = "CLIENT",
            description = "Print what a DHCP client must send and keep: dhclient or udhcpc.")
    private @Nullable String request;

    @Option(
            names = "--reply",
            paramLabel = "SERVER",
            description = "Print how a gateway's DHCP server tells devices which gateway this is: dnsmasq.")
    private @Nullable String reply;

    @Mixin
    private OfferOptions offer = new OfferOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> offered = offer.text();
        if (offered.isPresent()) {
            out.print(offered.get());
            out.flush();
            return 0;
        }
        if (request != null) {
            out.print(setup(request));
            out.flush();
            return 0;
        }
        if (reply != null) {
            if (!reply.equals("dnsmasq")) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--reply must be dnsmasq: " + reply);
            }
            out.print(new DhcpReply(thisHost()).dnsmasq());
            out.flush();
            return 0;
        }
        Discovery discovery = options.discovery(DiscoveryOptions.Acceptable.ANY);
        boolean found = agents ? agents(discovery, out) : controllers(discovery.all(), out);
        out.flush();
        return found ? 0 : ExitStatus.UNREACHABLE;
    }

    private String setup(String client) {
        DhcpRequest.Client known = DhcpRequest.Client.of(client)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "--request must be dhclient or udhcpc: " + client));
        return new DhcpRequest(thisHost()).setup(known);
    }

    private static DeviceDescription thisHost() {
        LinuxDevice host = LinuxDevice.open();
        return new DeviceDescription(host.oui(), host.serialNumber(), host.productClass());
    }

    private boolean controllers(DiscoveryOutcome outcome, PrintWriter out) {
        Optional<DiscoveredController> chosen = outcome.chosen();
        if (json) {
            out.println(Json.text(json(outcome)));
            return chosen.isPresent();
        }
        for (SourceReport report : outcome.reports()) {
            out.println(report.source().word()
                    + (report.found().isEmpty()
                            ? ": no controller"
                            : ": " + report.found().size() + " found"));
            report.found().forEach(controller -> out.println("  " + Terminal.green(line(controller))));
            report.notes().forEach(note -> out.println(Terminal.dim("  - " + Terminal.safe(note))));
        }
        out.println(chosen.map(controller -> "an agent would choose " + line(controller))
                .orElse("an agent would find no controller"));
        return chosen.isPresent();
    }

    private static String line(DiscoveredController controller) {
        return Terminal.safe(controller.uri()
                + controller.endpointId().map(id -> "  " + id).orElse("  (no Endpoint ID)")
                + "  by " + controller.origin());
    }

    private static ObjectNode json(DiscoveryOutcome outcome) {
        ArrayNode sources = Json.array(List.of());
        for (SourceReport report : outcome.reports()) {
            ArrayNode found = Json.array(List.of());
            report.found().forEach(controller -> found.add(json(controller)));
            sources.add(Json.object()
                    .put("source", report.source().word())
                    .set("found", found)
                    .set("notes", Json.array(report.notes())));
        }
        ObjectNode document = Json.object();
        outcome.chosen()
                .ifPresentOrElse(chosen -> document.set("chosen", json(chosen)), () -> document.putNull("chosen"));
        document.set("sources", sources);
        return document;
    }

    private static ObjectNode json(DiscoveredController controller) {
        ObjectNode node = Json.object()
                .put("source", controller.source().word())
                .put("uri", controller.uri().toString());
        controller.endpointId().ifPresent(id -> node.put("endpointId", id.toString()));
        node.set(
                "addresses",
                Json.array(controller.addresses().stream()
                        .map(InetAddress::getHostAddress)
                        .toList()));
        controller.terms().provisioningCode().ifPresent(code -> node.put("provisioningCode", code));
        controller.terms().retryMinimumWait().ifPresent(wait -> node.put("retryMinimumWait", wait.toSeconds()));
        controller.terms().retryMultiplier().ifPresent(factor -> node.put("retryMultiplier", factor));
        return node.put("origin", controller.origin());
    }

    private boolean agents(Discovery discovery, PrintWriter out) throws InterruptedException {
        ServiceFinder.Services services =
                new ServiceFinder(discovery.lookup()).browse(UspService.of(UspService.Role.AGENT), "local");
        ArrayNode list = Json.array(List.of());
        for (ServiceInstance agent : services.found()) {
            String address = address(agent);
            String name = agent.text().name().orElse("");
            ObjectNode node = Json.object()
                    .put("endpointId", agent.endpointId().toString())
                    .put("uri", address)
                    .put("name", name);
            node.set(
                    "addresses",
                    Json.array(agent.location().addresses().stream()
                            .map(InetAddress::getHostAddress)
                            .toList()));
            list.add(node);
            if (!json) {
                out.println(Terminal.safe(agent.endpointId() + "  " + address + "  " + name));
            }
        }
        if (json) {
            out.println(Json.text(Json.object().set("agents", list)));
        } else {
            services.problems().forEach(problem -> out.println(Terminal.dim("- " + Terminal.safe(problem))));
        }
        return !services.found().isEmpty();
    }

    private static String address(ServiceInstance agent) {
        UspService service = agent.service();
        return service.scheme(agent.text().encrypted()) + "://"
                + agent.location().host() + ":" + agent.location().port()
                + agent.text().path().map(service::addressPath).orElse("");
    }
}
