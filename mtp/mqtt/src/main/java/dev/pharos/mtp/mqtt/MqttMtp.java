// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.OutboundBudget;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerTable;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.SerialTasks;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.mtp.tls.ClientTls;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// USP over an MQTT broker, for an Agent and for a Controller (see [MqttConfig#peerTopic()]). Keeps a session
/// at the broker, and starts it anew after every loss (R-MQTT.10, R-MQTT.33).
///
/// Whoever may publish to our topic may claim to be anyone: which clients may publish where is the broker's
/// business (R-MQTT.42), so the identity of a peer is a claim here, unless a [BrokerWitness] says otherwise.
public final class MqttMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(MqttMtp.class);

    private enum State {
        DOWN,
        CONNECTING,
        UP,
        DISABLED
    }

    private final MqttConfig config;
    private final Optional<SideTopic> side;
    private final PacketSenders senders;
    private final SerialTasks tasks;
    private final OutboundBudget budget;
    private final MqttTraffic traffic = new MqttTraffic(InstantSource.system());
    private volatile boolean closed;
    private volatile String ownTopic;
    /// Set only by the serial tasks.
    private volatile State state = State.DOWN;
    private volatile Optional<String> clientId;
    private volatile @Nullable BrokerClient client;
    private volatile @Nullable MtpReceiver receiver;
    private volatile @Nullable ClientTls tls;
    // The rest is touched only by the serial tasks.
    private final PeerTable<MqttPeerConnection> peers = new PeerTable<>(Limits.PEERS, Limits.PEER_IDLE.toNanos());
    private final Subscriptions subscriptions;
    private final List<BrokerClient.Incoming> early = new ArrayList<>(0);
    private int failuresInARow;
    private @Nullable FromBroker current;
    private @Nullable MqttPeerConnection configured;
    private @Nullable Future<?> retry;
    private @Nullable Future<?> review;
    private Optional<MqttLogin> login;

    public MqttMtp(MqttConfig config) {
        this(config, Optional.empty());
    }

    /// @param side where else we listen
    public MqttMtp(MqttConfig config, SideTopic side) {
        this(config, Optional.of(side));
    }

    private MqttMtp(MqttConfig config, Optional<SideTopic> side) {
        this.config = config;
        this.side = side;
        this.senders = new PacketSenders(config);
        this.tasks = new SerialTasks(
                config.own() + " at " + config.host(), ours -> LOG.error("a task of {} failed", description(), ours));
        this.budget = new OutboundBudget(config.queues().sessionBytes());
        this.ownTopic = config.ownTopic();
        this.subscriptions = new Subscriptions(config, traffic);
        this.clientId = config.session().clientId();
        this.login = config.session().login();
    }

    /// The Client Identifier in use: configured, or assigned by the broker and then to be kept for later
    /// starts (R-MQTT.9, R-MQTT.11).
    public Optional<String> clientId() {
        return clientId;
    }

    /// Where we listen: configured, or told by the broker.
    public String ownTopic() {
        return ownTopic;
    }

    @Override
    public synchronized void start(MtpReceiver told) throws IOException {
        if (closed || receiver != null) {
            throw new IOException(description() + " was started before");
        }
        if (config.secure()) {
            tls = ClientTls.open(config.session().tls().orElseGet(TlsSettings::trustingTheRuntime));
        }
        receiver = told;
        tasks.execute(this::attempt);
    }

    /// The topic is the one that we are subscribed to and name for answers (R-MQTT.36, R-MQTT.37).
    @Override
    public Optional<MtpAddress> address() {
        return state == State.UP
                ? Optional.of(new MtpAddress("mqtt", config.secure(), config.host(), config.port(), ownTopic))
                : Optional.empty();
    }

    @Override
    public Optional<BrokerSession> broker() {
        return Optional.of(new SessionAtBroker(
                traffic, budget, this::listenAt, () -> state == State.UP ? Optional.of(client()) : Optional.empty()));
    }

    private void listenAt(List<TopicFilter> further) {
        subscriptions.want(List.copyOf(further));
        tasks.execute(this::follow);
    }

    @Override
    public String description() {
        return config.broker().getScheme() + "://" + config.broker().getHost() + ":" + config.port() + " "
                + config.ownTopic();
    }

    SerialTasks tasks() {
        return tasks;
    }

    MqttQueues queues() {
        return config.queues();
    }

    /// Records held for one peer that is not read. An Agent's session is there for its Controller, so it holds
    /// what the broker may send unacknowledged; a Controller's is there for all its Agents.
    int mostHeld() {
        return config.isAgent() ? Limits.INBOUND_PACKETS : Limits.HELD_RECORDS;
    }

    MtpReceiver receiver() {
        return Objects.requireNonNull(receiver);
    }

    /// How the session at the broker is secured.
    LinkSecurity security() {
        return new LinkSecurity(config.secure(), LinkSecurity.isThisHost(config.host()), client().certificates());
    }

    private BrokerClient client() {
        return Objects.requireNonNull(client);
    }

    // ---- the session at the broker; everything below runs in the serial tasks, unless it says otherwise

    private void attempt() {
        if (closed || state != State.DOWN) {
            return;
        }
        state = State.CONNECTING;
        // A new client for each attempt: what an old one may still tell cannot be mistaken for news of this one.
        FromBroker listener = new FromBroker();
        ClientTls files = tls;
        if (files != null) {
            files.refresh();
        }
        login = login.map(MqttLogin::asItStands);
        BrokerClient dialling = BrokerClient.of(config.withLogin(login), clientId, files, listener);
        current = listener;
        client = dialling;
        Futures.whenDone(
                dialling.connect(),
                (welcome, failure) -> tasks.execute(() -> {
                    if (closed) {
                        dialling.disconnect(Limits.CLOSE_TIME);
                    } else if (welcome == null) {
                        traffic.notConnected(failure != null && Texts.isAnswer(failure));
                        failed(failure == null ? "no answer" : Texts.of(failure));
                    } else {
                        subscribe(welcome, listener);
                    }
                }));
    }

    private void subscribe(BrokerClient.Welcome welcome, FromBroker listener) {
        traffic.welcomed();
        clientId = welcome.assignedClientId().or(() -> clientId);
        Optional<ListeningPlan> plan = subscriptions.begin(welcome);
        if (plan.isEmpty()) {
            disabled();
            return;
        }
        ownTopic = plan.get().ownTopic();
        List<TopicFilter> filters = plan.get().filters();
        Futures.whenDone(
                subscriptions.subscribe(client(), filters),
                (accepted, failure) -> tasks.execute(() -> {
                    if (accepted != null && plan.get().served(accepted)) {
                        up(listener);
                    } else {
                        leave();
                        failed("the broker accepted " + (accepted == null || accepted == 0 ? "no" : "not every")
                                + " subscription to " + filters
                                + (failure == null ? "" : ": " + Texts.of(failure)));
                    }
                }));
    }

    /// What is wanted at the broker may have changed.
    private void follow() {
        if (!closed && state == State.UP && !subscriptions.follow(client())) {
            leave();
            lost("where we listen at the broker has changed");
        }
    }

    /// Says DISCONNECT.
    private void leave() {
        traffic.sent();
        client().disconnect(Limits.CLOSE_TIME);
    }

    /// Nobody says where we are to listen: we leave, and do not come again (R-MQTT.16).
    private void disabled() {
        leave();
        state = State.DISABLED;
        early.clear();
        receiver()
                .refused(
                        senders.nobody(),
                        "neither the broker nor the settings say at which topic to listen; not tried again");
    }

    private void up(FromBroker listener) {
        if (closed || state != State.CONNECTING) {
            return;
        }
        if (listener.gone) {
            // the end comes by another thread than the broker's last answer, and has overtaken it
            state = State.DOWN;
            early.clear();
            again();
            return;
        }
        state = State.UP;
        failuresInARow = 0;
        reviewLater(client());
        config.peerTopic()
                .ifPresent(
                        topic -> configured = connect(topic, !config.session().version5()));
        List<BrokerClient.Incoming> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::take);
        receiver().sessionUp(this);
        subscriptions.begun(client());
        follow();
        side.ifPresent(beside -> subscriptions.beside(client(), beside.filter()));
    }

    /// Looks every minute whether this session may go on, for as long as it lasts.
    private void reviewLater(BrokerClient reviewed) {
        SessionReview due = new SessionReview(tls, login);
        if (!due.isNeeded()) {
            return;
        }
        review = RetryTimer.after(
                Limits.SESSION_REVIEW.toMillis(),
                () -> tasks.execute(() -> {
                    if (closed || state != State.UP || !reviewed.equals(client)) {
                        return;
                    }
                    Optional<String> reason = due.objection(reviewed.certificates());
                    if (reason.isPresent()) {
                        leave();
                        lost(reason.get());
                    } else {
                        reviewLater(reviewed);
                    }
                }));
    }

    private void failed(String reason) {
        if (state == State.CONNECTING) {
            state = State.DOWN;
            early.clear();
            if (!closed) {
                receiver().refused(senders.nobody(), reason);
                again();
            }
        }
    }

    private void lost(String reason) {
        if (state == State.UP) {
            state = State.DOWN;
            endAll(reason);
            again();
        }
    }

    private void endAll(String reason) {
        configured = null;
        for (MqttPeerConnection connection : peers.removeAll()) {
            connection.end(receiver(), reason);
        }
    }

    private void again() {
        if (closed) {
            return;
        }
        failuresInARow++;
        MqttRetry after = config.session().retry();
        Duration wait = after.capped(after.backoff().waitBefore(failuresInARow, ThreadLocalRandom.current()));
        retry = RetryTimer.after(wait.toMillis(), () -> tasks.execute(this::attempt));
    }

    // ---- peers

    @Override
    public Optional<MtpConnection> reach(String text, boolean proven) {
        PeerAddress address = senders.address(text).orElse(null);
        if (address == null
                || receiver == null
                || (proven && senders.identity(address).proof() == PeerIdentity.Proof.NONE)) {
            return Optional.empty();
        }
        String topic = address.topic().orElseThrow();
        return CompletableFuture.<Optional<MtpConnection>>supplyAsync(
                        () -> state == State.UP && peers.get(topic) == null
                                ? Optional.of(connect(topic, address.replyToInTopic()))
                                : Optional.empty(),
                        tasks::execute)
                .join();
    }

    private MqttPeerConnection connect(String topic, boolean replyToInTopic) {
        ConnectInfo info = new ConnectInfo.Mqtt(config.session().version5(), ownTopic);
        MqttPeerConnection made =
                new MqttPeerConnection(this, topic, replyToInTopic, senders.identity(topic, replyToInTopic), info);
        for (MqttPeerConnection gone : peers.put(made, configured)) {
            gone.end(receiver(), "not heard of for long");
        }
        receiver().connected(made);
        return made;
    }

    private void take(BrokerClient.Incoming packet) {
        if (state == State.CONNECTING) {
            // Subscribed, but the answer to it is still on its way through another thread.
            early.add(packet);
            return;
        }
        Optional<String> problem = senders.problem(packet, ownTopic, configured != null);
        if (state != State.UP || problem.isPresent()) {
            problem.ifPresent(reason -> receiver().refused(senders.identity(packet), reason));
            packet.acknowledge().run();
            return;
        }
        MqttPeerConnection connection = connectionFor(packet);
        if (!connection.deliver(packet)) {
            LOG.warn(
                    "dropped a record from {}: its receiver does not read",
                    connection.peer().address());
        }
    }

    private MqttPeerConnection connectionFor(BrokerClient.Incoming packet) {
        Optional<String> reply = PacketSenders.replyTopic(packet);
        if (reply.isEmpty()) {
            return Objects.requireNonNull(configured);
        }
        MqttPeerConnection known = peers.get(reply.get());
        if (known != null
                && known != configured
                && !known.peer().proof().equals(senders.identity(packet).proof())) {
            peers.remove(known);
            known.end(receiver(), "it comes with another proof of who it is");
            known = null;
        }
        return known != null
                ? known
                : connect(reply.get(), packet.responseTopic().isEmpty());
    }

    // ---- called by connections, on any thread

    void publish(MqttPeerConnection connection, Bytes record) throws QueueFullException {
        budget.take(record.size());
        String own = ownTopic;
        boolean inTopic = connection.replyToInTopic() || !config.session().version5();
        String topic = inTopic ? MqttTopics.withReplyTo(connection.listensAt(), own) : connection.listensAt();
        Futures.whenDone(client().publish(topic, own, record), (delivery, failure) -> {
            budget.giveBack(record.size());
            connection.sent();
            if (failure != null) {
                traffic.notPublished();
                LOG.warn(
                        "a record of {} to {} is lost: {}",
                        record,
                        connection.peer().address(),
                        Texts.of(failure));
            } else {
                traffic.published(config.session().publishQos() > 0);
                if (delivery == BrokerClient.Delivery.NOBODY_LISTENS) {
                    tasks.execute(() -> unheard(connection));
                }
            }
        });
    }

    /// A Controller learns in this way that an Agent is gone; an Agent keeps its configured Controller's
    /// topic in any case.
    private void unheard(MqttPeerConnection connection) {
        if (connection != configured && peers.remove(connection)) {
            connection.end(receiver(), "nobody listens at its topic any more");
        }
    }

    void closeConnection(MqttPeerConnection connection, String reason) {
        tasks.execute(() -> {
            if (connection == configured) {
                leave();
                lost(reason);
            } else if (peers.remove(connection)) {
                connection.end(receiver(), reason);
            }
        });
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        BrokerClient used = client;
        if (receiver == null) {
            return;
        }
        try {
            // What was sent last, such as a Disconnect Record, is to reach the broker before we leave.
            budget.awaitEmpty(Limits.CLOSE_TIME.toMillis() / 3);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (used != null) {
            traffic.sent();
            used.disconnect(Limits.CLOSE_TIME);
        }
        tasks.execute(() -> {
            state = State.DOWN;
            if (retry != null) {
                retry.cancel(false);
            }
            if (review != null) {
                review.cancel(false);
            }
            endAll("closed by us");
        });
    }

    /// What the MQTT library tells, on its own threads.
    private final class FromBroker implements BrokerClient.Listener {
        private final InboundGauge inbound = new InboundGauge(config.isAgent());

        /// Whether the session has ended; read and written in the serial tasks.
        private boolean gone;

        @Override
        public void arrived(BrokerClient.Incoming packet) {
            int size = packet.payload().size();
            traffic.arrived(packet.confirmed());
            if (side.isPresent() && MqttTopics.covers(side.get().filter(), packet.topic())) {
                side.get()
                        .taker()
                        .arrived(new SideTopic.Arrival(
                                packet.topic(), packet.contentType(), packet.payload(), packet.acknowledge()));
                return;
            }
            if (!inbound.hasRoomFor(size)) {
                packet.acknowledge().run();
                LOG.warn("dropped a record at {}: more come than are taken", description());
                return;
            }
            boolean agent = config.isAgent();
            BrokerClient.Incoming counted = agent ? packet.andThen(() -> inbound.takenOut(size)) : packet;
            tasks.executeHere(() -> {
                if (!agent) {
                    inbound.takenOut(size);
                }
                if (current == this) {
                    take(counted);
                }
            });
        }

        @Override
        public void disconnected(String reason) {
            tasks.execute(() -> {
                gone = true;
                if (current == this) {
                    lost(reason);
                }
            });
        }
    }
}
