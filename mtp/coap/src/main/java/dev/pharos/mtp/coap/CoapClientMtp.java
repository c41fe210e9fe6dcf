// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An Agent's end of USP over CoAP: keeps one Controller reached, and is a resource for it and for nobody else. Every
/// failed attempt is told to the receiver with its reason.
///
/// Without DTLS, whoever can send from the Controller's address is taken for it; on this host only the Controller's own
/// port counts, which no other user's program can have.
public final class CoapClientMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(CoapClientMtp.class);
    private static final String KIND = "bbf.usp.a";

    private final CoapClientConfig config;
    private final CoapUri peer;
    private @Nullable MtpReceiver receiver;
    private @Nullable CoapNode node;
    private @Nullable CoapConnection current;
    private @Nullable Thread retry;
    private int failures;
    private boolean closed;

    public CoapClientMtp(CoapClientConfig config) {
        this.config = config;
        this.peer = config.parsed();
    }

    @Override
    public synchronized void start(MtpReceiver told) throws IOException {
        if (closed || receiver != null) {
            throw new IOException(description() + " was started before");
        }
        receiver = told;
        attemptAfter(Duration.ZERO);
    }

    @Override
    public String description() {
        return peer.toString();
    }

    private synchronized void attemptAfter(Duration wait) {
        if (!closed) {
            retry = Thread.ofVirtual().name("coap-dial").start(() -> {
                try {
                    Thread.sleep(wait);
                    attempt();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /// May wait for a name service.
    private void attempt() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(peer.host()), peer.port());
            call(nodeFor(address), address);
        } catch (UnknownHostException unknown) {
            failed("no such host: " + peer.host());
        } catch (IOException unusable) {
            failed(Texts.of(unusable));
        } catch (RuntimeException ours) {
            LOG.error("an attempt to reach {} failed", description(), ours);
            failed("an error of ours");
        }
    }

    /// The socket is bound to the address from which the peer is reached, which changes with our network.
    private CoapNode nodeFor(InetSocketAddress address) throws IOException {
        InetAddress own = CoapNode.localAddress(address);
        CoapNode old;
        synchronized (this) {
            old = node;
            if (old != null && old.socket().address().getAddress().equals(own)) {
                return old;
            }
            node = null;
        }
        if (old != null) {
            old.close();
        }
        CoapNode.Plan plan = new CoapNode.Plan(
                new InetSocketAddress(own, 0),
                CoapServerConfig.segments(CoapServerConfig.DEFAULT_PATH),
                KIND,
                config.terms(),
                Optional.empty(),
                Optional.of(peer.host()));
        CoapNode made = CoapNode.open(plan, new Told(), this::judge);
        boolean late;
        synchronized (this) {
            late = closed;
            node = late ? null : made;
        }
        if (late) {
            made.close();
            throw new IOException("closed by us");
        }
        return made;
    }

    private void call(CoapNode used, InetSocketAddress address) {
        CoapUri resource = peer.at(address.getAddress(), address.getPort());
        CoapConnection calling = new CoapConnection(
                used,
                new CoapConnection.Way(address, resource, used.replyTo(address)),
                identity(Optional.empty(), Proof.NONE, address),
                LinkSecurity.NONE);
        EndpointContext context = peer.secure()
                // An old session may be one that the other end has forgotten.
                ? new MapBasedEndpointContext(address, null, DtlsEndpointContext.ATTRIBUE_HANDSHAKE_MODE_FORCE_FULL)
                : new AddressEndpointContext(address);
        used.socket()
                .execute(() -> calling.call(context, new CoapConnection.Answer() {
                    @Override
                    public void answered(EndpointContext found) {
                        connected(used, calling, found);
                    }

                    @Override
                    public void failed(String reason) {
                        CoapClientMtp.this.failed(reason);
                    }
                }));
    }

    private void connected(CoapNode used, CoapConnection made, EndpointContext found) {
        InetSocketAddress address = made.way().address();
        ShownCertificates shown = ShownCertificates.of(found);
        EndpointContext lasting = peer.secure() ? found : new AddressEndpointContext(address);
        made.proven(
                lasting,
                identity(shown, address),
                new LinkSecurity(peer.secure(), address.getAddress().isLoopbackAddress(), shown.chain()));
        synchronized (this) {
            if (closed) {
                return;
            }
            current = made;
            failures = 0;
        }
        used.put(made);
        used.found(made);
        told().connected(made);
    }

    private Optional<EndpointId> wanted() {
        return config.terms().tls().flatMap(settings -> settings.rule().wanted());
    }

    private PeerIdentity identity(ShownCertificates shown, InetSocketAddress address) {
        Optional<EndpointId> proven =
                wanted().filter(shown::proves).or(() -> shown.identity().flatMap(CertificateIdentity::only));
        return identity(proven, proven.isPresent() ? Proof.CERTIFICATE : Proof.NONE, address);
    }

    private PeerIdentity identity(Optional<EndpointId> id, Proof proof, InetSocketAddress address) {
        return new PeerIdentity(id, proof, description(), address.getAddress().isLoopbackAddress());
    }

    private void failed(String reason) {
        try {
            told().refused(new PeerIdentity(Optional.empty(), Proof.NONE, description(), false), reason);
        } catch (RuntimeException ours) {
            LOG.error("a receiver failed when told that {} is not reached", description(), ours);
        }
        again();
    }

    private void again() {
        int before;
        synchronized (this) {
            failures++;
            before = failures;
        }
        attemptAfter(config.backoff().waitBefore(before, ThreadLocalRandom.current()));
    }

    private synchronized MtpReceiver told() {
        MtpReceiver known = receiver;
        if (known == null) {
            throw new IllegalStateException("nothing happens before the start");
        }
        return known;
    }

    // ---- whoever comes

    private Doorman.Verdict judge(Doorman.Arrival arrival) {
        CoapConnection known;
        synchronized (this) {
            known = current;
        }
        if (known == null || !known.isOpen()) {
            return new Doorman.Verdict.Refused(ResponseCode.SERVICE_UNAVAILABLE, "not ready yet", false);
        }
        Optional<String> objection = objection(arrival, known);
        if (objection.isPresent()) {
            LOG.info("refused a Record from {}: {}", Texts.of(arrival.source()), objection.get());
            return new Doorman.Verdict.Refused(ResponseCode.FORBIDDEN, objection.get(), false);
        }
        return arrival.replyTo().uri().equals(known.way().resource())
                ? new Doorman.Verdict.Ours(known)
                : new Doorman.Verdict.Admitted(known.peer(), known.security());
    }

    private Optional<String> objection(Doorman.Arrival arrival, CoapConnection known) {
        if (!arrival.source().getAddress().equals(known.way().address().getAddress())) {
            return Optional.of("it does not come from the Controller's address");
        }
        if (peer.secure()) {
            boolean same = arrival.certificates().isSameAs(known.security().certificates());
            boolean proven = wanted().filter(arrival.certificates()::proves).isPresent();
            return same || proven ? Optional.empty() : Optional.of("its certificate is not the Controller's");
        }
        return arrival.onThisHost()
                        && arrival.source().getPort() != known.way().address().getPort()
                ? Optional.of("it does not come from the Controller's port")
                : Optional.empty();
    }

    /// Hands on what the node tells, and calls again when the connection that we made is over.
    private final class Told implements MtpReceiver {
        @Override
        public void connected(MtpConnection connection) {
            told().connected(connection);
        }

        @Override
        public void received(MtpConnection connection, Bytes record) {
            told().received(connection, record);
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {
            boolean main;
            synchronized (CoapClientMtp.this) {
                main = connection.equals(current);
                current = main ? null : current;
            }
            told().disconnected(connection, reason);
            if (main) {
                again();
            }
        }

        /// Not told: whoever was not let in has nothing to do with whether the Controller is reached.
        @Override
        public void refused(PeerIdentity stranger, String reason) {
            LOG.info("{} was not let in: {}", stranger.address(), reason);
        }
    }

    /// Must not be called from a receiver's callback, since it waits for the connection's end.
    @Override
    public void close() {
        CoapNode used;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            used = node;
            if (retry != null) {
                retry.interrupt();
            }
        }
        if (used != null) {
            used.close();
        }
    }
}
