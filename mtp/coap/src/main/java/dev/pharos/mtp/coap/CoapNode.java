// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.AddressBlock;
import dev.pharos.mtp.tls.DatagramTls;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.jspecify.annotations.Nullable;

/// A socket, our resource on it, and the connections with peers. Everything but what says otherwise is for the
/// socket's thread.
final class CoapNode implements AutoCloseable {
    private static final Places PLACES = new Places(Limits.PEERS, Limits.PEERS_FROM_ONE);

    private final Plan plan;
    private final MtpReceiver receiver;
    private final DatagramGate gate = new DatagramGate(System.nanoTime());
    private final Map<Key, CoapConnection> connections = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<CoapConnection, InetSocketAddress> sources = new LinkedHashMap<>();
    private final Map<InetSocketAddress, EndpointId> dialling = new ConcurrentHashMap<>();
    private volatile @Nullable CoapSocket socket;
    private @Nullable DatagramTls tls;
    private long heldBytes;

    /// What is to be opened.
    ///
    /// @param path of our resource, its segments
    /// @param kind the interface of our resource: `bbf.usp.c` for a Controller, `bbf.usp.a` for an Agent
    ///     (R-COAP.1 of USP 1.2)
    /// @param turnstile for newcomers
    /// @param host whom we dial, as it was configured; empty where we dial only those who came first
    record Plan(
            InetSocketAddress bind,
            List<String> path,
            String kind,
            CoapTerms terms,
            Optional<Turnstile> turnstile,
            Optional<String> host) {}

    /// One connection for each who sends, so that nobody who names another's way back has a part in its
    /// connection.
    ///
    /// @param sender empty for the one that we have called
    private record Key(CoapUri resource, Optional<EndpointId> sender) {}

    private CoapNode(Plan plan, MtpReceiver receiver) {
        this.plan = plan;
        this.receiver = receiver;
    }

    /// @throws IOException where the address cannot be had, or a file not be used
    static CoapNode open(Plan plan, MtpReceiver receiver, Doorman doorman) throws IOException {
        CoapNode node = new CoapNode(plan, receiver);
        try {
            Optional<CoapSocket.Security> security = Optional.empty();
            if (plan.terms().tls().isPresent()) {
                DatagramTls files =
                        DatagramTls.open(plan.terms().tls().get(), () -> node.whenOpen(node::reviewCertificates));
                node.tls = files;
                security = Optional.of(new CoapSocket.Security(
                        new DtlsIdentity(files),
                        new DtlsTrust(files, node::dialled, node::refusedInHandshake),
                        new DtlsArrivals(node::refusedInHandshake)));
            }
            CoapSocket opened = CoapSocket.open(
                    plan.bind(),
                    plan.terms().transmission(),
                    security,
                    new CoapSocket.Ends(node.gate, new RequestDesk(node, doorman)));
            node.socket = opened;
            if (node.tls != null) {
                opened.every(Limits.REVIEW, node::reviewCertificates);
            }
            return node;
        } catch (IOException | RuntimeException failed) {
            node.closeTls();
            throw failed;
        }
    }

    private void whenOpen(Runnable task) {
        CoapSocket opened = socket;
        if (opened != null) {
            opened.execute(task);
        }
    }

