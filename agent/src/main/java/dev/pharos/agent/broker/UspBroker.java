// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.agent.operation.AsyncCommands;
import dev.pharos.agent.operation.RequestDispatcher;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.agent.subscription.Elsewhere;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A USP Broker: the controller of the Services on this host, and for the agent's own controllers a part of
/// the agent.
public final class UspBroker implements MtpReceiver, Elsewhere, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UspBroker.class);

    private final EndpointId own;
    private final BrokerConfig config;
    private final Parts agent;
    private final Registrations registrations;
    private final List<ServiceMount> mounts = new CopyOnWriteArrayList<>();
    /// What a transport's thread must not wait for.
    private final SerialQueue<Runnable> chores = new SerialQueue<>(Limits.WAITING_HAPPENINGS, Runnable::run);
    private final Target self;

    /// What of the agent a broker needs.
    ///
    /// @param watch is given each further data model whose changes controllers may be told of
    public record Parts(
            InstantiatedDataModel model,
            UspServicesElement element,
            RequestDispatcher dispatcher,
            AsyncCommands commands,
            Consumer<InstantiatedDataModel> watch) {}

    public UspBroker(EndpointId own, BrokerConfig config, Parts agent) {
        this.own = own;
        this.config = config;
        this.agent = agent;
        this.registrations = new Registrations(new PathRules(agent.model().supported()));
        this.self = new Target() {
            @Override
            public List<String> registered() {
                return List.of();
            }

            @Override
            public Optional<Body> answer(Request<?> request, Requester requester) {
                return agent.dispatcher().answer(request, requester);
            }
        };
        agent.model().onChange(this::changed);
    }

    /// Lets Services in.
    ///
    /// @throws IOException where a listener cannot be had
    public void start() throws IOException {
        for (Mtp mtp : config.controllerSide()) {
            mtp.start(this);
        }
    }

    /// Carries a request of a controller out, by whoever answers for its paths.
    public Optional<Body> answer(Request<?> request, Requester requester) {
        List<Target> services = mounts.stream()
                .filter(mount -> !mount.registered().isEmpty())
                .<Target>map(mount -> mount)
                .toList();
        return services.isEmpty()
                ? self.answer(request, requester)
                : BrokerDispatcher.answer(request, requester, new Targets(self, services));
    }

    /// The data model of the Service that has registered this path.
    public Optional<InstantiatedDataModel> model(String path) {
        return mounts.stream()
                .filter(mount -> mount.registered().stream().anyMatch(path::startsWith))
                .findFirst()
                .flatMap(ServiceMount::model);
    }

    @Override
    public Optional<Snapshot> snapshot(String path) {
        return model(path).map(InstantiatedDataModel::snapshot);
    }

    private void changed(ChangeSet changes) {
        if (changes.changes().stream().anyMatch(change -> change.path().startsWith(LocalAgentModel.SUBSCRIPTIONS))) {
            mounts.forEach(mount -> mount.peer()
                    .later(0, () -> mount.subscriptionsChanged(agent.model().snapshot())));
        }
    }

    @Override
    public void connected(MtpConnection connection) {
        Optional<EndpointId> id = connection.peer().endpointId();
        if (id.isEmpty() || id.get().equals(own)) {
            connection.close(CloseReason.REFUSED);
            return;
        }
        synchronized (mounts) {
            Optional<ServiceMount> before = mount(id.get());
            boolean steals = before.isPresent()
                    && before.get().peer().isOpen()
                    && !connection.peer().loopback();
            if (steals || (before.isEmpty() && mounts.size() >= Limits.SERVICES)) {
                LOG.warn(
                        "the Service {} at {} is not let in",
                        id.get(),
                        connection.peer().address());
                connection.close(CloseReason.REFUSED);
                return;
            }
            before.ifPresent(old -> leave(old, CloseReason.REPLACED));
            ServicePeer peer = new ServicePeer(connection, own, id.get(), config.patience());
            mounts.add(new ServiceMount(peer, agent.commands(), agent.watch()));
        }
        show(id.get());
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        mounts.stream().filter(mount -> mount.peer().is(connection)).findFirst().ifPresent(mount -> {
            LOG.debug("the Service {} has left: {}", mount.peer().service(), reason);
            leave(mount, CloseReason.NORMAL);
        });
    }

    /// What it has registered goes with it.
    private void leave(ServiceMount mount, CloseReason reason) {
        if (mounts.remove(mount)) {
            EndpointId service = mount.peer().service();
            registrations.forget(service);
            mount.peer().close(reason);
            chore(mount::unload);
            show(service);
        }
    }

    private void chore(Runnable task) {
        if (chores.offer(task) < 0) {
            LOG.debug("Services come and go too fast, or the broker stops");
        }
    }

    private Optional<ServiceMount> mount(EndpointId service) {
        return mounts.stream()
                .filter(mount -> mount.peer().service().equals(service))
                .findFirst();
    }

    /// Brings the row of a Service up to date.
    private void show(EndpointId service) {
        chore(() -> {
            if (mount(service).isPresent()) {
                agent.element().show(service, registrations.paths(service));
            } else {
                agent.element().remove(service);
            }
        });
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        LOG.info("no Service at {}: {}", peer.address(), reason);
    }

    @Override
    public void received(MtpConnection connection, Bytes bytes) {
        Optional<ServiceMount> from =
                mounts.stream().filter(mount -> mount.peer().is(connection)).findFirst();
        if (from.isEmpty()) {
            return;
        }
        ServicePeer peer = from.get().peer();
        UspRecord record;
        try {
            record = RecordCodec.decode(bytes);
        } catch (MalformedInputException malformed) {
            LOG.info("not a Record from the Service {}: {}", peer.service(), malformed.detail());
            connection.close(CloseReason.NOT_A_RECORD);
            return;
        }
        if (!record.to().equals(own) || !record.from().equals(peer.service())) {
            LOG.debug("a Record of {} names others", peer.service());
            return;
        }
        peer.heard();
        switch (record.type()) {
            case RecordType.NoSessionContext(Bytes payload) -> message(from.get(), payload);
            case RecordType.Disconnect _ -> peer.later(0, () -> deregisterAll(from.get()));
            case RecordType.SessionContext _ ->
                LOG.debug("{} uses a Session Context, which makes no sense on one host", peer.service());
            case RecordType.WebSocketConnect _,
                    RecordType.MqttConnect _,
                    RecordType.StompConnect _,
                    RecordType.UdsConnect _ -> {}
        }
    }

    private void message(ServiceMount from, Bytes payload) {
        UspMessage message;
        try {
            message = MessageCodec.decode(payload);
        } catch (MalformedInputException malformed) {
            MessageCodec.Envelope envelope = MessageCodec.envelope(payload);
            if (envelope.isRequest() && !envelope.messageId().isEmpty()) {
                answer(
                        from.peer(),
                        new MessageId(envelope.messageId()),
                        new UspError(new Fault(malformed.code(), malformed.detail())));
            }
            return;
        }
        if (message.body() instanceof Request<?> request) {
            from.peer().later(payload.size(), () -> request(from, message.id(), request));
        } else {
            from.peer().answered(message.id(), message.body());
        }
    }

    private void request(ServiceMount from, MessageId id, Request<?> request) {
        EndpointId service = from.peer().service();
        if (!mounts.contains(from)) {
            return;
        }
        switch (request) {
            case RegisterRequest register -> {
                Body answer = registrations.register(
                        service,
                        register,
                        agent.element().trust(service, from.peer().isOurs()));
                answer(from.peer(), id, answer);
                if (answer instanceof RegisterResponse) {
                    load(from);
                }
            }
            case DeregisterRequest deregister -> {
                answer(from.peer(), id, registrations.deregister(service, deregister));
                load(from);
            }
            case NotifyRequest notify -> {
                if (notify.sendResponse()) {
                    answer(from.peer(), id, new NotifyResponse(notify.subscriptionId()));
                }
                if (ServiceSubscriptions.isOurs(notify.subscriptionId())) {
                    from.notified(notify.notification());
                }
            }
            default ->
                answer(
                        from.peer(),
                        id,
                        new UspError(new Fault(
                                StandardErrorCode.MESSAGE_NOT_SUPPORTED,
                                "this is a controller: it takes Register, Deregister and Notify")));
        }
    }

    private static void answer(ServicePeer peer, MessageId id, Body body) {
        try {
            peer.send(id, body);
        } catch (IOException gone) {
            LOG.debug("an answer to {} could not be sent: {}", peer.service(), gone.getMessage());
        }
    }

    private void load(ServiceMount mount) {
        EndpointId service = mount.peer().service();
        List<String> paths = registrations.paths(service);
        if (!paths.equals(mount.registered())) {
            show(service);
            mount.load(paths, agent.model().snapshot());
        }
    }

    private void deregisterAll(ServiceMount mount) {
        registrations.forget(mount.peer().service());
        load(mount);
    }

    /// Leaves the Services. The agent itself goes on.
    @Override
    public void close() {
        config.controllerSide().forEach(Mtp::close);
        mounts.forEach(mount -> leave(mount, CloseReason.NORMAL));
        chores.close();
    }
}
