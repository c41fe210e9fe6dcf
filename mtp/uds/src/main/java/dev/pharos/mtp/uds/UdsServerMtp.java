// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.mtp.tls.TlsSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UNIX domain socket server for USP (R-UDS.2, R-UDS.3). It tells the receiver of every connection; which
/// of two connections of one Endpoint stays is the receiver's business.
public final class UdsServerMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(UdsServerMtp.class);

    private final UdsServerConfig config;
    private final Set<Channel> accepted = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerTls tls;
    private @Nullable UdsTransports transports;
    private @Nullable Channel listener;
    private @Nullable SocketFile file;
    private boolean closed;

    public UdsServerMtp(UdsServerConfig config) {
        this.config = config;
    }

    @Override
    public synchronized void start(MtpReceiver receiver) throws IOException {
        if (closed || transports != null) {
            throw new IOException(description() + " was started before");
        }
        SocketFile socket = SocketFile.prepare(config.path());
        tls = config.tls().isPresent() ? openTls(config.tls().get(), socket) : null;
        UdsTransports shared = UdsTransports.acquire();
        ChannelFuture bind = new ServerBootstrap()
                .group(shared.loops())
                .channel(NioServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Limits.ACCEPT_BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel, receiver);
                    }
                })
                .bind(UnixDomainSocketAddress.of(socket.birthplace()))
                .awaitUninterruptibly();
        try {
            if (!bind.isSuccess()) {
                throw new IOException(
                        "cannot listen on " + config.path() + ": " + Texts.of(bind.cause()), bind.cause());
            }
            socket.publish(config.permissions());
        } catch (IOException failed) {
            bind.channel().close().awaitUninterruptibly();
            socket.abandon();
            shared.release();
            closeTls();
            throw failed;
        }
        transports = shared;
        listener = bind.channel();
        file = socket;
    }

    private static ServerTls openTls(TlsSettings settings, SocketFile socket) throws IOException {
        try {
            return ServerTls.open(settings);
        } catch (IOException unusable) {
            socket.abandon();
            throw unusable;
        }
    }

    private void closeTls() {
        ServerTls files = tls;
        if (files != null) {
            files.close();
        }
    }

    private void prepare(Channel channel, MtpReceiver receiver) {
        accepted.add(channel);
        ServerTls files = tls;
        if (files != null) {
            channel.pipeline().addLast(files.handler(channel.alloc()));
        }
        UdsConnection.End end = new UdsConnection.End(
                config.own(), false, description(), config.limits(), () -> accepted.remove(channel));
        new UdsConnection(channel, end, receiver).join();
    }

    /// The path of the socket.
    public Path path() {
        return config.path();
    }

    @Override
    public String description() {
        return "unix:" + config.path();
    }

    /// Must not be called from a receiver's callback, since it waits for the connections' ends.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closeTls();
        UdsTransports shared = transports;
        if (shared == null || listener == null || file == null) {
            return;
        }
        try {
            file.remove();
        } catch (IOException left) {
            LOG.warn("the socket {} could not be removed: {}", config.path(), left.getMessage());
        }
        listener.close().awaitUninterruptibly();
        for (Channel channel : accepted) {
            UdsConnection connection = channel.pipeline().get(UdsConnection.class);
            if (connection == null) {
                channel.close().addListener(FailureLog.LISTENER);
            } else {
                connection.close(CloseReason.NORMAL);
            }
        }
        long end = System.nanoTime() + Limits.CLOSE_TIME.plusMillis(500).toNanos();
        for (Channel channel : accepted) {
            channel.closeFuture().awaitUninterruptibly(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        shared.release();
    }
}
