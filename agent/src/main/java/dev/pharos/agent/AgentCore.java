// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.broker.BrokerConfig;
import dev.pharos.agent.broker.UspBroker;
import dev.pharos.agent.broker.UspServicesElement;
import dev.pharos.agent.bulkdata.BulkDataElement;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.CollectorTrust;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.config.Introductions;
import dev.pharos.agent.connection.ConnectionTables;
import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.connection.Publisher;
import dev.pharos.agent.localagent.AgentElement;
import dev.pharos.agent.localagent.Boot;
import dev.pharos.agent.localagent.BootState;
import dev.pharos.agent.localagent.CertificateElement;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.DeviceElement;
import dev.pharos.agent.localagent.EndedCommand;
import dev.pharos.agent.localagent.MtpElement;
import dev.pharos.agent.localagent.RequestElement;
import dev.pharos.agent.localagent.SelfTest;
import dev.pharos.agent.localagent.SessionElement;
import dev.pharos.agent.localagent.ThresholdElement;
import dev.pharos.agent.localagent.TrustElement;
import dev.pharos.agent.localagent.WatchdogElement;
import dev.pharos.agent.operation.AsyncCommands;
import dev.pharos.agent.operation.RequestDispatcher;
import dev.pharos.agent.operation.RequestJournal;
import dev.pharos.agent.peer.RequestSink;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.subscription.Elsewhere;
import dev.pharos.agent.subscription.NotificationJournal;
import dev.pharos.agent.subscription.NotificationService;
import dev.pharos.agent.subscription.SubscriptionElement;
import dev.pharos.agent.trust.Admission;
import dev.pharos.agent.trust.CertificateStore;
import dev.pharos.agent.trust.ControllerAuthentication;
import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.integrity.Warrant;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification.OperationComplete;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.UspError;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running parts of an agent behind its transports.
final class AgentCore implements RequestSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentCore.class);
    private static final String MODEL_JOURNAL = "datamodel.journal";

    private final InstantiatedDataModel model;
    private final AccessControl access;
    private final ControllerAuthentication authentication;
    private final AgentElement agentElement;
    private final MtpElement mtpElement;
    private final SessionElement sessions;
    private final Optional<ConnectionTables> tables;
    private final BulkDataElement bulkData;
    private final NotificationService notifications;
    private final AsyncCommands asynchronous;
    private final RequestDispatcher dispatcher;
    private final Boot boot;
    private final @Nullable UspBroker broker;
    private final Requester administrator;
    private final List<Consumer<OperationComplete>> administrators = new CopyOnWriteArrayList<>();

    private AgentCore(
            AgentConfig config,
            Elements elements,
            InstantiatedDataModel model,
            NotificationJournal journal,
            AgentRuntime runtime) {
        this.model = model;
        this.administrator = Requester.administrator(config.endpointId());
        this.access = elements.access();
        this.agentElement = elements.shown().agent();
        this.mtpElement = elements.shown().mtp();
        this.sessions = elements.shown().sessions();
        this.tables = elements.shown().tables();
        this.bulkData = elements.bulkData();
        this.authentication = new ControllerAuthentication(
                model,
                elements.certificates(),
                elements.introduction()::vouched,
                elements.introduction()::isTrustedBroker,
                runtime.clock());
        this.boot = elements.boot();
        this.notifications =
                new NotificationService(model, elements.subscriptions(), config.identity(), access, journal, runtime);
        this.asynchronous = new AsyncCommands(
                this::operate,
                elements.requests(),
                new RequestJournal(config.dataDirectory()),
                runtime.clock(),
                this::ended);
        this.dispatcher = new RequestDispatcher(model, asynchronous);
        this.broker = elements.broker()
                .map(parts -> new UspBroker(
                        config.endpointId(),
                        parts.config(),
                        new UspBroker.Parts(model, parts.element(), dispatcher, asynchronous, notifications::watch)))
                .orElse(null);
    }

    /// Where Services may register, and what shows them.
    private record Brokering(BrokerConfig config, UspServicesElement element) {}

    private void ended(EndedCommand command) {
        agentElement.ended(command);
        notifications.completed(command.complete());
        if (command.originator().equals(administrator.endpointId())) {
            administrators.forEach(told -> told.accept(command.complete()));
        }
    }

    /// Who is told how commands ended that whoever administers the device has begun.
    void onEnded(Consumer<OperationComplete> told) {
        administrators.add(told);
    }

    private Map<String, String> operate(String command, Map<String, String> inputs) throws InterruptedException {
        UspBroker services = broker;
        InstantiatedDataModel backing =
                services == null ? model : services.model(command).orElse(model);
        return backing.operate(command, inputs);
    }

    /// What shows how this agent and its connections are.
    ///
    /// @param tables of the connections, where the agent makes them itself
    private record Shown(
            AgentElement agent, MtpElement mtp, SessionElement sessions, Optional<ConnectionTables> tables) {}

    /// The agent's own service elements, and why it starts.
    private record Elements(
            AccessControl access,
            CertificateStore certificates,
            Shown shown,
            SubscriptionElement subscriptions,
            ThresholdElement thresholds,
            BulkDataElement bulkData,
            RequestElement requests,
            Boot boot,
            Introduction introduction,
            Optional<Brokering> broker) {}

    /// Who else than those for whom an authority vouches may become known.
    ///
    /// @param anew whether the configuration says something else on it than at the last start
    private record Introduction(Optional<Introductions> ways, boolean anew) {
        boolean vouched(List<X509Certificate> chain) {
            return ways.map(known -> known.vouched(chain)).orElse(true);
        }

        boolean isTrustedBroker(X509Certificate certificate) {
            return ways.filter(known -> known.isTrustedBroker(certificate)).isPresent();
        }

        /// What the configuration has to say now.
        Optional<Introductions> news() {
            return anew ? ways : Optional.empty();
        }
    }

    /// What it runs with.
    ///
    /// @param dialler empty where the program makes the connections
    /// @param factory what the device's label says, where it has one
    /// @param introductions how controllers become known for whom no authority vouches, where they can
    /// @param collectors who vouches for collectors of bulk data
    record Running(
            AgentRuntime runtime,
            EndToEnd security,
            Optional<Dialler> dialler,
            Optional<FactoryChallenge> factory,
            Optional<Introductions> introductions,
            CollectorTrust collectors) {}

    static AgentCore start(
            AgentConfig config,
            Optional<BrokerConfig> broker,
            List<ServiceElement> devices,
            BootState bootState,
            Running running,
            Runnable restartInPlace)
            throws IOException {
        AgentRuntime runtime = running.runtime();
        AtomicReference<NotificationService> notifier = new AtomicReference<>();
        AccessControl access = new AccessControl();
        MtpElement.Dialling dialling = running.dialler().isEmpty()
                ? MtpElement.Dialling.BY_PROGRAM
                : bootState.addressesAreNew() ? MtpElement.Dialling.ANEW : MtpElement.Dialling.AS_BEFORE;
        ControllerElement controllers =
                new ControllerElement(config, bootState.knownControllers(), access, dialling, row -> {
                    NotificationService service = notifier.get();
                    if (service != null) {
                        service.onboard(row);
                    }
                });
        Optional<ConnectionTables> tables = running.dialler()
                .map(_ -> new ConnectionTables(config, dialling == MtpElement.Dialling.ANEW, runtime.clock()));
        Introduction introduction =
                new Introduction(running.introductions(), bootState.introductionsAreNew(running.introductions()));
        AtomicReference<Elsewhere> elsewhere = new AtomicReference<>();
        Elsewhere services = path -> Optional.ofNullable(elsewhere.get()).flatMap(place -> place.snapshot(path));
        Elements own = new Elements(
                access,
                CertificateStore.open(config.dataDirectory()),
                new Shown(
                        new AgentElement(config, dialling, runtime.steady(), runtime.clock()),
                        new MtpElement(config, dialling),
                        new SessionElement(runtime, running.security()),
                        tables),
                new SubscriptionElement(runtime.clock(), services),
                new ThresholdElement(access, runtime),
                new BulkDataElement(
                        new BulkDataElement.Surroundings(config, access, runtime, services, running.collectors()),
                        dialling != MtpElement.Dialling.BY_PROGRAM),
                new RequestElement(),
                bootState.begin(),
                introduction,
                broker.map(wanted -> new Brokering(wanted, new UspServicesElement())));
        List<ServiceElement> all = new ArrayList<>();
        // Brokers before what refers to them, then the Roles, since controllers have them assigned.
        tables.ifPresent(all::add);
        if (dialling != MtpElement.Dialling.BY_PROGRAM) {
            all.add(own.shown().mtp());
        }
        all.addAll(List.of(
                new TrustElement(access, runtime.steady(), running.factory(), introduction.news()),
                new CertificateElement(own.certificates()),
                controllers,
                own.shown().agent(),
                own.shown().sessions(),
                own.subscriptions(),
                own.thresholds(),
                new WatchdogElement(runtime),
                own.bulkData(),
                own.requests(),
                new DeviceElement(
                        config.rebootAction(),
                        bootState,
                        runtime.timer(),
                        new SelfTest(config.dataDirectory(), runtime.clock()),
                        restartInPlace)));
        if (dialling == MtpElement.Dialling.BY_PROGRAM) {
            all.add(own.shown().mtp());
        }
        own.broker().ifPresent(brokering -> all.add(brokering.element()));
        all.addAll(devices);
        NotificationJournal notificationJournal = NotificationJournal.open(config.dataDirectory());
        InstantiatedDataModel model = startModel(config, all);
        model.onChange(own.thresholds()::changed);
        AgentCore core = new AgentCore(config, own, model, notificationJournal, runtime);
        notifier.set(core.notifications);
        running.introductions().ifPresent(ways -> ways.judgedBy(core.authentication.handshakes()));
        if (core.broker != null) {
            elsewhere.set(core.broker);
            core.notifications.lookElsewhere(core.broker);
        }
        return core;
    }

    private static InstantiatedDataModel startModel(AgentConfig config, List<ServiceElement> elements)
            throws IOException {
        ChangeJournal journal = ChangeJournal.none();
        if (config.dataDirectory().isPresent()) {
            Files.createDirectories(config.dataDirectory().get());
            journal = FileJournal.open(config.dataDirectory().get().resolve(MODEL_JOURNAL));
        }
        try {
            return InstantiatedDataModel.start(elements, journal);
        } catch (IOException | RuntimeException failed) {
            journal.close();
            throw failed;
        }
    }

    /// How reports of bulk data get to MQTT brokers.
    void publishing(Publisher publisher) {
        bulkData.publishing(publisher);
    }

    /// Begins to notify, once all controllers have their outbox.
    void begin() throws IOException {
        notifications.start(boot);
        asynchronous.resume(originator ->
                originator.equals(administrator.endpointId()) ? Optional.of(administrator) : requester(originator));
    }

    void restarted(Boot again) {
        agentElement.restarted();
        bulkData.restarted();
        notifications.restarted(again);
        asynchronous.deviceRestarted();
    }

    /// Lets Services in, where this agent is a broker.
    void serve() throws IOException {
        if (broker != null) {
            broker.start();
        }
    }

    InstantiatedDataModel model() {
        return model;
    }

    SessionElement sessions() {
        return sessions;
    }

    /// What shows the connections, where the agent makes them itself.
    Optional<ConnectionTables> tables() {
        return tables;
    }

    NotificationService notifications() {
        return notifications;
    }

    @Override
    public boolean listensTo(EndpointId controller) {
        Snapshot snapshot = model.snapshot();
        return ControllerElement.row(snapshot, controller)
                .filter(row -> ControllerElement.served(row, snapshot))
                .isPresent();
    }

    @Override
    public Warrant warrant(EndpointId controller, X509Certificate certificate) {
        Snapshot snapshot = model.snapshot();
        return ControllerElement.row(snapshot, controller)
                .map(row -> authentication.warrant(snapshot, row, certificate))
                .orElse(Warrant.NOBODY);
    }

    @Override
    public Admission admits(EndpointId controller, List<X509Certificate> certificates) {
        return ControllerElement.row(model.snapshot(), controller)
                .map(row -> authentication.admits(controller, row, certificates))
                .orElse(Admission.REFUSED);
    }

    @Override
    public Duration firstUseInactivity() {
        return authentication.firstUseInactivity();
    }

    /// Makes somebody known who has dialled us and is no controller yet, where that may be.
    ///
    /// @return whether it has a row now
    boolean meets(EndpointId stranger, List<X509Certificate> certificates) {
        return authentication.meets(stranger, certificates);
    }

    @Override
    public Optional<Body> request(EndpointId controller, Request<?> request) {
        Optional<Requester> requester = requester(controller);
        if (requester.isEmpty()) {
            return Optional.of(new UspError(new Fault(StandardErrorCode.REQUEST_DENIED, "not a known controller")));
        }
        return broker == null ? dispatcher.answer(request, requester.get()) : broker.answer(request, requester.get());
    }

    /// Carries a request out for whoever administers the device itself.
    Optional<Body> administer(Request<?> request) {
        return broker == null ? dispatcher.answer(request, administrator) : broker.answer(request, administrator);
    }

    /// The row of a controller has been deleted.
    void forget(Snapshot before, String row) {
        before.object(row).ifPresent(controller -> authentication.forget(before, controller));
    }

    /// The controller with what it may do now.
    private Optional<Requester> requester(EndpointId controller) {
        Snapshot snapshot = model.snapshot();
        return ControllerElement.row(snapshot, controller)
                .map(row -> new Requester(controller, row.path(), access.of(snapshot, row)));
    }

    @Override
    public void notified(EndpointId controller, MessageId id) {
        notifications.answered(controller, id);
    }

    @Override
    public void connected(EndpointId controller, String protocol) {
        mtpElement.connections(protocol, 1);
        notifications.reachable(controller);
    }

    /// Where controllers dial us from now on.
    void listening(List<String> addresses) {
        mtpElement.listening(addresses);
    }

    @Override
    public void disconnected(EndpointId controller, String protocol) {
        mtpElement.connections(protocol, -1);
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
        asynchronous.close();
        try {
            notifications.close();
        } catch (IOException failed) {
            LOG.warn("the journal of notifications did not close: {}", failed.getMessage());
        }
        model.close();
    }
}
