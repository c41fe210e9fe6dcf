// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The first life of an accepted connection, until it is a WebSocket session or refused.
final class ServerUpgradeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final WebSocketServerConfig config;
    private final MtpReceiver receiver;
    private final KeepAlive keepAlive;
    private @Nullable Future<?> deadline;
    private boolean judged;

    ServerUpgradeHandler(WebSocketServerConfig config, MtpReceiver receiver, KeepAlive keepAlive) {
        this.config = config;
        this.receiver = receiver;
        this.keepAlive = keepAlive;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Channel channel = context.channel();
        deadline = context.executor()
                .schedule(
                        () -> drop(channel, "no upgrade within " + Limits.UPGRADE_TIME.toSeconds() + " s"),
                        Limits.UPGRADE_TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (judged) {
            return;
        }
        judged = true;
        switch (ServerUpgrade.judge(config, context.channel(), request)) {
            case ServerUpgrade.Refused refused -> {
                answer(context, refused);
                receiver.refused(refused.peer(), refused.reason());
            }
            case ServerUpgrade.Later later -> answer(context, later);
            case ServerUpgrade.Accepted accepted -> accept(context, request, accepted);
        }
    }

    private static void answer(ChannelHandlerContext context, ServerUpgrade.Later later) {
        String seconds = Long.toString(later.after().toSeconds());
        var response = response(
                context,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "too many come at once; try again in " + seconds + " s");
        response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), text + "\n");
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        headers.set(HttpHeaderNames.CONNECTION, "close");
        return response;
    }

    private static void answer(ChannelHandlerContext context, ServerUpgrade.Refused refused) {
        FullHttpResponse response = response(context, refused.status(), refused.reason());
        if (refused.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void accept(ChannelHandlerContext context, FullHttpRequest request, ServerUpgrade.Accepted accepted) {
        Channel channel = context.channel();
        WebSocketDecoderConfig decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(config.limits().maxRecordBytes())
                .withUTF8Validator(false)
                .build();
        var handshaker = new WebSocketServerHandshaker13(null, UspSubprotocol.TOKEN, decoding);
        // The offer may stand in several header lines, of which the handshaker reads the first.
        request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, UspSubprotocol.TOKEN);
        HttpHeaders extra = new DefaultHttpHeaders();
        if (accepted.offersExtension()) {
            extra.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, EidExtension.write(config.own()));
        }
        handshaker.handshake(channel, request, extra, channel.newPromise()).addListener(future -> {
            if (future.isSuccess()) {
                begin(channel, accepted.peer());
            } else {
                refuse(channel, accepted.peer(), "the upgrade failed: " + Texts.of(future.cause()));
            }
        });
    }

    private void begin(Channel channel, PeerIdentity peer) {
        if (!channel.isActive()) {
            return;
        }
        Consumer<WebSocketConnection> ended = keepAlive::forget;
        WebSocketConnection session = new WebSocketConnection(channel, peer, receiver, config.limits(), ended);
        keepAlive.watch(session);
        session.takeOver(this);
    }

    private void drop(Channel channel, String reason) {
        judged = true;
        refuse(channel, ServerUpgrade.stranger(channel), reason);
    }

    private void refuse(Channel channel, PeerIdentity peer, String reason) {
        channel.close().addListener(FailureLog.LISTENER);
        receiver.refused(peer, reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (judged) {
            context.close().addListener(FailureLog.LISTENER);
        } else {
            drop(context.channel(), Texts.of(cause));
        }
    }
}
