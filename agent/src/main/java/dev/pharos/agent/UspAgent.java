// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.agent.broker.BrokerConfig;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.connection.ConnectionKeeper;
import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.localagent.BootState;
import dev.pharos.agent.peer.ControllerPeer;
import dev.pharos.agent.peer.Reception;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.subscription.ToldEvent;
import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.mtp.Mtp;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.Notification.OperationComplete;
import dev.pharos.usp.message.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A USP Agent: puts service elements behind the messages of TR-369 and tells controllers what happens.
///
/// An idle agent has no thread and, beside what the transports keep, only an entry in the runtime's timer
/// where something is planned. [#start] and [#close] are called once each.
public final class UspAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UspAgent.class);

    private final AgentConfig config;
    private final List<ServiceElement> devices;
    private final List<AgentMtpBinding> bindings;
    private final AgentRuntime runtime;
    private final BootState bootState;
    private final Optional<BrokerConfig> broker;
    private List<Mtp> dialled = List.of();
    private volatile AgentSurroundings surroundings = AgentSurroundings.NONE;
    private volatile Optional<Dialler> ownDialler = Optional.empty();
    private volatile Optional<ConnectionKeeper> connections = Optional.empty();
    private volatile Optional<FactoryChallenge> factory = Optional.empty();
    private volatile @Nullable AgentCore core;
    private volatile @Nullable ControllerPeers peers;

    /// @param devices what backs the data model beside `Device.LocalAgent.`; closed with the agent
    /// @param bindings how controllers are reached; their transports are started and closed by the agent
    /// @throws IllegalArgumentException where a binding names a controller that the configuration does not
    public UspAgent(
            AgentConfig config, List<ServiceElement> devices, List<AgentMtpBinding> bindings, AgentRuntime runtime) {
        this(config, devices, bindings, runtime, Optional.empty());
    }

    /// An agent that is a USP Broker too, for Services on the same host.
    public UspAgent(
            AgentConfig config,
            List<ServiceElement> devices,
            List<AgentMtpBinding> bindings,
            AgentRuntime runtime,
            Optional<BrokerConfig> broker) {
        this.config = config;
        this.broker = broker;
        this.devices = List.copyOf(devices);
        this.bindings = List.copyOf(bindings);
        this.runtime = runtime;
        this.bootState = new BootState(config);
        for (AgentMtpBinding binding : bindings) {
            if (config.controllers().stream()
                    .noneMatch(controller -> controller.endpointId().equals(binding.controller()))) {
                throw new IllegalArgumentException("not a controller of this agent: " + binding.controller());
            }
        }
    }

    /// Secures what travels end to end, from the start on.
    ///
    /// @throws IllegalStateException after [#start]
    public synchronized UspAgent secured(EndToEnd endToEnd) {
        return within(surroundings.secured(endToEnd));
    }

    /// What it has around it, from the start on.
    ///
    /// @throws IllegalStateException after [#start]
    public synchronized UspAgent within(AgentSurroundings around) {
        if (core != null) {
            throw new IllegalStateException("started already");
        }
        surroundings = around;
        return this;
    }

    /// Has the agent make the connections to its controllers itself, as the ways that its configuration
    /// names and what management writes in their rows say. Before [#start].
    public synchronized UspAgent dialling(Dialler dialler) {
        if (core != null) {
            throw new IllegalStateException("started already");
        }
        ownDialler = Optional.of(dialler);
        return this;
    }

    /// Gives the device the challenge that its label answers, from its first start on.
    ///
    /// @throws IllegalStateException after [#start]
    public synchronized UspAgent labelled(FactoryChallenge challenge) {
        if (core != null) {
            throw new IllegalStateException("started already");
        }
        factory = Optional.of(challenge);
        return this;
    }

    /// Brings the data model up, then the transports.
    ///
    /// @throws IOException where a transport cannot start or what was kept cannot be read; then nothing runs
    public synchronized void start() throws IOException {
        if (core != null) {
            throw new IllegalStateException("started already");
        }
        EndToEnd security = surroundings.security();
        List<ServiceElement> elements = new ArrayList<>(devices);
        elements.addAll(surroundings.elements().get());
        AgentCore started = AgentCore.start(
                config,
                broker,
                elements,
                bootState,
                new AgentCore.Running(
                        runtime,
                        security,
                        ownDialler,
                        factory,
                        surroundings.introductions(),
                        surroundings.collectors()),
                this::restartInPlace);
        core = started;
        try {
            ControllerPeers known = new ControllerPeers(config.endpointId(), started, runtime, security);
            peers = known;
            known.begin();
            started.begin();
            for (AgentMtpBinding binding : bindings) {
                Optional<ControllerPeer> peer = known.of(binding.controller());
                if (peer.isPresent()) {
                    binding.mtp().start(peer.get());
                }
            }
            Optional<Dialler> makes = ownDialler;
            if (makes.isPresent() && started.tables().isPresent()) {
                ConnectionKeeper keeper = new ConnectionKeeper(
                        new ConnectionKeeper.Parts(
                                config.endpointId(),
                                makes.get(),
                                started.tables().get(),
                                started.model(),
                                runtime.timer(),
                                started.notifications()::isTelling),
                        known::of);
                connections = Optional.of(keeper);
                started.publishing(keeper);
                keeper.start();
            }
            started.serve();
            dialled = surroundings.listeners().get();
            for (Mtp listener : listeners()) {
                listener.start(new Reception(known::of, started::meets));
            }
            started.listening(dialled.stream().map(Mtp::description).toList());
            surroundings.started().accept(started.model());
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /// Where controllers dial us.
    private List<Mtp> listeners() {
        List<Mtp> all = new ArrayList<>(dialled);
        broker.ifPresent(sockets -> all.addAll(sockets.agentSide()));
        return all;
    }

    /// The data model, for the program that runs this agent and for tests.
    ///
    /// @throws IllegalStateException before [#start]
    public InstantiatedDataModel model() {
        return running().model();
    }

    /// Carries a request out for whoever administers the device itself, with every right but to read what is
    /// secured. What belongs to a controller, such as subscriptions, cannot be made so. How an asynchronous
    /// command ends, [#onEnded] tells.
    ///
    /// @return the Response, or an Error
    /// @throws IllegalStateException before [#start]
    public Body administer(Request<?> request) {
        return running()
                .administer(request)
                .orElseThrow(() -> new IllegalStateException(
                        "no answer to a " + request.getClass().getSimpleName()));
    }

    /// Who is told how asynchronous commands ended that whoever administers the device has begun, on a
    /// thread of the command; controllers that have subscribed to it are told as well.
    ///
    /// @throws IllegalStateException before [#start]
    public void onEnded(Consumer<OperationComplete> told) {
        running().onEnded(told);
    }

    /// Raises an event of the data model that a program on the device knows of, as if the device itself had
    /// noticed it.
    ///
    /// @param event with instance numbers and `!`
    /// @throws dev.pharos.usp.UspException 7008, 7016 or 7026 where there is no such event, 7027 where an
    ///     argument is none of it
    /// @throws IllegalStateException before [#start]
    public void raise(String event, Map<String, String> arguments) {
        InstantiatedDataModel model = running().model();
        model.raise(ToldEvent.of(model.snapshot(), event, arguments));
    }

    private AgentCore running() {
        AgentCore running = core;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /// What a simulated device does on Reboot(): leaves its controllers and comes back with a Boot!.
    private void restartInPlace() {
        AgentCore running = core;
        if (running == null) {
            return;
        }
        peers().forEach(peer -> peer.disconnect("the device restarts"));
        peers().forEach(ControllerPeer::reconnect);
        try {
            running.restarted(bootState.begin());
        } catch (IOException failed) {
            LOG.error("the restart of {} could not be noted", config.endpointId(), failed);
        }
    }

    private List<ControllerPeer> peers() {
        ControllerPeers known = peers;
        return known == null ? List.of() : known.all();
    }

    /// Takes leave of all controllers and stops. What has to be kept is on disk already.
    @Override
    public synchronized void close() {
        peers().forEach(peer -> peer.disconnect("the agent stops"));
        peers().forEach(ControllerPeer::close);
        bindings.forEach(binding -> binding.mtp().close());
        connections.ifPresent(ConnectionKeeper::close);
        listeners().forEach(Mtp::close);
        AgentCore running = core;
        if (running != null) {
            running.close();
        }
    }
}
