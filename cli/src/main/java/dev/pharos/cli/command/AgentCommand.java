// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.rest.DataFolder;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ManagingController;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.ProductionRules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pharos agent`: one agent on this host, until Ctrl-C.
@Command(
        name = "agent",
        description = "Runs one USP agent on this host, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos agent --endpoint-id proto::this-host --controller ws://127.0.0.1:8183/usp",
            "  pharos agent --endpoint-id os::0200F0-1 --controller mqtt://127.0.0.1:1883 --device simulated",
            "  pharos agent --endpoint-id os::0200F0-1 --controller stomp://127.0.0.1:61613 --device simulated",
            "  pharos agent --endpoint-id os::0200F0-1 --controller unix:/run/pharos/usp",
            "  pharos agent --endpoint-id proto::this-host --controller discover",
            "  pharos agent --config agent.properties     (lines such as: endpoint-id = proto::this-host)"
        })
public final class AgentCommand implements Callable<Integer> {
    private static final String DISCOVER = "discover";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--endpoint-id", required = true, paramLabel = "ID", description = "The agent's Endpoint ID.")
    private String endpointId = "";

    @Option(
            names = "--controller",
            required = true,
            paramLabel = "URL",
            description = "ws://host:port/usp, wss://…, mqtt://host:port[/topic], mqtts://…,"
                    + " stomp://host:port[/destination], stomps://…, unix:PATH, or discover to look for one: see"
                    + " pharos discover")
    private String controller = "";

    @Option(
            names = "--controller-id",
            defaultValue = "self::pharos",
            paramLabel = "ID",
            description = "The controller's Endpoint ID (default: ${DEFAULT-VALUE}).")
    private String controllerId = "";

    @Mixin
    private DiscoveryOptions looking = new DiscoveryOptions();

    @Option(names = "--device", defaultValue = "linux", description = "What stands behind it: linux or simulated.")
    private String device = "";

    @Option(names = "--username", description = "Login at the broker or server.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password, one line.")
    private @Nullable Path passwordFile;

    @Option(names = "--cert", paramLabel = "PEM", description = "The agent's certificate chain.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "PEM", description = "Its private key.")
    private @Nullable Path key;

    @Option(names = "--ca", paramLabel = "PEM", description = "Whom to trust; the system's trust where left out.")
    private @Nullable Path trusted;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "What the controller may do until it is assigned another role over USP: full, full-secured (passwords"
                            + " and keys in clear), read-only or untrusted. Default: full where the controller is on this"
                            + " host or the connection is encrypted, else untrusted.")
    private @Nullable String role;

    @Option(
            names = "--also",
            paramLabel = "ID,URL[,ROLE]",
            description =
                    "A further controller, at a server or broker of its own; repeat for more. Its role is untrusted"
                            + " where none is said.")
    private List<String> also = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keeps settings, subscriptions and notifications (default: agents/ID in the data folder, the ID"
                            + " percent-encoded).")
    private @Nullable Path data;

    @Option(
            names = "--broker",
            paramLabel = "DIR",
            description = "Be a USP Broker: USP Services on this host find its sockets in this folder (device linux).")
    private @Nullable Path broker;

    @Option(
            names = "--strict",
            description = "Refuse an Endpoint ID that is not for production: of an authority scheme that TR-369 does"
                    + " not list, of proto or doc, or of the Broadband Forum's own organisation.")
    private boolean strict;