    /// Any thread may ask; there is one from the moment on that anything can happen.
    CoapSocket socket() {
        CoapSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("nothing comes before the socket is open");
        }
        return opened;
    }

    boolean isOpen() {
        return socket != null;
    }

    Plan plan() {
        return plan;
    }

    ConnectionLimits limits() {
        return plan.terms().limits();
    }

    MtpReceiver receiver() {
        return receiver;
    }

    boolean secure() {
        return plan.terms().secure();
    }

    boolean knows(InetSocketAddress source) {
        return gate.knows(source);
    }

    /// Where a peer answers us. For any thread.
    CoapUri replyTo(InetSocketAddress peer) {
        InetAddress own = plan.bind().getAddress();
        return new CoapUri(secure(), "", 0, plan.path())
                .at(
                        own == null || own.isAnyLocalAddress() ? localAddress(peer) : own,
                        socket().address().getPort());
    }

    /// The address from which this host sends to a peer. Nothing is sent.
    static InetAddress localAddress(InetSocketAddress peer) {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(peer);
            return probe.getLocalAddress();
        } catch (SocketException unreachable) {
            return InetAddress.getLoopbackAddress();
        }
    }

    // ---- connections

    boolean has(CoapConnection connection) {
        return connections.containsValue(connection);
    }

    /// The connection of a peer, which begins now where there is none.
    ///
    /// @return empty where too many come at once; then after what time it is worth trying again
    Found connection(Doorman.Arrival arrival, Doorman.Verdict.Admitted admitted) {
        Key key = new Key(arrival.replyTo().uri(), Optional.of(arrival.sender()));
        CoapConnection known = connections.get(key);
        if (known != null
                && new ShownCertificates(known.security().certificates())
                        .isSameAs(admitted.security().certificates())) {
            return new Found.Connection(known);
        }
        if (known != null) {
            known.end("it shows another certificate now");
        }
        Optional<Duration> later = plan.turnstile().flatMap(turnstile -> turnstile.enter("coap"));
        if (later.isPresent()) {
            return new Found.Later(later.get());
        }
        CoapConnection made = new CoapConnection(
                this,
                new CoapConnection.Way(
                        arrival.replyTo().address(),
                        arrival.replyTo().uri(),
                        replyTo(arrival.replyTo().address())),
                admitted.peer(),
                admitted.security());
        put(key, made);
        receiver.connected(made);
        return new Found.Connection(made);
    }

    /// What was found, or made.
    sealed interface Found {
        record Connection(CoapConnection connection) implements Found {}

        record Later(Duration after) implements Found {}
    }

    /// Takes in a connection that we have made ourselves, of which the receiver is told next.
    void put(CoapConnection connection) {
        put(new Key(connection.way().resource(), Optional.empty()), connection);
    }

    /// A connection to a peer that was met before, perhaps in an earlier run, and has none now. For any other
    /// thread.
    Optional<CoapConnection> reach(InetSocketAddress address, CoapUri resource, PeerIdentity who) {
        // A socket that closes just now drops what it was given.
        return CompletableFuture.<Optional<CoapConnection>>supplyAsync(
                        () -> {
                            if (connections.keySet().stream()
                                    .anyMatch(key -> key.resource().equals(resource))) {
                                return Optional.empty();
                            }
                            CoapConnection made = new CoapConnection(
                                    this,
                                    new CoapConnection.Way(address, resource, replyTo(address)),
                                    who,
                                    new LinkSecurity(secure(), who.loopback(), List.of()));
                            put(made);
                            receiver.connected(made);
                            return Optional.of(made);
                        },
                        socket()::execute)
                .completeOnTimeout(Optional.empty(), Limits.CLOSE_TIME.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void put(Key key, CoapConnection made) {
        PLACES.goesFor(block(made), connections.values(), CoapNode::block)
                .ifPresent(other -> other.end("not heard of for long, and others came"));
        connections.put(key, made);
    }

    private static AddressBlock block(CoapConnection connection) {
        return AddressBlock.of(connection.way().address());
    }

    /// A peer's Records come from this socket.
    void comesFrom(CoapConnection connection, EndpointContext context) {
        if (!connection.isProven()) {
            return;
        }
        InetSocketAddress source = context.getPeerAddress();
        InetSocketAddress before = sources.put(connection, source);
        if (!source.equals(before)) {
            gate.know(source, System.nanoTime());
            if (before != null && !before.equals(connection.way().address())) {
                gate.forget(before);
            }
        }
        if (secure() && source.equals(connection.way().address())) {
            connection.renewed(context);
        }
    }

    /// Somebody is at the other end: more is taken from there.
    void found(CoapConnection connection) {
        gate.know(connection.way().address(), System.nanoTime());
    }

    void ended(CoapConnection connection, String reason) {
        if (connections.values().remove(connection)) {
            gate.forget(connection.way().address());
            InetSocketAddress source = sources.remove(connection);
            if (source != null) {
                gate.forget(source);
            }
            receiver.disconnected(connection, reason);
        }
    }

    /// Finds out whether somebody is where a peer wants its answers, and who, before it gets any.
    void prove(CoapConnection connection) {
        InetSocketAddress address = connection.way().address();
        connection.peer().endpointId().ifPresent(wanted -> dialling.put(address, wanted));
        connection.call(new AddressEndpointContext(address), new CoapConnection.Answer() {
            @Override
            public void answered(EndpointContext found) {
                dialling.remove(address);
                ShownCertificates shown = ShownCertificates.of(found);
                boolean proven =
                        connection.peer().endpointId().filter(shown::proves).isPresent();
                if (!proven && !shown.isSameAs(connection.security().certificates())) {
                    connection.end("somebody else is where it wants its answers");
                    return;
                }
                connection.proven(found, connection.peer(), connection.security());
                CoapNode.this.found(connection);
                connection.goOn();
            }

            @Override
            public void failed(String reason) {
                dialling.remove(address);
                connection.end("not reached where it wants its answers: " + reason);
            }
        });
    }

    // ---- what is held

    boolean hold(int bytes) {
        boolean room = heldBytes + bytes <= Limits.HELD_BYTES;
        heldBytes += room ? bytes : 0;
        return room;
    }

    void letGo(int bytes) {
        heldBytes -= bytes;
    }

    // ---- refusals and certificates

    void refused(Optional<EndpointId> who, InetSocketAddress source, String reason) {
        receiver.refused(
                new PeerIdentity(
                        who, Proof.NONE, Texts.of(source), source.getAddress().isLoopbackAddress()),
                reason);
    }

    private void refusedInHandshake(InetSocketAddress peer, String reason) {
        whenOpen(() -> refused(Optional.empty(), peer, reason));
    }

    /// Whom we want to reach at an address. For any thread.
    private DtlsTrust.Dialled dialled(InetSocketAddress address) {
        return new DtlsTrust.Dialled(
                Optional.ofNullable(dialling.get(address)),
                plan.host().orElseGet(() -> address.getAddress().getHostAddress()));
    }

    /// Ends connections whose peer's certificate does not hold any more, and with them their DTLS sessions. Looks
    /// at no file.
    private void reviewCertificates() {
        DatagramTls files = tls;
        if (files == null) {
            return;
        }
        for (CoapConnection connection : List.copyOf(connections.values())) {
            Optional<String> reason = files.ended(connection.security().certificates());
            if (reason.isPresent()) {
                InetSocketAddress source = sources.get(connection);
                connection.end("its DTLS session is ended: " + reason.get());
                socket().endSession(connection.way().address());
                if (source != null) {
                    socket().endSession(source);
                }
            }
        }
    }

    private void closeTls() {
        if (tls != null) {
            tls.close();
        }
    }

    /// Ends every connection, after what was sent last, as far as that is quick. For any other thread.
    @Override
    public void close() {
        CoapSocket opened = socket();
        List<CoapConnection> all = new ArrayList<>();
        CountDownLatch listed = new CountDownLatch(1);
        opened.execute(() -> {
            all.addAll(connections.values());
            listed.countDown();
        });
        try {
            if (listed.await(Limits.CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(connection -> connection.close(CloseReason.NORMAL));
                awaitEnds(opened);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        opened.execute(() -> List.copyOf(connections.values()).forEach(left -> left.end("closed by us")));
        opened.close();
        closeTls();
    }

    private void awaitEnds(CoapSocket opened) throws InterruptedException {
        long end = System.nanoTime() + Limits.CLOSE_TIME.toNanos();
        CountDownLatch ended = new CountDownLatch(1);
        while (System.nanoTime() < end) {
            opened.execute(() -> {
                if (connections.isEmpty()) {
                    ended.countDown();
                }
            });
            if (ended.await(10, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }
}
