// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.OutboundBudget;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerTable;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.SerialTasks;
import dev.pharos.mtp.stomp.BrokerSession.Incoming;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// USP over a STOMP broker, for an Agent and for a Controller (see [StompConfig#peerDestination()]). Keeps a
/// session at the broker, and starts it anew after every loss (R-STOMP.7, R-STOMP.25).
///
/// Whoever may send to our destination may claim to be anyone: which clients may send where is the broker's
/// business (R-STOMP.34), so the identity of a peer is a claim here, unless a [BrokerWitness] says otherwise.
public final class StompMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(StompMtp.class);

    private enum State {
        DOWN,
        CONNECTING,
        UP
    }

    private final StompConfig config;
    private final SerialTasks tasks;
    private final OutboundBudget budget;
    private final InboundGauge inbound = new InboundGauge();
    private volatile boolean closed;
    /// Set only by the serial tasks.
    private volatile State state = State.DOWN;
    private volatile Optional<String> ownDestination;
    private volatile @Nullable BrokerSession session;
    private volatile @Nullable MtpReceiver receiver;
    private volatile @Nullable BrokerDialler dialler;
    // The rest is touched only by the serial tasks.
    private final PeerTable<StompPeerConnection> peers = new PeerTable<>(Limits.PEERS, Limits.PEER_IDLE.toNanos());
    private int failuresInARow;
    private Optional<String> wanted;
    private @Nullable StompPeerConnection configured;
    private @Nullable Future<?> retry;

    public StompMtp(StompConfig config) {
        this.config = config;
        this.tasks = new SerialTasks(
                config.own() + " at " + config.host(), ours -> LOG.error("a task of {} failed", description(), ours));
        this.budget = new OutboundBudget(config.queues().sessionBytes());
        this.ownDestination = config.ownDestination();
        this.wanted = config.ownDestination();
    }

    /// Where we listen: configured, or told by the broker.
    public Optional<String> ownDestination() {
        return ownDestination;
    }

    /// Listens at another destination from now on (R-STOMP.29). Peers learn of it by new connections. Has no
    /// effect while the broker chooses our destination.
    ///
    /// @throws IllegalArgumentException where it is no destination
    public void listenAt(String destination) {
        StompConfig.requireDestination(destination);
        tasks.execute(() -> {
            wanted = Optional.of(destination);
            BrokerSession used = session;
            if (used != null && state == State.UP) {
                used.onLoop(() -> {
                    if (!used.moveTo(destination)) {
                        LOG.info("the broker of {} has chosen our destination; ours is not used", description());
                    }
                });
            }
        });
    }

    @Override
    public synchronized void start(MtpReceiver told) throws IOException {
        if (closed || receiver != null) {
            throw new IOException(description() + " was started before");
        }
        dialler = BrokerDialler.of(config);
        receiver = told;
        tasks.execute(this::attempt);
    }

    /// The destination is the one that we are subscribed to (R-STOMP.31).
    @Override
    public Optional<MtpAddress> address() {
        return state == State.UP
                ? ownDestination.map(at -> new MtpAddress("stomp", config.secure(), config.host(), config.port(), at))
                : Optional.empty();
    }

    @Override
    public String description() {
        return config.place() + config.ownDestination().map(name -> " " + name).orElse("");
    }

    SerialTasks tasks() {
        return tasks;
    }

    StompQueues queues() {
        return config.queues();
    }

    /// Records held for one peer that is not read. An Agent's session is there for its Controller and is not read
    /// itself before that many wait; a Controller's is there for all its Agents.
    int mostHeld() {
        return config.isAgent() ? 2 * Limits.INBOUND_RECORDS : Limits.HELD_RECORDS;
    }

    MtpReceiver receiver() {
        return Objects.requireNonNull(receiver);
    }

    private BrokerDialler dialler() {
        return Objects.requireNonNull(dialler);
    }

    // ---- the session at the broker; everything below runs in the serial tasks, unless it says otherwise

    private void attempt() {
        if (closed || state != State.DOWN) {
            return;
        }
        state = State.CONNECTING;
        // A new session for each attempt: what an old one may still tell cannot be mistaken for news of this one.
        BrokerSession dialling = new BrokerSession(config, wanted, new FromBroker());
        session = dialling;
        inbound.startFor(dialling);
        dialler().dial(dialling, failure -> tasks.execute(() -> ended(dialling, failure)));
    }

    private void subscribed(BrokerSession told, String destination) {
        if (closed || told != session) {
            return;
        }
        if (state == State.UP) {
            endAll("our destination is now " + destination);
        }
        state = State.UP;
        failuresInARow = 0;
        ownDestination = Optional.of(destination);
        config.peerDestination().ifPresent(peer -> configured = connect(told, peer));
        if (wanted.isPresent() && !wanted.get().equals(destination)) {
            String other = wanted.get();
            told.onLoop(() -> told.moveTo(other));
        }
        receiver().sessionUp(this);
    }

    private void ended(BrokerSession told, String reason) {
        if (told != session || state == State.DOWN) {
            return;
        }
        boolean wasUp = state == State.UP;
        state = State.DOWN;
        if (wasUp) {
            endAll(reason);
        } else if (!closed) {
            receiver().refused(identity(Optional.empty()), reason);
        }
        again();
    }

    private void endAll(String reason) {
        configured = null;
        for (StompPeerConnection connection : peers.removeAll()) {
            connection.end(receiver(), reason);
        }
    }

    private void again() {
        if (closed) {
            return;
        }
        failuresInARow++;
        long wait = config.session()
                .backoff()
                .waitBefore(failuresInARow, ThreadLocalRandom.current())
                .toMillis();
        retry = dialler().loop().schedule(() -> tasks.execute(this::attempt), wait, TimeUnit.MILLISECONDS);
    }

    // ---- peers

    private PeerIdentity identity(Optional<String> destination) {
        Optional<EndpointId> endpoint = destination.flatMap(StompDestinations::endpointId);
        return new PeerIdentity(
                endpoint,
                endpoint.map(config.witness()::proof).orElse(PeerIdentity.Proof.NONE),
                config.place()
                        + destination.map(name -> " " + Texts.shown(name)).orElse(""),
                config.peersOnThisHost());
    }

    @Override
    public Optional<MtpConnection> reach(String address, boolean proven) {
        String place = config.place() + " ";
        String destination = address.startsWith(place) ? address.substring(place.length()) : "";
        if (receiver == null
                || !StompDestinations.mayBeAnswered(destination)
                || (proven && identity(Optional.of(destination)).proof() == PeerIdentity.Proof.NONE)) {
            return Optional.empty();
        }
        return CompletableFuture.<Optional<MtpConnection>>supplyAsync(
                        () -> {
                            BrokerSession over = session;
                            return over != null && state == State.UP && peers.get(destination) == null
                                    ? Optional.of(connect(over, destination))
                                    : Optional.empty();
                        },
                        tasks::execute)
                .join();
    }

    private StompPeerConnection connect(BrokerSession over, String destination) {
        StompPeerConnection made = new StompPeerConnection(
                this,
                over,
                destination,
                identity(Optional.of(destination)),
                new ConnectInfo.Stomp(ownDestination.orElseThrow()));
        for (StompPeerConnection gone : peers.put(made, configured)) {
            gone.end(receiver(), "not heard of for long");
        }
        receiver().connected(made);
        return made;
    }

    /// @param taken to be run once the message is dealt with
    private void take(BrokerSession told, Incoming message, Runnable taken) {
        if (state != State.UP || told != session) {
            taken.run();
            return;
        }
        Optional<String> problem = problem(message);
        if (problem.isPresent()) {
            taken.run();
            receiver().refused(identity(message.replyTo()), problem.get());
            return;
        }
        StompPeerConnection connection = connectionFor(told, message);
        if (!connection.deliver(new StompPeerConnection.Arrived(message.body(), taken))) {
            LOG.warn(
                    "dropped a record from {}: its receiver does not read",
                    connection.peer().address());
        }
    }

    private Optional<String> problem(Incoming message) {
        if (message.contentType().filter(Frames.CONTENT_TYPE::equals).isEmpty()) {
            return Optional.of("sent something that is no Record, by its content type: "
                    + message.contentType().map(Texts::shown).orElse("none"));
        }
        if (!message.complete()) {
            return Optional.of("sent a record of more than " + config.queues().maxRecordBytes() + " bytes");
        }
        if (message.replyTo().isEmpty()) {
            return configured != null ? Optional.empty() : Optional.of("sent a record without a reply-to-dest header");
        }
        boolean answerable = message.replyTo()
                .filter(StompDestinations::mayBeAnswered)
                .filter(destination -> !Optional.of(destination).equals(ownDestination))
                .isPresent();
        return answerable ? Optional.empty() : Optional.of("sent a record with a reply-to-dest header that is none");
    }

    private StompPeerConnection connectionFor(BrokerSession told, Incoming message) {
        Optional<String> reply = message.replyTo();
        if (reply.isEmpty()) {
            return Objects.requireNonNull(configured);
        }
        StompPeerConnection known = peers.get(reply.get());
        if (known != null
                && known != configured
                && !known.peer().proof().equals(identity(reply).proof())) {
            peers.remove(known);
            known.end(receiver(), "it comes with another proof of who it is");
            known = null;
        }
        return known != null ? known : connect(told, reply.get());
    }

    // ---- called by connections, on any thread

    void publish(StompPeerConnection connection, Bytes record) throws QueueFullException {
        budget.take(record.size());
        String replyTo = connection.connectInfo().subscribedDestination();
        connection.session().send(Frames.send(connection.listensAt(), replyTo, record), () -> {
            budget.giveBack(record.size());
            connection.sent();
        });
    }

    /// An Agent that closes its connection starts a new session; a Controller forgets the peer until it hears of
    /// it again.
    void closeConnection(StompPeerConnection connection, String reason) {
        tasks.execute(() -> {
            if (connection == configured) {
                BrokerSession used = connection.session();
                used.onLoop(() -> used.leave(reason));
                ended(used, reason);
            } else if (peers.remove(connection)) {
                connection.end(receiver(), reason);
            }
        });
    }

    @Override
    public void close() {
        BrokerDialler used;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            used = dialler;
        }
        if (used == null) {
            return;
        }
        // What was sent last, such as a Disconnect Record, is to reach the broker before we leave.
        used.hangUp(session);
        tasks.execute(() -> {
            state = State.DOWN;
            if (retry != null) {
                retry.cancel(false);
            }
            endAll("closed by us");
            used.release();
        });
    }

    /// What a session tells, on its event loop.
    private final class FromBroker implements BrokerSession.Listener {
        @Override
        public void subscribed(BrokerSession told, String destination) {
            tasks.execute(() -> StompMtp.this.subscribed(told, destination));
        }

        @Override
        public void arrived(BrokerSession told, Incoming message) {
            inbound.came(told, message.body().size());
            Runnable taken = () -> inbound.taken(told, message.body().size());
            if (config.isAgent()) {
                tasks.executeHere(() -> take(told, message, taken));
            } else {
                // One peer that is not read must not keep a Controller from the others: what is held counts no more.
                tasks.executeHere(() -> {
                    taken.run();
                    take(told, message, () -> {});
                });
            }
        }

        @Override
        public void ended(BrokerSession told, String reason) {
            tasks.execute(() -> StompMtp.this.ended(told, reason));
        }
    }
}
