// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.broker.BrokerConfig;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.cli.contact.Contacts;
import dev.pharos.cli.settings.UspSync;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.cli.ubus.UspEvents;
import dev.pharos.cli.ubus.UspOnUbus;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.firmware.files.ShownFiles;
import dev.pharos.device.linux.LinuxDevice;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.ImageSource;
import dev.pharos.device.prplos.PrplosDevice;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.Way;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerDialler;
import dev.pharos.fleet.ManagingController;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What can stand behind an agent.
enum AgentDevice {
    LINUX {
        @Override
        Running make(Plan plan) {
            ShownFiles shown = plan.extras().host().shown();
            return hosted(
                    plan,
                    elements -> with(elements, files(plan, shown)),
                    new Standing(new Contacts(), Optional.empty(), _ -> {}, () -> {}));
        }
    },
    PRPLOS {
        @Override
        Running make(Plan plan) {
            Gateway gateway = plan.extras().gateway();
            ControllerWay way = ControllerWay.to(plan.controllers());
            PrplosDevice device =
                    PrplosDevice.open(gateway.uci(), gateway.ubus(), gateway.mapping(), Way.Guarding.of(way::isOpen));
            ShownFiles shown =
                    gatewayFiles(device, plan).and(plan.extras().host().shown());
            Contacts contacts = new Contacts();
            Running running = hosted(
                    plan,
                    // the files come last: a configuration that is put back is shown by those before
                    elements ->
                            with(with(device.beside(elements), device.elements()), device.beside(files(plan, shown))),
                    new Standing(
                            contacts,
                            device.installer(),
                            agent -> {
                                device.offer(UspOnUbus.of(agent, contacts, gateway.settings()));
                                UspEvents.tell(agent, contacts, device::tell);
                            },
                            device::close));
            // what management has changed in the last moment is written while the data model is there
            return new Running(running.start(), () -> {
                gateway.settings().ifPresent(UspSync::close);
                running.stop().run();
            });
        }
    },
    SIMULATED {
        @Override
        Running make(Plan plan) {
            String serial = plan.own().instanceId().replaceAll("^[0-9A-F]{6}-", "");
            RunningGateway gateway = SimulatedAgent.of(serial, plan.own().hashCode())
                    .withId(plan.own())
                    .withPace(PACE)
                    .withClients(CLIENTS)
                    .withData(plan.data())
                    .within(plan.extras().surroundings())
                    .dialling(plan.controllers(), plan.extras().others(), plan.wrap(), plan.runtime());
            return new Running(gateway::start, gateway::close);
        }
    };

    /// Where a hook of the DHCP server writes down which devices at home have said who they are.
    static final Path HOME = Path.of("/var/run/pharos/home");

    private static final Duration PACE = Duration.ofSeconds(20);
    private static final int CLIENTS = 8;

    /// Between two looks which gateway a host is behind: it changes with the lease, and nobody waits for it.
    private static final Duration GATEWAY_LOOK = Duration.ofMinutes(1);

