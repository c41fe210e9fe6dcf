// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// What a server makes of an upgrade request: whom it comes from, and whether it is refused. Pure: it writes
/// nothing.
sealed interface ServerUpgrade {
    /// @param offersExtension whether the client used the old `bbf-usp-protocol` extension and may wait for
    ///     ours
    record Accepted(PeerIdentity peer, boolean offersExtension) implements ServerUpgrade {}

    record Refused(PeerIdentity peer, HttpResponseStatus status, String reason) implements ServerUpgrade {}

    /// Nothing is wrong with it, but too many come at once.
    ///
    /// @param after when it is worth trying again
    record Later(Duration after) implements ServerUpgrade {}

    static ServerUpgrade judge(WebSocketServerConfig config, Channel channel, FullHttpRequest request) {
        PeerIdentity unknown = stranger(channel);
        if (!request.decoderResult().isSuccess()) {
            return new Refused(unknown, HttpResponseStatus.BAD_REQUEST, "this is no HTTP request");
        }
        if (!EidQuery.path(request.uri()).equals(config.path())) {
            return new Refused(
                    unknown,
                    HttpResponseStatus.NOT_FOUND,
                    "there is no USP endpoint at " + Texts.shown(EidQuery.path(request.uri())));
        }
        Optional<Refused> badForm = form(unknown, request);
        if (badForm.isPresent()) {
            return badForm.get();
        }
        Optional<Duration> later = config.admission().later();
        return later.isPresent() ? new Later(later.get()) : identity(config, channel, request);
    }

    /// The peer before it has said anything.
    static PeerIdentity stranger(Channel channel) {
        return peer(channel, Optional.empty(), Proof.NONE);
    }

    private static Optional<Refused> form(PeerIdentity peer, FullHttpRequest request) {
        var headers = request.headers();
        boolean upgrade = request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (!upgrade || !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            return Optional.of(new Refused(
                    peer,
                    HttpResponseStatus.BAD_REQUEST,
                    "this is a USP endpoint, which is reached by a WebSocket upgrade (RFC 6455)"));
        }
        if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true)) {
            return Optional.of(
                    new Refused(peer, HttpResponseStatus.UPGRADE_REQUIRED, "only WebSocket version 13 is spoken here"));
        }
        if (!UspSubprotocol.isOfferedIn(headers)) {
            return Optional.of(new Refused(
                    peer,
                    HttpResponseStatus.BAD_REQUEST,
                    "the header Sec-WebSocket-Protocol: " + UspSubprotocol.TOKEN + " is missing"));
        }
        return Optional.empty();
    }

    private static ServerUpgrade identity(WebSocketServerConfig config, Channel channel, FullHttpRequest request) {
        EidExtension extension = EidExtension.read(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        Optional<EndpointId> inQuery;
        try {
            inQuery = EidQuery.read(request.uri());
        } catch (MalformedInputException malformed) {
            return new Refused(stranger(channel), HttpResponseStatus.BAD_REQUEST, Texts.shown(malformed.detail()));
        }
        Optional<EndpointId> inHeader = extension.endpointId();
        if (inQuery.isPresent() && inHeader.isPresent() && !inQuery.equals(inHeader)) {
            return new Refused(
                    peer(channel, inQuery, Proof.NONE),
                    HttpResponseStatus.BAD_REQUEST,
                    "the query says to be " + inQuery.get() + ", the header says " + inHeader.get());
        }
        CertificateIdentity certificate = CertificateIdentity.of(channel);
        Optional<EndpointId> claimed = inQuery.or(() -> inHeader).or(certificate::only);
        Proof proof = claimed.filter(certificate::proves).isPresent() ? Proof.CERTIFICATE : Proof.NONE;
        PeerIdentity peer = peer(channel, claimed, proof);
        if (claimed.filter(certificate::contradicts).isPresent()) {
            return new Refused(
                    peer,
                    HttpResponseStatus.FORBIDDEN,
                    "the certificate belongs to another endpoint than " + claimed.get());
        }
        Optional<String> refusal = config.admission().refusal(peer);
        return refusal.isPresent()
                ? new Refused(peer, HttpResponseStatus.FORBIDDEN, refusal.get())
                : new Accepted(peer, extension.offered());
    }

    private static PeerIdentity peer(Channel channel, Optional<EndpointId> id, Proof proof) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress address) || address.isUnresolved()) {
            return new PeerIdentity(id, proof, "an unknown address", false);
        }
        String host = address.getAddress().getHostAddress();
        String text = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
        return new PeerIdentity(id, proof, text, address.getAddress().isLoopbackAddress());
    }
}
