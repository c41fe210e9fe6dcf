// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A WebSocket server for USP: a Controller that Agents dial, or an Agent that Controllers dial (R-WS.6). It
/// tells the receiver of every session; which of two sessions of one Endpoint stays is the receiver's
/// business (R-WS.4).
public final class WebSocketServerMtp implements Mtp {
    private static final Duration GRACE = Limits.CLOSE_TIME.plusMillis(500);

    private final WebSocketServerConfig config;
    private final Set<Channel> accepted = ConcurrentHashMap.newKeySet();
    private @Nullable WebSocketTransports transports;
    private @Nullable Channel listener;
    private @Nullable ServerTls tls;
    private volatile int boundPort;
    private boolean closed;

    public WebSocketServerMtp(WebSocketServerConfig config) {
        this.config = config;
        this.boundPort = config.port();
    }

    /// The port it listens on, once started; before that, the configured one.
    public int port() {
        return boundPort;
    }

    @Override
    public synchronized void start(MtpReceiver receiver) throws IOException {
        if (closed || transports != null) {
            throw new IOException(description() + " was started before");
        }
        InetAddress address = InetAddress.getByName(config.host());
        @Nullable
        ServerTls secured =
                config.tls().isPresent() ? ServerTls.open(config.tls().get()) : null;
        WebSocketTransports shared = WebSocketTransports.acquire();
        ChannelFuture bind = new ServerBootstrap()
                .group(shared.loops())
                .channel(shared.serverChannel())
                .option(ChannelOption.SO_BACKLOG, Limits.ACCEPT_BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel, secured, receiver, shared.keepAlive());
                    }
                })
                .bind(new InetSocketAddress(address, config.port()))
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            shared.release();
            if (secured != null) {
                secured.close();
            }
            throw new IOException(
                    "cannot listen on " + config.host() + " port " + config.port() + ": " + Texts.of(bind.cause()),
                    bind.cause());
        }
        transports = shared;
        tls = secured;
        Channel bound = bind.channel();
        listener = bound;
        if (bound.localAddress() instanceof InetSocketAddress local) {
            boundPort = local.getPort();
        }
    }

    private void prepare(
            SocketChannel channel, @Nullable ServerTls secured, MtpReceiver receiver, KeepAlive keepAlive) {
        accepted.add(channel);
        channel.closeFuture().addListener(finished -> accepted.remove(channel));
        if (secured != null) {
            channel.pipeline().addLast(secured.handler(channel.alloc()));
        }
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setInitialBufferSize(Limits.HTTP_INITIAL_BUFFER)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxChunkSize(Limits.HTTP_BODY_BYTES);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(http),
                        new HttpObjectAggregator(Limits.HTTP_BODY_BYTES, true),
                        new ServerUpgradeHandler(config, receiver, keepAlive));
    }

    @Override
    public String description() {
        String host = config.host().indexOf(':') < 0 ? config.host() : "[" + config.host() + "]";
        return (config.tls().isPresent() ? "wss://" : "ws://") + host + ":" + port() + config.path();
    }

    @Override
    public synchronized Optional<MtpAddress> address() {
        return listener == null || closed
                ? Optional.empty()
                : Optional.of(new MtpAddress("ws", config.tls().isPresent(), config.host(), port(), config.path()));
    }

    /// Must not be called from a receiver's callback, since it waits for the peers' Close frames.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        WebSocketTransports shared = transports;
        if (shared == null || listener == null) {
            return;
        }
        listener.close().awaitUninterruptibly();
        if (tls != null) {
            tls.close();
        }
        for (Channel channel : accepted) {
            WebSocketConnection session = channel.pipeline().get(WebSocketConnection.class);
            if (session == null) {
                channel.close().addListener(FailureLog.LISTENER);
            } else {
                session.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "this server stops");
            }
        }
        long end = System.nanoTime() + GRACE.toNanos();
        for (Channel channel : accepted) {
            if (!channel.closeFuture().awaitUninterruptibly(Math.max(1, (end - System.nanoTime()) / 1_000_000))) {
                channel.close().addListener(FailureLog.LISTENER);
            }
        }
        shared.release();
    }
}
