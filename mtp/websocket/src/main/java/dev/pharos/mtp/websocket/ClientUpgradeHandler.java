// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.EndpointId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The first life of a dialled connection: asks for the upgrade and judges the answer.
final class ClientUpgradeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    /// What became of the attempt; exactly one of the two is called, on the event loop.
    interface Outcome {
        void upgraded(ChannelHandlerContext context, PeerIdentity peer);

        /// @param asked how long the server wants to be left alone; zero where it says nothing of that
        void failed(String reason, Duration asked);
    }

    private final WebSocketClientConfig config;
    private final Outcome outcome;
    private final WebSocketClientHandshaker13 handshaker;
    private @Nullable Future<?> deadline;
    private boolean decided;

    ClientUpgradeHandler(WebSocketClientConfig config, URI target, Outcome outcome) {
        this.config = config;
        this.outcome = outcome;
        HttpHeaders extra = new DefaultHttpHeaders();
        if (config.offerEidExtension()) {
            extra.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, EidExtension.write(config.own()));
        }
        this.handshaker = new WebSocketClientHandshaker13(
                target,
                WebSocketVersion.V13,
                UspSubprotocol.TOKEN,
                false,
                extra,
                config.limits().maxRecordBytes());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        deadline = context.executor()
                .schedule(
                        () -> fail(
                                channel, "no answer to the upgrade within " + Limits.UPGRADE_TIME.toSeconds() + " s"),
                        Limits.UPGRADE_TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
        handshaker.handshake(channel).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(channel, reason(sent.cause()));
            }
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (decided) {
            return;
        }
        Channel channel = context.channel();
        if (!response.decoderResult().isSuccess()) {
            fail(channel, "the answer to the upgrade is no HTTP");
        } else if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            String body = Texts.shown(response.content().toString(StandardCharsets.UTF_8));
            fail(
                    channel,
                    "the server answered " + response.status() + (body.isEmpty() ? "" : ": " + body),
                    RetryAfter.of(response, InstantSource.system()));
        } else if (!UspSubprotocol.TOKEN.equals(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))) {
            fail(channel, "the server did not agree to the subprotocol " + UspSubprotocol.TOKEN);
        } else {
            finish(context, response);
        }
    }

    private void finish(ChannelHandlerContext context, FullHttpResponse response) {
        Channel channel = context.channel();
        List<String> extensions = response.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        try {
            handshaker.finishHandshake(channel, response);
        } catch (WebSocketHandshakeException bad) {
            fail(channel, "the answer to the upgrade is wrong: " + Texts.of(bad));
            return;
        }
        decided = true;
        outcome.upgraded(context, peer(channel, EidExtension.read(extensions).endpointId()));
    }

    private PeerIdentity peer(Channel channel, Optional<EndpointId> told) {
        CertificateIdentity certificate = CertificateIdentity.of(channel);
        Optional<EndpointId> id = told.or(certificate::only);
        Proof proof = id.filter(certificate::proves).isPresent() ? Proof.CERTIFICATE : Proof.NONE;
        // Behind a proxy may be anybody, wherever the proxy is.
        boolean loopback = config.proxy().isEmpty()
                && channel.remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
        return new PeerIdentity(id, proof, WebSocketClientMtp.describe(config), loopback);
    }

    private String reason(Throwable cause) {
        return ProxyTunnel.sentence(config.proxy(), cause).orElseGet(() -> Texts.of(cause));
    }

    private void fail(Channel channel, String reason) {
        fail(channel, reason, Duration.ZERO);
    }

    private void fail(Channel channel, String reason, Duration asked) {
        if (!decided) {
            decided = true;
            channel.close().addListener(FailureLog.LISTENER);
            outcome.failed(reason, asked);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context.channel(), "the server closed the connection during the upgrade");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context.channel(), reason(cause));
        context.close().addListener(FailureLog.LISTENER);
    }
}