    @Option(names = "--config", paramLabel = "FILE", description = "Reads these options from a file, one a line.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (config != null && !Files.isReadable(config)) {
            throw wrong("--config: cannot read " + config);
        }
        EndpointId own = endpoint("--endpoint-id", endpointId);
        EndpointId peer = endpoint("--controller-id", controllerId);
        Path folder =
                data != null ? data : DataFolder.of(null).resolve("agents").resolve(folderName(own));
        AgentDevice behind = AgentDevice.of(device)
                .orElseThrow(
                        () -> wrong("--device must be linux or simulated (prplos comes with version 0.6): " + device));
        if (broker != null && behind != AgentDevice.LINUX) {
            throw wrong("--broker needs --device linux");
        }
        if (controller.equals(DISCOVER)) {
            return discovered(own, peer, folder, behind);
        }
        if (looking.isUsed()) {
            throw wrong("--fqdn, --source, --dns, --lease and --interface need --controller discover");
        }
        ControllerAddress address = address("--controller", controller);
        warnOf(own, address.isLoopback());
        ControllerRole usual =
                address.isLoopback() || address.isEncrypted() ? ControllerRole.FULL : ControllerRole.UNTRUSTED;
        ManagingController named = new ManagingController(peer, address, role(usual));
        try (SharedTimer timer = new SharedTimer()) {
            return runUntilStopped(agent(behind, own, withFurther(List.of(named)), folder, timer), own, address);
        }
    }

    private AgentDevice.Running agent(
            AgentDevice behind, EndpointId own, List<ManagingController> controllers, Path folder, SharedTimer timer) {
        return behind.make(new AgentDevice.Plan(
                own,
                controllers,
                folder,
                Optional.ofNullable(broker),
                transport -> new ReportingMtp(transport, err()),
                AgentRuntime.with(timer)));
    }

    /// Looks for the controller. Anybody can answer, so whoever is found is untrusted, unless it is the one that
    /// is named and an authority that is named vouches for it; and nobody else gets to see a password.
    private int discovered(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        boolean named = spec.commandLine().getParseResult().hasMatchedOption("--controller-id");
        boolean vouched = named && trusted != null;
        if (passwordFile != null && !vouched) {
            throw wrong("--password-file with --controller discover needs --controller-id and --ca:"
                    + " else the password goes to whoever answers");
        }
        warnOf(own, false);
        Access access = access();
        List<ManagingController> further = withFurther(List.of());
        Set<EndpointId> others = new HashSet<>(List.of(own));
        further.forEach(one -> others.add(one.id()));
        if (others.contains(peer)) {
            throw wrong("--controller-id: another endpoint of this agent has the ID " + peer);
        }
        ControllerRole unproven = role(ControllerRole.UNTRUSTED);
        ControllerRole proven = role(vouched ? ControllerRole.FULL : ControllerRole.UNTRUSTED);
        Discovery discovery = discovery(new DiscoveryOptions.Acceptable(
                named ? Optional.of(peer) : Optional.empty(),
                others,
                passwordFile == null ? ControllerAddress.SCHEMES : ControllerAddress.ENCRYPTED_SCHEMES));
        try (SharedTimer timer = new SharedTimer()) {
            DiscoveredAgent.Maker maker = found -> {
                ControllerAddress address = new ControllerAddress(found.uri(), access);
                List<ManagingController> controllers = new ArrayList<>();
                controllers.add(new ManagingController(
                        found.endpointId().orElse(peer), address, address.isEncrypted() ? proven : unproven));
                controllers.addAll(further);
                return agent(behind, own, controllers, folder, timer);
            };
            return new DiscoveredAgent(discovery, maker, spec.commandLine().getOut(), err()).run();
        }
    }

    private Discovery discovery(DiscoveryOptions.Acceptable acceptable) {
        try {
            return looking.discovery(acceptable);
        } catch (CommandLine.TypeConversionException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }

    private List<ManagingController> withFurther(List<ManagingController> first) throws IOException {
        List<ManagingController> controllers = new ArrayList<>(first);
        for (String further : also) {
            controllers.add(further(further, controllers));
        }
        return controllers;
    }

    private int runUntilStopped(AgentDevice.Running agent, EndpointId own, ControllerAddress address)
            throws InterruptedException {
        Stop stop = Stop.onSignal(agent.stop());
        try {
            agent.start().run();
        } catch (IOException failed) {
            err().println("pharos: the agent cannot start: " + failed.getMessage());
            return ExitStatus.DENIED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("agent " + own + " with controller " + controllerId + " at " + address.uri());
        out.flush();
        stop.await();
        return 0;
    }

    /// Another name for each Endpoint ID, whatever it holds: percent-encoded.
    static String folderName(EndpointId agent) {
        return RestClient.segment(agent.toString());
    }

    private EndpointId endpoint(String option, String text) {
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw wrong(option + ": " + malformed.detail());
        }
    }

    /// On this host a prototype's ID is welcome and needs no word.
    private void warnOf(EndpointId own, boolean onThisHost) {
        Optional<String> objection = ProductionRules.objection(own);
        if (strict && objection.isPresent()) {
            throw wrong(objection.get());
        }
        objection
                .filter(_ -> own.authorityScheme().isEmpty() || !onThisHost)
                .ifPresent(warning -> err().println("pharos: " + warning));
    }

    /// Reads `ID,URL[,ROLE]`.
    private ManagingController further(String text, List<ManagingController> known) throws IOException {
        String[] parts = text.split(",", 3);
        if (parts.length < 2) {
            throw wrong("--also must be ID,URL or ID,URL,ROLE: " + text);
        }
        EndpointId id = endpoint("--also", parts[0].strip());
        if (id.equals(EndpointId.of(endpointId))
                || known.stream().anyMatch(one -> one.id().equals(id))) {
            throw wrong("--also: another endpoint of this agent has the ID " + id);
        }
        return new ManagingController(
                id,
                address("--also", parts[1].strip()),
                parts.length < 3 ? ControllerRole.UNTRUSTED : role("--also", parts[2].strip()));
    }

    private ControllerAddress address(String option, String url) throws IOException {
        try {
            return ControllerAddress.parse(url, access());
        } catch (IllegalArgumentException wrong) {
            throw wrong(option + ": " + wrong.getMessage());
        }
    }

    private Access access() throws IOException {
        Optional<String> password = Optional.empty();
        if (passwordFile != null) {
            if (!Files.isReadable(passwordFile)) {
                throw wrong("--password-file: cannot read " + passwordFile);
            }
            password = Optional.of(Files.readString(passwordFile).strip());
        }
        return new Access(
                Optional.ofNullable(username),
                password,
                Optional.ofNullable(certificate),
                Optional.ofNullable(key),
                Optional.ofNullable(trusted));
    }

    private ControllerRole role(ControllerRole usual) {
        return role == null ? usual : role("--role", role);
    }

    private ControllerRole role(String option, String name) {
        return switch (name) {
            case "full" -> ControllerRole.FULL;
            case "full-secured" -> ControllerRole.FULL_SECURED;
            case "read-only" -> ControllerRole.READ_ONLY;
            case "untrusted" -> ControllerRole.UNTRUSTED;
            default -> throw wrong(option + ": the role must be full, full-secured, read-only or untrusted: " + name);
        };
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
