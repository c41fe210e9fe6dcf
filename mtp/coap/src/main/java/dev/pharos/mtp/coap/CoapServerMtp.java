// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.jspecify.annotations.Nullable;

/// A Controller's end of USP over CoAP: a resource at which Agents come by themselves. Who a peer is, a certificate
/// proves, where there is one; without, it is what the peer says.
public final class CoapServerMtp implements Mtp {
    private static final String KIND = "bbf.usp.c";

    private final CoapServerConfig config;
    private @Nullable CoapNode node;
    private boolean closed;

    public CoapServerMtp(CoapServerConfig config) {
        this.config = config;
    }

    @Override
    public synchronized void start(MtpReceiver receiver) throws IOException {
        if (closed || node != null) {
            throw new IOException(description() + " was started before");
        }
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getByName(config.host()), config.port());
        CoapNode.Plan plan = new CoapNode.Plan(
                bind,
                CoapServerConfig.segments(config.path()),
                KIND,
                config.terms(),
                config.turnstile(),
                Optional.empty());
        try {
            node = CoapNode.open(plan, receiver, CoapServerMtp::judge);
        } catch (IOException failed) {
            throw new IOException("cannot listen on " + description() + ": " + Texts.of(failed), failed);
        }
        receiver.sessionUp(this);
    }

    /// Without DTLS only: there, whom a certificate has to name is not known before the peer speaks.
    @Override
    public Optional<MtpConnection> reach(String address, boolean proven) {
        CoapNode opened;
        synchronized (this) {
            opened = closed ? null : node;
        }
        if (opened == null || proven || config.terms().secure()) {
            return Optional.empty();
        }
        try {
            CoapUri resource = CoapUri.parse(address);
            if (resource.secure() || resource.literal().isEmpty()) {
                return Optional.empty();
            }
            InetAddress host = resource.literal().get();
            PeerIdentity who = new PeerIdentity(Optional.empty(), Proof.NONE, address, host.isLoopbackAddress());
            return opened.reach(new InetSocketAddress(host, resource.port()), resource, who)
                    .map(MtpConnection.class::cast);
        } catch (MalformedInputException ofAnotherTransport) {
            return Optional.empty();
        }
    }

    private static Doorman.Verdict judge(Doorman.Arrival arrival) {
        Optional<CertificateIdentity> identity = arrival.certificates().identity();
        if (identity.filter(shown -> shown.contradicts(arrival.sender())).isPresent()) {
            return new Doorman.Verdict.Refused(
                    ResponseCode.FORBIDDEN,
                    "the certificate belongs to " + identity.get() + ", not to " + arrival.sender(),
                    true);
        }
        return new Doorman.Verdict.Admitted(
                new PeerIdentity(
                        Optional.of(arrival.sender()),
                        arrival.certificates().proves(arrival.sender()) ? Proof.CERTIFICATE : Proof.NONE,
                        arrival.replyTo().uri().toString(),
                        arrival.onThisHost()),
                new LinkSecurity(
                        identity.isPresent(),
                        arrival.onThisHost(),
                        arrival.certificates().chain()));
    }

    /// The port that it listens on; the configured one before the start.
    public synchronized int port() {
        return node == null ? config.port() : node.socket().address().getPort();
    }

    @Override
    public String description() {
        String host = config.host().indexOf(':') >= 0 ? "[" + config.host() + "]" : config.host();
        return (config.terms().secure() ? "coaps://" : "coap://") + host + ":" + port() + config.path();
    }

    @Override
    public synchronized Optional<MtpAddress> address() {
        return node == null || closed
                ? Optional.empty()
                : Optional.of(new MtpAddress("coap", config.terms().secure(), config.host(), port(), config.path()));
    }

    /// Must not be called from a receiver's callback, since it waits for the connections' ends.
    @Override
    public void close() {
        CoapNode opened;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            opened = node;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