    private static List<ServiceElement> with(List<ServiceElement> first, List<ServiceElement> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static List<ServiceElement> files(Plan plan, ShownFiles shown) {
        return List.copyOf(shown.elements(plan.extras().surroundings().collectors()::context));
    }

    private static ShownFiles gatewayFiles(PrplosDevice device, Plan plan) {
        try {
            return device.files(plan.data().resolve("files"));
        } catch (IOException failed) {
            throw new WrongUsageException("--data: " + failed.getMessage());
        }
    }

    static Optional<AgentDevice> of(String name) {
        return switch (name) {
            case "linux" -> Optional.of(LINUX);
            case "prplos" -> Optional.of(PRPLOS);
            case "simulated" -> Optional.of(SIMULATED);
            default -> Optional.empty();
        };
    }

    /// An agent with this device behind it, not yet started.
    abstract Running make(Plan plan);

    /// What else there is of an agent on this host.
    ///
    /// @param contacts sees how its controllers are reached
    /// @param installer what puts firmware onto this host where the operator has named nothing that does
    /// @param started told of the agent once it runs
    /// @param stop ends what else stands behind it
    private record Standing(
            Contacts contacts, Optional<FirmwareInstaller> installer, Consumer<UspAgent> started, Runnable stop) {}

    /// An agent on this host.
    ///
    /// @param behind what stands behind it, of what this host has
    private static Running hosted(Plan plan, UnaryOperator<List<ServiceElement>> behind, Standing standing) {
        LinuxDevice host = host(plan, standing.installer());
        AgentConfig config = new AgentConfig(
                plan.own(),
                new DeviceIdentity(host.oui(), host.productClass(), host.serialNumber()),
                host.softwareVersion(),
                plan.controllers().stream()
                        .map(controller -> controller.config(plan.own()))
                        .toList(),
                Optional.of(plan.data()),
                new RebootAction.Refused());
        List<ServiceElement> elements = new ArrayList<>(host.elements());
        elements.add(new GatewayInfoElement(GatewayWatch.ofThisHost(), GATEWAY_LOOK));
        UspAgent agent = new UspAgent(
                        config,
                        behind.apply(List.copyOf(elements)),
                        standing.contacts()
                                .watching(ManagingController.beside(plan.controllers(), plan.own(), plan.wrap())),
                        plan.runtime(),
                        plan.extras().broker().map(sockets -> broker(sockets, plan.own())))
                .within(plan.extras().surroundings())
                .dialling(standing.contacts()
                        .watching(new ControllerDialler(
                                plan.controllers(), plan.extras().others(), plan.wrap())));
        Optional<Path> label = plan.extras().label();
        return new Running(
                () -> {
                    if (label.isPresent()) {
                        agent.labelled(FactoryChallenge.read(label.get(), plan.own(), config.identity()));
                    }
                    agent.start();
                    standing.started().accept(agent);
                },
                () -> {
                    agent.close();
                    standing.stop().run();
                });
    }

    /// This host, with firmware images where it has an installer.
    private static LinuxDevice host(Plan plan, Optional<FirmwareInstaller> own) {
        LinuxDevice host =
                LinuxDevice.open().trusting(plan.extras().surroundings().collectors()::context);
        Optional<FirmwareInstaller> installer = plan.extras().host().installer().or(() -> own);
        if (installer.isEmpty()) {
            return host;
        }
        try {
            return host.with(
                    installer.get(),
                    ImageSource.of(
                            plan.data().resolve("firmware"),
                            plan.extras().surroundings().collectors()::context));
        } catch (IOException failed) {
            throw new WrongUsageException(
                    "--data: what is known of firmware images cannot be kept: " + failed.getMessage());
        }
    }

    /// Who the agent is and whom it talks to.
    ///
    /// @param wrap what to put around each transport
    record Plan(
            EndpointId own,
            List<ManagingController> controllers,
            Path data,
            Extras extras,
            UnaryOperator<Mtp> wrap,
            AgentRuntime runtime) {}

    /// What not every agent has.
    ///
    /// @param broker the folder of a broker's sockets; no broker where empty
    /// @param label the file with what the device's label says
    /// @param gateway where the parts of a gateway are, for the device that is one
    /// @param others how controllers are met that management adds
    /// @param host what only a host has
    record Extras(
            Optional<Path> broker,
            AgentSurroundings surroundings,
            Optional<Path> label,
            Gateway gateway,
            Access others,
            HostParts host) {}

    /// What the operator gives the agent of this host.
    ///
    /// @param installer what puts firmware images where the host boots from
    /// @param shown files that management may have
    record HostParts(Optional<FirmwareInstaller> installer, ShownFiles shown) {
        static final HostParts NONE = new HostParts(Optional.empty(), ShownFiles.NONE);
    }

    /// Where a gateway with OpenWrt or prplOS has its configuration and its bus, and how parameters stand
    /// there.
    ///
    /// @param settings what follows the file of the agent's own settings, where that was read
    record Gateway(UciFolders uci, UbusConfig ubus, Mapping mapping, Optional<UspSync> settings) {
        Gateway(UciFolders uci, UbusConfig ubus, Mapping mapping) {
            this(uci, ubus, mapping, Optional.empty());
        }

        Gateway following(UspSync sync) {
            return new Gateway(uci, ubus, mapping, Optional.of(sync));
        }
    }

    /// The two sockets of a USP Broker, by the names that TR-369 proposes.
    private static BrokerConfig broker(Path folder, EndpointId own) {
        Path sockets = folder.toAbsolutePath();
        return BrokerConfig.listening(
                        new UdsServerMtp(UdsServerConfig.at(sockets.resolve("broker_controller_path"), own)))
                .withAgentSide(new UdsServerMtp(UdsServerConfig.at(sockets.resolve("broker_agent_path"), own)));
    }

    /// An agent that can be started and stopped.
    record Running(Start start, Runnable stop) {
        /// Starting may fail.
        @FunctionalInterface
        interface Start {
            void run() throws IOException;
        }
    }
}
