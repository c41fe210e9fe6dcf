// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Where devices get their certificates, by EST (RFC 7030), over TLS only: a listener of its own, so that who is let in
/// by a bootstrap gets to nothing else.
public final class EstListener implements AutoCloseable {
    private final EstCounter counter;
    private final Refusals refusals;
    private final ServerTls tls;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("pharos-est", true), NioIoHandler.newFactory());
    private final Set<Channel> accepted = ConcurrentHashMap.newKeySet();
    private final Channel listening;
    private final String url;

    /// Is told of everybody who gets nothing, and why.
    @FunctionalInterface
    public interface Refusals {
        void refused(Optional<EndpointId> device, WirePlace place, String reason);
    }

    /// What the listener works with.
    public record Parts(
            EnrolmentDesk desk, Bootstraps bootstraps, Turnstile turnstile, Refusals refusals, Clock clock) {}

    /// Listens.
    ///
    /// @param files our certificate, and who signs devices' certificates
    /// @param port 0 for any free one
    /// @throws IOException where it cannot, naming the file or the port
    public EstListener(Parts parts, TlsSettings files, String host, int port) throws IOException {
        this.counter = new EstCounter(parts);
        this.refusals = parts.refusals();
        InetAddress address = InetAddress.getByName(host);
        this.tls = ServerTls.open(files.withAcquaintances(parts.bootstraps()));
        ChannelFuture bind = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Limits.BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel);
                    }
                })
                .bind(new InetSocketAddress(address, port))
                .awaitUninterruptibly();
        this.listening = bind.channel();
        if (!bind.isSuccess()) {
            tls.close();
            loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(Limits.GRACE.toMillis());
            throw new IOException(
                    "cannot listen on " + host + " port " + port + ": "
                            + bind.cause().getMessage(),
                    bind.cause());
        }
        int bound = listening.localAddress() instanceof InetSocketAddress at ? at.getPort() : port;
        this.url = "https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound;
    }

    /// The address for people and programs, with the real port; EST has its own path beneath it.
    public String url() {
        return url;
    }

    private void prepare(SocketChannel channel) {
        if (accepted.size() >= Limits.CONNECTIONS) {
            ChannelFuture _ = channel.close();
            return;
        }
        accepted.add(channel);
        channel.closeFuture().addListener(_ -> accepted.remove(channel));
        InetSocketAddress from = channel.remoteAddress();
        String host = from.getAddress().getHostAddress();
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxChunkSize(Limits.BODY_BYTES);
        channel.pipeline()
                .addLast(
                        tls.handler(channel.alloc()),
                        new IdleStateHandler(Limits.QUIET.toSeconds(), 0, 0, TimeUnit.SECONDS),
                        new HttpServerCodec(http),
                        new HttpObjectAggregator(Limits.BODY_BYTES),
                        new EstHandler(counter, refusals, new WirePlace("est", host + ":" + from.getPort()), host));
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        tls.close();
        for (Channel channel : accepted) {
            // the loops' end waits for it
            ChannelFuture _ = channel.close();
        }
        loops.shutdownGracefully(0, Limits.GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(Limits.GRACE.toMillis());
    }
}
