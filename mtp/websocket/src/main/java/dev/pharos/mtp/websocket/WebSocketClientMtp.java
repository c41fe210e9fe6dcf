// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.ClientTls;
import dev.pharos.mtp.tls.TlsSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket client for USP (R-WS.5): keeps one server reached and dials anew after every loss, waiting as the
/// configured back-off says, and longer where a server that refuses asks for it by `Retry-After`; a session that
/// was established sets the count of retries to zero (R-WS.19, R-WS.20). Every failed attempt is told to the
/// receiver with its reason.
public final class WebSocketClientMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketClientMtp.class);

    private final WebSocketClientConfig config;
    private final URI target;
    private @Nullable WebSocketTransports transports;
    private volatile @Nullable ClientTls tls;
    private @Nullable MtpReceiver receiver;
    private @Nullable Channel channel;
    private @Nullable Future<?> retry;
    private int attempts;
    private int failuresInARow;
    private boolean closed;

    public WebSocketClientMtp(WebSocketClientConfig config) {
        this.config = config;
        String query = EidQuery.target(config.uri().getRawPath(), config.uri().getRawQuery(), config.own());
        this.target =
                URI.create((config.secure() ? "wss://" : "ws://") + config.uri().getRawAuthority() + query);
    }

    @Override
    public synchronized void start(MtpReceiver newReceiver) throws IOException {
        if (closed || transports != null) {
            throw new IOException(description() + " was started before");
        }
        if (config.secure()) {
            tls = ClientTls.open(config.tls().orElseGet(TlsSettings::trustingTheRuntime));
        }
        receiver = newReceiver;
        transports = WebSocketTransports.acquire();
        resolve();
    }

    @Override
    public String description() {
        return describe(config);
    }

    static String describe(WebSocketClientConfig config) {
        String path = config.uri().getRawPath();
        return config.uri().getScheme() + "://" + config.uri().getRawAuthority() + (path == null ? "" : path);
    }

    /// Names and files are looked up on a virtual thread, since the look-up waits and an event loop must not.
    private void resolve() {
        ClientTls files = tls;
        String host = config.proxy().map(HttpProxy::host).orElseGet(config::host);
        Thread.ofVirtual().name("resolve " + host).start(() -> {
            try {
                if (files != null) {
                    files.refresh();
                }
                InetAddress[] addresses = InetAddress.getAllByName(host);
                dial(addresses);
            } catch (UnknownHostException unknown) {
                failed("the host name " + host + (config.proxy().isPresent() ? " of the proxy" : "") + " is not known");
            }
        });
    }

    /// Attempts go round all addresses that a name has. Where there is a proxy, they are the proxy's, which looks
    /// up the server's name itself.
    private synchronized void dial(InetAddress[] addresses) {
        WebSocketTransports shared = transports;
        if (closed || shared == null) {
            return;
        }
        InetAddress address = addresses[attempts % addresses.length];
        attempts++;
        Optional<ChannelHandler> tunnel =
                config.proxy().map(proxy -> ProxyTunnel.handler(proxy, new InetSocketAddress(address, proxy.port())));
        Bootstrap dialling = tunnel.isPresent() ? new Bootstrap().disableResolver() : new Bootstrap();
        ChannelFuture connect = dialling.group(shared.loops())
                .channel(shared.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Limits.CONNECT_TIME.toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        tunnel.ifPresent(made.pipeline()::addLast);
                        prepare(made, shared.keepAlive());
                    }
                })
                .connect(
                        tunnel.isPresent()
                                ? InetSocketAddress.createUnresolved(config.host(), config.port())
                                : new InetSocketAddress(address, config.port()));
        channel = connect.channel();
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                failed(unreached(done.cause()));
            }
        });
    }

    private String unreached(Throwable cause) {
        return ProxyTunnel.sentence(config.proxy(), cause)
                .or(() -> config.proxy().map(proxy -> "the proxy " + proxy.address() + ": " + Texts.of(cause)))
                .orElseGet(() -> Texts.of(cause));
    }

    private void prepare(SocketChannel made, KeepAlive keepAlive) {
        ClientTls secured = tls;
        if (secured != null) {
            made.pipeline().addLast(secured.handler(made.alloc(), config.host(), config.port()));
        }
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setInitialBufferSize(Limits.HTTP_INITIAL_BUFFER)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxChunkSize(Limits.HTTP_BODY_BYTES);
        made.pipeline()
                .addLast(
                        new HttpClientCodec(http, false, false),
                        new HttpObjectAggregator(Limits.HTTP_BODY_BYTES),
                        new ClientUpgradeHandler(config, target, new ClientUpgradeHandler.Outcome() {
                            @Override
                            public void upgraded(ChannelHandlerContext context, PeerIdentity peer) {
                                begin(context, peer, keepAlive);
                            }

                            @Override
                            public void failed(String reason, Duration asked) {
                                WebSocketClientMtp.this.failed(reason, asked);
                            }
                        }));
    }

    private void begin(ChannelHandlerContext context, PeerIdentity peer, KeepAlive keepAlive) {
        MtpReceiver told;
        synchronized (this) {
            told = receiver;
            failuresInARow = 0;
            if (closed || told == null) {
                context.close().addListener(FailureLog.LISTENER);
                return;
            }
        }
        WebSocketConnection session = new WebSocketConnection(context.channel(), peer, told, config.limits(), gone -> {
            keepAlive.forget(gone);
            again(Duration.ZERO);
        });
        keepAlive.watch(session);
        session.takeOver(context.handler());
    }

    private void failed(String reason) {
        failed(reason, Duration.ZERO);
    }

    private void failed(String reason, Duration asked) {
        MtpReceiver told;
        synchronized (this) {
            told = receiver;
            if (closed || told == null) {
                return;
            }
        }
        try {
            told.refused(new PeerIdentity(Optional.empty(), Proof.NONE, description(), false), reason);
        } catch (RuntimeException ours) {
            LOG.error("a receiver failed when told that {} is not reached", description(), ours);
        }
        again(asked);
    }

    private synchronized void again(Duration asked) {
        WebSocketTransports shared = transports;
        if (closed || shared == null) {
            return;
        }
        channel = null;
        failuresInARow++;
        long wait = config.backoff()
                .waitBefore(failuresInARow, asked, ThreadLocalRandom.current())
                .toMillis();
        retry = shared.loops().next().schedule(this::resolve, wait, TimeUnit.MILLISECONDS);
    }

    /// Must not be called from a receiver's callback, since it waits for the server's Close frame.
    @Override
    public void close() {
        Channel last;
        WebSocketTransports shared;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = channel;
            shared = transports;
            if (retry != null) {
                retry.cancel(false);
            }
        }
        if (last != null) {
            WebSocketConnection session = last.pipeline().get(WebSocketConnection.class);
            if (session == null) {
                last.close().addListener(FailureLog.LISTENER);
            } else {
                session.close(CloseReason.NORMAL);
            }
            last.closeFuture()
                    .awaitUninterruptibly(Limits.CLOSE_TIME.plusMillis(500).toMillis());
        }
        if (shared != null) {
            shared.release();
        }
    }
}
