// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.SessionControl;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.PacedQueue;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.agent.subscription.NotificationSender;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.Warrant;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.Parties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One controller: checks its Records, lets its requests be carried out in order, and sends it answers and
/// notifications.
///
/// A transport's thread only decodes and hands over; requests run on a virtual thread that lives while there
/// are any.
public final class ControllerPeer implements MtpReceiver, NotificationSender {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerPeer.class);

    private final EndpointId own;
    private final EndpointId controller;
    private final RequestSink sink;
    private final AgentRuntime runtime;
    private final Clock clock;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final PacedQueue<Incoming> mailbox = new PacedQueue<>(
            new PacedQueue.Pace(Limits.WAITING_REQUESTS, Limits.WAITING_REQUEST_BYTES, Limits.WAITING_REQUESTS_HARD),
            this::carryOut);
    /// What a transport's thread must not wait for, since it may touch the disk.
    private final SerialQueue<Runnable> happenings = new SerialQueue<>(Limits.WAITING_HAPPENINGS, Runnable::run);

    private final Set<MessageId> pending = new HashSet<>(2);
    private final AnswerCache answers = new AnswerCache();
    private final PeerSession session;
    private final RecordGuard guard;

    /// @param security who the agent is end to end
    public ControllerPeer(
            EndpointId own, EndpointId controller, RequestSink sink, AgentRuntime runtime, EndToEnd security) {
        this.guard = new RecordGuard(
                controller,
                security.identity(),
                security.secrecy(),
                certificate -> sink.warrant(controller, certificate) == Warrant.CREDENTIAL);
        this.own = own;
        this.controller = controller;
        this.sink = sink;
        this.runtime = runtime;
        this.clock = runtime.steady();
        this.session = new PeerSession(
                new Parties(own, controller),
                runtime,
                guard,
                this::openLink,
                (link, peer, payload) -> message(new Route(link, true, peer), payload));
    }

    /// Where a Message came from and its answer goes: over the same connection, in the same kind of Record
    /// (R-MSG.0a).
    ///
    /// @param secured who sent it, where TLS inside the session proves that
    private record Route(Link link, boolean inSession, Optional<SecuredPeer> secured) {}

    private record Incoming(Route route, MessageId id, Request<?> request, Bytes payload) {
        MtpConnection connection() {
            return route.link().connection();
        }
    }

    /// The end-to-end session with this controller.
    public SessionControl session() {
        return session;
    }

    private Optional<Link> openLink() {
        return links.stream().filter(this::isUsable).findFirst();
    }

    /// Whether Messages can go there: as they are, or in TLS inside a session.
    private boolean isUsable(Link link) {
        return link.isOpen() && (!link.demandsPayloadTls() || session.canSecure());
    }

    @Override
    public void connected(MtpConnection connection) {
        Link link = new Link(connection, own, controller, guard, leaf -> sink.warrant(controller, leaf));
        links.add(link);
        if (!isUsable(link)) {
            LOG.warn(
                    "nothing is taken from {} or sent to it at {}: the connection is not encrypted, or its certificate is"
                            + " neither the controller's nor a trusted broker's (R-SEC.0)",
                    controller,
                    connection.peer().address());
        }
        try {
            link.greet();
        } catch (IOException failed) {
            LOG.debug("no Connect Record to {}: {}", controller, failed.getMessage());
        }
        happen(() -> {
            boolean admitted = admitted(link);
            session.connectionJudged();
            if (admitted) {
                sink.connected(controller, link.protocol());
            }
        });
    }

    /// Whether the certificates of this connection are the controller's; else it ends (R-SEC.24).
    private boolean admitted(Link link) {
        boolean admitted =
                link.admitted(certificates -> sink.admits(controller, certificates), () -> limitInactivity(link));
        if (!admitted) {
            link.refuse();
        }
        return admitted;
    }

    /// Whoever is met for the first time shall not keep a connection for nothing (R-MTP.4a).
    private void limitInactivity(Link link) {
        Duration limit = sink.firstUseInactivity();
        if (!limit.isZero()) {
            link.limit(new InactivityLimit(runtime, limit, () -> {
                LOG.info("{} was met for the first time and has said nothing for {} s", controller, limit.toSeconds());
                link.refuse();
            }));
        }
    }

    /// Whether whoever sent a Message is the controller, by the certificates of its connection, and by those of
    /// the TLS inside its session where there is one (R-SEC.24, R-E2E.43).
    private boolean admitted(Route route) {
        return admitted(route.link())
                && route.secured()
                        .map(peer -> peer.admitted(certificates -> sink.admits(controller, certificates)))
                        .orElse(true);
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        Optional<Link> gone = links.stream().filter(link -> link.is(connection)).findFirst();
        if (gone.isPresent() && links.remove(gone.get())) {
            LOG.debug("{} has left: {}", controller, reason);
            gone.get().ended();
            happen(() -> sink.disconnected(controller, gone.get().protocol()));
        }
    }

    private void happen(Runnable happening) {
        if (happenings.offer(happening) == SerialQueue.FULL) {
            LOG.warn("connections of {} come and go too fast", controller);
        }
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        LOG.info("no connection to {} ({}): {}", controller, peer.address(), reason);
    }

    @Override
    public void received(MtpConnection connection, Bytes bytes) {
        Optional<Link> from = links.stream().filter(link -> link.is(connection)).findFirst();
        if (from.isEmpty()) {
            return;
        }
        Link link = from.get();
        UspRecord record;
        try {
            record = RecordCodec.decode(bytes);
        } catch (MalformedInputException malformed) {
            LOG.debug("not a Record from {}: {}", controller, malformed.detail());
            if (malformed.code() == StandardErrorCode.RECORD_COULD_NOT_BE_PARSED) {
                link.notARecord();
            }
            return;
        }
        if (!record.to().equals(own) || !record.from().equals(controller) || link.provesAnother()) {
            LOG.debug("a Record from {} to {} is not for this relation", record.from(), record.to());
            return;
        }
        if (!sink.listensTo(controller)) {
            LOG.debug("{} is disabled", controller);
            return;
        }
        link.heard();
        accept(link, record);
    }

    private void accept(Link link, UspRecord record) {
        if (!(record.type() instanceof RecordType.SessionContext)) {
            Optional<String> objection = guard.objection(record, link.carrier());
            if (objection.isPresent()) {
                LOG.info("refused a Record of {}: {}", controller, objection.get());
                if (guard.identity().isEmpty() && record.type() instanceof RecordType.NoSessionContext(Bytes payload)) {
                    Route route = new Route(link, false, Optional.empty());
                    refuse(route, payload, StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED, "Record protection");
                } else if (link.demandsPayloadTls() && session.canSecure()) {
                    // It learns in this way how to talk to us.
                    session.open(link);
                }
                return;
            }
        }
        switch (record.type()) {
            case RecordType.NoSessionContext(Bytes payload) -> {
                Route route = new Route(link, false, Optional.empty());
                if (session.requiresSessions()) {
                    refuse(route, payload, StandardErrorCode.SECURE_SESSION_REQUIRED, "a Session Context is required");
                    session.open(link);
                } else if (record.protection().payloadSecurity() == UspRecord.PayloadSecurity.PLAINTEXT) {
                    message(route, payload);
                } else {
                    // Payload TLS is only ever within a session (R-E2E.41).
                    refuse(route, payload, StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED, "TLS outside a session");
                }
            }
            case RecordType.SessionContext content -> session.receive(link, record, content);
            case RecordType.Disconnect disconnect -> {
                LOG.debug("{} disconnects: {} {}", controller, disconnect.reasonCode(), disconnect.reason());
                link.disconnectedByPeer();
                session.forget("the controller disconnected");
            }
            case RecordType.WebSocketConnect _,
                    RecordType.MqttConnect _,
                    RecordType.StompConnect _,
                    RecordType.UdsConnect _ -> {}
        }
    }

    private void message(Route route, Bytes payload) {
        UspMessage message;
        try {
            message = MessageCodec.decode(payload);
        } catch (MalformedInputException malformed) {
            refuse(route, payload, malformed.code(), malformed.detail());
            return;
        }
        switch (message.body()) {
            case Request<?> request -> enqueue(new Incoming(route, message.id(), request, payload));
            case NotifyResponse _ -> {
                if (happenings.offer(() -> sink.notified(controller, message.id())) < 0) {
                    LOG.debug("an answer to {} came in too large a crowd; it will be sent again", message.id());
                }
            }
            case Response _ -> LOG.debug("an answer from {} that nobody asked for", controller);
            case UspError error -> LOG.info("{} answers {} with {}", controller, message.id(), error.fault());
        }
    }

    /// Answers a message that cannot be carried out, if it is a request that can be named (R-MTP.5, R-MSG.1);
    /// else is silent.
    private void refuse(Route route, Bytes payload, ErrorCode code, String detail) {
        MessageCodec.Envelope envelope = MessageCodec.envelope(payload);
        LOG.debug("a message of {} is refused: {} {}", controller, code.code(), detail);
        if (envelope.isRequest() && !envelope.messageId().isEmpty()) {
            answer(route, payloadOf(new MessageId(envelope.messageId()), new UspError(new Fault(code, detail))));
        }
    }

    private void enqueue(Incoming incoming) {
        Bytes known;
        synchronized (pending) {
            if (pending.contains(incoming.id())) {
                return;
            }
            known = changesSomething(incoming.request())
                    ? answers.find(incoming.id(), incoming.payload(), clock.instant())
                    : null;
            if (known == null) {
                pending.add(incoming.id());
            }
        }
        if (known != null) {
            if (!known.isEmpty()) {
                answer(incoming.route(), known);
            }
            return;
        }
        if (!mailbox.offer(incoming.connection(), incoming.payload().size(), incoming)) {
            forget(incoming);
            Fault full = new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "too many requests wait");
            answer(incoming.route(), payloadOf(incoming.id(), new UspError(full)));
        }
    }

    private void carryOut(Incoming incoming) {
        try {
            if (!admitted(incoming.route())) {
                return;
            }
            Optional<Body> answer = sink.request(controller, incoming.request());
            Bytes payload = answer.map(body -> MessageCodec.encode(new UspMessage(incoming.id(), body)))
                    .orElse(Bytes.EMPTY);
            if (changesSomething(incoming.request())) {
                synchronized (pending) {
                    answers.keep(incoming.id(), incoming.payload(), payload, clock.instant());
                }
            }
            // Before it leaves: once the controller has the answer, it may use the id again.
            forget(incoming);
            if (!payload.isEmpty()) {
                answerWaiting(incoming.route(), payload);
            }
        } finally {
            forget(incoming);
        }
    }

    private void forget(Incoming incoming) {
        synchronized (pending) {
            pending.remove(incoming.id());
        }
    }

    private static boolean changesSomething(Request<?> request) {
        return switch (request) {
            case GetRequest _, GetInstancesRequest _, GetSupportedDmRequest _, GetSupportedProtocolRequest _ -> false;
            case SetRequest _,
                    AddRequest _,
                    DeleteRequest _,
                    OperateRequest _,
                    NotifyRequest _,
                    RegisterRequest _,
                    DeregisterRequest _ -> true;
        };
    }

    private static Bytes payloadOf(MessageId id, Body body) {
        return MessageCodec.encode(new UspMessage(id, body));
    }

    /// Answers from a transport's thread.
    private void answer(Route route, Bytes payload) {
        if (!answeredInSession(route, payload)) {
            send(route.link(), new RecordType.NoSessionContext(payload));
        }
    }

    /// Answers from a thread that may wait for room.
    private void answerWaiting(Route route, Bytes payload) {
        if (!answeredInSession(route, payload)) {
            sendWaiting(route.link(), new RecordType.NoSessionContext(payload));
        }
    }

    /// @return false where the request came outside a session, or sessions have ended since
    private boolean answeredInSession(Route route, Bytes payload) {
        if (!route.inSession() || !session.carriesNew()) {
            return false;
        }
        try {
            session.send(route.link(), payload);
        } catch (IOException failed) {
            LOG.debug("an answer to {} could not be sent: {}", controller, failed.getMessage());
        }
        return true;
    }

    /// Sends from a transport's thread: what cannot leave at once is let go, and the controller will ask
    /// again.
    private void send(Link link, RecordType type) {
        try {
            link.sendRecord(type);
        } catch (IOException failed) {
            LOG.debug("nothing could be sent to {}: {}", controller, failed.getMessage());
        }
    }

    /// Sends an answer from a thread that may wait for room.
    private void sendWaiting(Link link, RecordType type) {
        while (link.isOpen()) {
            try {
                link.sendRecord(type);
                return;
            } catch (QueueFullException full) {
                try {
                    Thread.sleep(Limits.QUEUE_FULL_PAUSE);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            } catch (IOException gone) {
                LOG.debug("an answer to {} could not be sent: {}", controller, gone.getMessage());
                return;
            }
        }
    }

    @Override
    public boolean isReachable() {
        return links.stream().anyMatch(this::isUsable);
    }

    @Override
    public void send(UspMessage message) throws IOException {
        Link link = openLink().orElseThrow(() -> new IOException("no connection to " + controller));
        Bytes payload = MessageCodec.encode(message);
        if (session.carriesNew() || link.demandsPayloadTls()) {
            session.send(link, payload);
        } else {
            link.sendRecord(new RecordType.NoSessionContext(payload));
        }
    }

    /// Takes leave (R-MTP.7, R-MTP.9).
    public void disconnect(String reason) {
        session.forget(reason);
        for (Link link : links) {
            if (link.isOpen()) {
                send(link, new RecordType.Disconnect(reason, StandardErrorCode.SESSION_CONTEXT_TERMINATED.code()));
            }
        }
    }

    /// Greets anew on connections that stay, after [#disconnect].
    public void reconnect() {
        for (Link link : links) {
            try {
                link.greet();
            } catch (IOException failed) {
                LOG.debug("no Connect Record to {}: {}", controller, failed.getMessage());
            }
        }
    }

    /// Ends all connections of somebody who is no controller any more.
    public void end() {
        links.forEach(Link::refuse);
        close();
    }

    /// Takes no more requests.
    public void close() {
        mailbox.close();
        happenings.close();
        session.close();
    }
}
