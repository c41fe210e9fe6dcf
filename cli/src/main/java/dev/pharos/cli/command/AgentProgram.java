// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.enrol.Enrolment;
import dev.pharos.cli.rest.DataFolder;
import dev.pharos.cli.settings.UspSync;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.InstallerProgram;
import dev.pharos.device.linux.program.SystemLog;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ManagingController;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.ObservedMtp;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.announce.Announcements;
import dev.pharos.mtp.discovery.choice.Discovery;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.ProductionRules;
import dev.pharos.usp.integrity.Secrecy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One agent on this host, as [AgentOptions] say, until Ctrl-C.
public final class AgentProgram {
    static final String DISCOVER = "discover";
    private static final String THIS_HOST = "proto::this-host";

    private final AgentOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AgentAccess access;
    private final SystemLog log;
    private AgentSurroundings surroundings = AgentSurroundings.NONE;
    private AgentDevice.Gateway gateway =
            new AgentDevice.Gateway(UciFolders.OF_THIS_HOST, UbusConfig.OF_THIS_HOST, Mapping.NONE);
    private AgentDevice.HostParts host = AgentDevice.HostParts.NONE;
    /// What to say, where something is missing, of where it could have been said.
    private String elsewhere = "";

    /// Where the gateway's own file says who manages it.
    private Optional<FollowedSettings> followed = Optional.empty();

    private UnaryOperator<Mtp> announced = UnaryOperator.identity();
    /// How controllers are met that management adds.
    private Access others = Access.NONE;

    public AgentProgram(AgentOptions options, PrintWriter out, PrintWriter err) {
        this(options, out, err, SystemLog.ofThisHost("usp"));
    }

