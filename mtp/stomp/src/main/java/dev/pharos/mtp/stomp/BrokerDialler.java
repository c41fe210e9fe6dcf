// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.tls.ClientTls;
import dev.pharos.mtp.tls.TlsSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.stomp.StompSubframeEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the TCP connections, and TLS upon them, of one transport's sessions.
final class BrokerDialler {
    private final StompConfig config;
    private final @Nullable ClientTls tls;
    private final StompLoops loops;
    private int attempts;
    private volatile @Nullable Channel last;

    private BrokerDialler(StompConfig config, @Nullable ClientTls tls) {
        this.config = config;
        this.tls = tls;
        this.loops = StompLoops.acquire();
    }

    /// @throws IOException where a file of certificates cannot be used
    static BrokerDialler of(StompConfig config) throws IOException {
        return new BrokerDialler(
                config,
                config.secure()
                        ? ClientTls.open(config.session().tls().orElseGet(TlsSettings::trustingTheRuntime))
                        : null);
    }

    EventLoop loop() {
        return loops.loops().next();
    }

    /// Waits for the look-up of the name and for files of certificates that have changed, not for the connection.
    /// Attempts go round all addresses that the name
    /// has.
    ///
    /// @param failed told where there is no connection, so that the session cannot tell
    void dial(BrokerSession session, Consumer<String> failed) {
        ClientTls files = tls;
        if (files != null) {
            files.refresh();
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(config.host());
        } catch (UnknownHostException unknown) {
            failed.accept("the host name " + config.host() + " is not known");
            return;
        }
        InetAddress address = addresses[attempts++ % addresses.length];
        ChannelFuture connect = new Bootstrap()
                .group(loops.loops())
                .channel(loops.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Limits.CONNECT_TIME.toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        prepare(made, session);
                    }
                })
                .connect(new InetSocketAddress(address, config.port()));
        last = connect.channel();
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(Texts.of(done.cause()));
            }
        });
    }

    private void prepare(SocketChannel made, BrokerSession session) {
        ClientTls secured = tls;
        if (secured != null) {
            made.pipeline().addLast(secured.handler(made.alloc(), config.host(), config.port()));
        }
        made.pipeline()
                // Many Records at once become one system call.
                .addLast(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                .addLast(
                        BrokerSession.DECODER,
                        new StompFrameDecoder(config.queues().maxRecordBytes()))
                .addLast(new StompSubframeEncoder())
                .addLast(session);
    }

    /// Ends the last session in order and waits for its end, for a bounded time. Not from an event loop.
    void hangUp(@Nullable BrokerSession session) {
        Channel channel = last;
        if (channel == null || session == null) {
            return;
        }
        if (channel.isActive()) {
            channel.eventLoop().execute(() -> session.leave("closed by us"));
        } else {
            channel.close().addListener(FailureLog.LISTENER);
        }
        channel.closeFuture()
                .awaitUninterruptibly(Limits.CLOSE_TIME.plusMillis(300).toMillis());
    }

    void release() {
        loops.release();
    }
}
