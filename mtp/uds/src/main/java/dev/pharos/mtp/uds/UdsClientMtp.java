// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UNIX domain socket client for USP (R-UDS.4): keeps one server reached and dials anew after every loss
/// (R-UDS.5). Every failed attempt is told to the receiver with its reason.
public final class UdsClientMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(UdsClientMtp.class);

    /// What a certificate may name beside the Endpoint.
    private static final String HOST = "localhost";

    private final UdsClientConfig config;
    private @Nullable ClientTls tls;
    private @Nullable UdsTransports transports;
    private @Nullable MtpReceiver receiver;
    private @Nullable Channel channel;
    private @Nullable Future<?> retry;
    private boolean closed;

    public UdsClientMtp(UdsClientConfig config) {
        this.config = config;
    }

    @Override
    public synchronized void start(MtpReceiver newReceiver) throws IOException {
        if (closed || transports != null) {
            throw new IOException(description() + " was started before");
        }
        tls = config.tls().isPresent() ? ClientTls.open(config.tls().get()) : null;
        receiver = newReceiver;
        transports = UdsTransports.acquire();
        dial();
    }

    @Override
    public String description() {
        return "unix:" + config.path();
    }

    /// Looks at the files of TLS first, which may wait for the disk, so not on an event loop.
    private synchronized void dial() {
        ClientTls files = tls;
        if (files == null) {
            connect(Optional.empty());
            return;
        }
        Thread.ofVirtual().name("uds-tls-files").start(() -> {
            files.refresh();
            connect(Optional.of(files));
        });
    }

    private synchronized void connect(Optional<ClientTls> secured) {
        UdsTransports shared = transports;
        MtpReceiver told = receiver;
        if (closed || shared == null || told == null) {
            return;
        }
        ChannelFuture connect = new Bootstrap()
                .group(shared.loops())
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        UdsConnection.End end = new UdsConnection.End(
                                config.own(), true, description(), config.limits(), UdsClientMtp.this::again);
                        secured.ifPresent(files -> made.pipeline().addLast(files.handler(made.alloc(), HOST, 0)));
                        new UdsConnection(made, end, told).join();
                    }
                })
                .connect(UnixDomainSocketAddress.of(config.path()));
        channel = connect.channel();
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                notReached(told, Texts.of(done.cause()));
            }
        });
    }

    private void notReached(MtpReceiver told, String reason) {
        try {
            told.refused(new PeerIdentity(Optional.empty(), Proof.NONE, description(), false), reason);
        } catch (RuntimeException ours) {
            LOG.error("a receiver failed when told that {} is not reached", description(), ours);
        }
        again();
    }

    private synchronized void again() {
        UdsTransports shared = transports;
        if (closed || shared == null) {
            return;
        }
        channel = null;
        long wait = config.pause().next(ThreadLocalRandom.current()).toMillis();
        retry = shared.loops().next().schedule(this::dial, wait, TimeUnit.MILLISECONDS);
    }

    /// Must not be called from a receiver's callback, since it waits for the connection's end.
    @Override
    public void close() {
        Channel last;
        UdsTransports shared;
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
            UdsConnection connection = last.pipeline().get(UdsConnection.class);
            if (connection == null) {
                last.close().addListener(FailureLog.LISTENER);
            } else {
                connection.close(CloseReason.NORMAL);
            }
            last.closeFuture()
                    .awaitUninterruptibly(Limits.CLOSE_TIME.plusMillis(500).toMillis());
        }
        if (shared != null) {
            shared.release();
        }
    }
}