    AgentProgram(AgentOptions options, PrintWriter out, PrintWriter err, SystemLog log) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.log = log;
        this.access = new AgentAccess(options, err);
    }

    /// Runs until the process is asked to end.
    ///
    /// @return the exit status
    /// @throws WrongUsageException saying which option is wrong and what is allowed
    public int run() throws IOException, InterruptedException {
        Path config = options.config;
        if (config != null && !Files.isReadable(config)) {
            throw wrong("--config: cannot read " + config);
        }
        AgentDevice behind = AgentDevice.of(options.device)
                .orElseThrow(() -> wrong("--device must be linux, prplos or simulated: " + options.device));
        gateway = GatewayPlace.of(options, behind);
        Path settings = gateway.uci().file("usp");
        if (behind != AgentDevice.PRPLOS || !options.controller.isEmpty() || options.acs.isUsed()) {
            return run(behind);
        }
        if (Files.notExists(settings)) {
            elsewhere = "; with --device prplos " + settings + " could say it too but is not there, see docs/prplos.md";
            return run(behind);
        }
        followed = Optional.of(FollowedSettings.before(options));
        UspFile.fill(options, settings, warning -> err.println("pharos: " + warning));
        try {
            return run(behind);
        } catch (WrongUsageException wrong) {
            throw wrong(wrong.getMessage() + " (" + settings + " counts too)");
        }
    }

    private int run(AgentDevice behind) throws IOException, InterruptedException {
        EndpointId own = own();
        EndpointId peer = endpoint("--controller-id", controllerId());
        Path data = options.data;
        Path folder =
                data != null ? data : DataFolder.of(null).resolve("agents").resolve(folderName(own));
        if (options.broker != null && behind == AgentDevice.SIMULATED) {
            throw wrong("--broker needs --device linux or prplos");
        }
        if (options.label != null && behind == AgentDevice.SIMULATED) {
            throw wrong("--label needs --device linux or prplos");
        }
        host = new AgentDevice.HostParts(installer(behind), options.files.shown(behind));
        surroundings = options.things.behind(surroundings, options.insecure);
        try (Enrolment enrolment = options.enrolling
                .enrolment(access.tls(), folder.resolve("enrolment"), own, line -> err.println("pharos: " + line))
                .orElse(null)) {
            if (enrolment != null) {
                enrolment.begin();
                options.certificate = enrolment.certificate();
                options.key = enrolment.key();
            }
            return runWithAcs(own, peer, folder, behind);
        }
    }

    private int runWithAcs(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        AcsOptions.Place place = new AcsOptions.Place(
                folder,
                () -> HttpsTrust.withCertificate(access.tls()),
                behind == AgentDevice.SIMULATED,
                options.insecure);
        try (AcsOptions.@Nullable Contact acs = options.acs.contact(place, err).orElse(null)) {
            if (acs != null) {
                if (behind != AgentDevice.SIMULATED) {
                    acs.program().showHome(AgentDevice.HOME);
                }
                surroundings = surroundings.backedBy(acs.program()::elements).telling(acs.program()::started);
            }
            return withModules(own, peer, folder, behind);
        }
    }

    /// With software modules where they are wanted.
    private int withModules(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        try (SoftwareModules modules =
                options.modules.open(() -> HttpsTrust.read(access.tls())).orElse(null)) {
            if (modules != null) {
                surroundings = surroundings.backedBy(ModulesOptions.elements(modules, behind == AgentDevice.SIMULATED));
            }
            return secured(own, peer, folder, behind);
        }
    }

    /// Who we are: a device that has an ACS alone needs no name of its own in USP.
    private EndpointId own() {
        if (!options.endpointId.isEmpty()) {
            return endpoint("--endpoint-id", options.endpointId);
        }
        if (!options.acs.isUsed() || !options.controller.isEmpty()) {
            throw wrong("--endpoint-id ID is missing, such as --endpoint-id proto::this-host" + elsewhere);
        }
        return EndpointId.of(THIS_HOST);
    }

    /// With what secures Messages end to end.
    private int secured(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        try (EndToEndIdentity identity = access.identity()) {
            EndToEnd wanted = identity == null ? EndToEnd.NONE : new EndToEnd(identity, true);
            surroundings = surroundings
                    .secured(options.insecure ? wanted.demanding(Secrecy.NOT_DEMANDED) : wanted)
                    .introducing(access.introductions())
                    .trustingCollectors(() -> HttpsTrust.read(access.tls()));
            return runReachable(own, peer, folder, behind);
        }
    }

    /// With a listener where one is wanted, and announced where that is wanted.
    private int runReachable(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        AgentListener listener = options.listen == null
                ? null
                : AgentListener.of(
                        options.listen,
                        own,
                        options.certificate == null || options.key == null || options.trusted == null
                                ? Optional.empty()
                                : Optional.of(access.shown().tls()));
        if (!options.announce) {
            if (listener != null) {
                surroundings = surroundings.listeningAt(() -> List.of(listener.transport()));
            }
            return run(own, peer, folder, behind);
        }
        try (Announcements announcements = Announcements.on(
                listener == null ? MulticastAnnouncer.reachable(AgentListener.ANYWHERE) : listener.reachableAt(),
                UspService.Role.AGENT,
                own,
                problem -> err.println("pharos: " + problem))) {
            announced = announcements::of;
            surroundings = surroundings
                    .listeningAt(() -> listener == null ? List.of() : List.of(announcements.of(listener.transport())))
                    .telling(model -> FriendlyName.follow(model, announcements::friendlyName));
            return run(own, peer, folder, behind);
        }
    }

    private int run(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        others = access.shown();
        if (options.controller.isEmpty()) {
            return withoutController(own, folder, behind);
        }
        if (options.controller.equals(DISCOVER)) {
            return discovered(own, peer, folder, behind);
        }
        if (options.looking.isUsed()) {
            throw wrong("--fqdn, --source, --dns, --lease and --interface need --controller discover");
        }
        ControllerAddress address = access.address("--controller", options.controller);
        warnOf(own, behind, address.isLoopback());
        ControllerRole usual = isProven(address) ? ControllerRole.FULL : ControllerRole.UNTRUSTED;
        ManagingController named = new ManagingController(peer, address, role(usual));
        List<ManagingController> all = withFurther(List.of(named));
        if (followed.isPresent()) {
            FollowedSettings.Managed managed = new FollowedSettings.Managed(own, all, others.password(), folder);
            UspSync sync = followed.get().sync(gateway.uci(), managed, err);
            gateway = gateway.following(sync);
            surroundings = surroundings.telling(sync::started);
        }
        try (SharedTimer timer = new SharedTimer()) {
            return runUntilStopped(
                    agent(behind, own, all, folder, timer),
                    "agent " + own + " with controller " + controllerId() + " at " + address.uri());
        }
    }

    /// A device of TR-069.
    private int withoutController(EndpointId own, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        if (!options.acs.isUsed()) {
            throw wrong("--controller URL is missing, or --acs URL" + elsewhere);
        }
        try (SharedTimer timer = new SharedTimer()) {
            return runUntilStopped(
                    agent(behind, own, withFurther(List.of()), folder, timer),
                    "agent " + own + " with the ACS at " + options.acs.url);
        }
    }

    /// Whether it is known who is there, on this host or because somebody vouches: nobody who may come as a
    /// stranger is given any right.
    private boolean isProven(ControllerAddress address) {
        return address.isEncrypted() ? !options.firstUse : address.isLoopback();
    }

    private AgentDevice.Running agent(
            AgentDevice behind, EndpointId own, List<ManagingController> controllers, Path folder, SharedTimer timer) {
        return behind.make(new AgentDevice.Plan(
                own,
                controllers,
                folder,
                new AgentDevice.Extras(
                        Optional.ofNullable(options.broker),
                        surroundings,
                        Optional.ofNullable(options.label),
                        gateway,
                        others,
                        host),
                transport ->
                        new ObservedMtp(announced.apply(transport), new SpokenContact(transport.description(), err)),
                AgentRuntime.with(timer)));
    }

    private Optional<FirmwareInstaller> installer(AgentDevice behind) {
        Path program = options.firmwareInstaller;
        if (program != null && behind == AgentDevice.SIMULATED) {
            throw wrong("--firmware-installer needs --device linux or prplos");
        }
        if (program != null && !(Files.isRegularFile(program) && Files.isExecutable(program))) {
            throw wrong("--firmware-installer: no program that can be run: " + program);
        }
        return Optional.ofNullable(program).<FirmwareInstaller>map(InstallerProgram::new);
    }

    /// Looks for the controller. Anybody can answer, so whoever is found is untrusted, unless it is the one that
    /// is named and an authority that is named vouches for it; and nobody else gets to see a password.
    private int discovered(EndpointId own, EndpointId peer, Path folder, AgentDevice behind)
            throws IOException, InterruptedException {
        boolean named = options.controllerId != null;
        boolean vouched = named && options.trusted != null;
        boolean login = options.passwordFile != null || options.password != null;
        if (login && !vouched) {
            throw wrong("--password-file with --controller discover needs --controller-id and --ca:"
                    + " else the password goes to whoever answers");
        }
        warnOf(own, behind, false);
        Access shown = access.shown();
        List<ManagingController> further = withFurther(List.of());
        Set<EndpointId> others = new HashSet<>(List.of(own));
        further.forEach(one -> others.add(one.id()));
        if (others.contains(peer)) {
            throw wrong("--controller-id: another endpoint of this agent has the ID " + peer);
        }
        ControllerRole unproven = role(ControllerRole.UNTRUSTED);
        ControllerRole proven = role(vouched && !options.firstUse ? ControllerRole.FULL : ControllerRole.UNTRUSTED);
        Discovery discovery = options.looking.discovery(new DiscoveryOptions.Acceptable(
                named ? Optional.of(peer) : Optional.empty(),
                others,
                login ? ControllerAddress.ENCRYPTED_SCHEMES : ControllerAddress.SCHEMES));
        try (SharedTimer timer = new SharedTimer()) {
            DiscoveredAgent.Maker maker = found -> {
                ControllerAddress address = new ControllerAddress(found.uri(), shown);
                List<ManagingController> controllers = new ArrayList<>();
                controllers.add(new ManagingController(
                        found.endpointId().orElse(peer), address, address.isEncrypted() ? proven : unproven));
                controllers.addAll(further);
                return agent(behind, own, controllers, folder, timer);
            };
            return new DiscoveredAgent(discovery, maker, out, err).run();
        }
    }

    private List<ManagingController> withFurther(List<ManagingController> first) throws IOException {
        List<ManagingController> controllers = new ArrayList<>(first);
        for (String further : options.also) {
            controllers.add(further(further, controllers));
        }
        return controllers;
    }

    /// @param started what to say when it runs
    private int runUntilStopped(AgentDevice.Running agent, String started) throws InterruptedException {
        Stop stop = Stop.onSignal(agent.stop());
        try {
            agent.start().run();
        } catch (IOException | UncheckedIOException failed) {
            err.println("pharos: the agent cannot start: " + failed.getMessage());
            return ExitStatus.DENIED;
        }
        out.println(started);
        out.flush();
        stop.await();
        return 0;
    }

    /// Another name for each Endpoint ID, whatever it holds: percent-encoded.
    static String folderName(EndpointId agent) {
        return URLEncoder.encode(agent.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private EndpointId endpoint(String option, String text) {
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw wrong(option + ": " + malformed.detail());
        }
    }

    /// On this host a prototype's ID is welcome and needs no word. On a gateway the system's log has it too.
    private void warnOf(EndpointId own, AgentDevice behind, boolean onThisHost) throws InterruptedException {
        Optional<String> objection = ProductionRules.objection(own);
        if (objection.isEmpty()) {
            return;
        }
        if (options.strict) {
            throw wrong(objection.get());
        }
        if (own.authorityScheme().isEmpty() || !onThisHost) {
            err.println("pharos: " + objection.get());
            if (behind == AgentDevice.PRPLOS) {
                log.warn(objection.get());
            }
        }
    }

    /// Reads `ID,URL[,ROLE]`.
    private ManagingController further(String text, List<ManagingController> known) throws IOException {
        String[] parts = text.split(",", 3);
        if (parts.length < 2) {
            throw wrong("--also must be ID,URL or ID,URL,ROLE: " + text);
        }
        EndpointId id = endpoint("--also", parts[0].strip());
        if (id.equals(EndpointId.of(options.endpointId))
                || known.stream().anyMatch(one -> one.id().equals(id))) {
            throw wrong("--also: another endpoint of this agent has the ID " + id);
        }
        return new ManagingController(
                id,
                access.address("--also", parts[1].strip()),
                parts.length < 3 ? ControllerRole.UNTRUSTED : role("--also", parts[2].strip()));
    }

    private ControllerRole role(ControllerRole usual) {
        return options.role == null ? usual : role("--role", options.role);
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

    private String controllerId() {
        return options.controllerId == null ? AgentOptions.USUAL_CONTROLLER : options.controllerId;
    }

    private static WrongUsageException wrong(String message) {
        return new WrongUsageException(message);
    }
}
