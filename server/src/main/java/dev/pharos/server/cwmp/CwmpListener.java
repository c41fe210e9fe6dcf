// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.SessionLog;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.Reception;
import dev.pharos.mtp.HttpDigest;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.mtp.tls.TlsFailure;
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
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where devices of TR-069 come to, at `/cwmp`: a listener of its own, so that a crowd of devices takes nothing from
/// the
/// people at the page.
public final class CwmpListener implements AutoCloseable {
    public static final String PATH = "/cwmp";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 24;

    private final CwmpDesk desk;
    private final AcsSessions sessions;
    private final Runnable sweep;
    private final Onlooker onlooker;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("pharos-cwmp", true), NioIoHandler.newFactory());
    private final List<Channel> listening = new ArrayList<>();
    private final List<ServerTls> secured = new ArrayList<>();
    private final Set<Channel> accepted = ConcurrentHashMap.newKeySet();
    private @Nullable Thread sweeper;

    /// What the listener works with.
    ///
    /// @param secrets what is kept of the login of this name, as [#secret] makes it
    /// @param sweep is to be called now and then
    public record Parts(
            Reception reception,
            Function<String, Optional<byte[]>> secrets,
            Turnstile turnstile,
            Clock clock,
            Runnable sweep,
            Onlooker onlooker) {}

    /// Looks on. Called by the threads of devices, which wait so long.
    @FunctionalInterface
    public interface Onlooker {
        /// Somebody got no further than TLS, HTTP or a wrong password.
        void refused(String address, String reason);

        /// A message came and is answered.
        default void passed(SessionLog.Exchange exchange) {}
    }

    public CwmpListener(Parts parts) {
        this.sessions = new AcsSessions(parts.reception(), parts.clock(), CwmpListener::random);
        this.onlooker = parts.onlooker();
        this.desk = new CwmpDesk(sessions, new Gatekeeper(parts.secrets(), parts.clock()), parts.turnstile(), onlooker);
        this.sweep = parts.sweep();
    }

    /// What is kept of a login: as good as its password, but here alone.
    public static byte[] secret(String username, String password) {
        return HttpDigest.secret(username, Gatekeeper.REALM, password);
    }

    /// A word that nobody guesses.
    static String random() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// Listens there too.
    ///
    /// @return the address for people, with the real port
    /// @throws IOException where it cannot
    public synchronized String listen(CwmpListenerConfig config) throws IOException {
        InetAddress address = InetAddress.getByName(config.host());
        @Nullable
        ServerTls tls = config.tls().isPresent() ? ServerTls.open(config.tls().get()) : null;
        ChannelFuture bind = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Limits.BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel, tls);
                    }
                })
                .bind(new InetSocketAddress(address, config.port()))
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            if (tls != null) {
                tls.close();
            }
            throw new IOException(
                    "cannot listen on " + config.host() + " port " + config.port() + ": "
                            + bind.cause().getMessage(),
                    bind.cause());
        }
        listening.add(bind.channel());
        if (tls != null) {
            secured.add(tls);
        }
        if (sweeper == null) {
            sweeper = Thread.ofVirtual().name("cwmp-sweep").start(this::sweep);
        }
        int port = bind.channel().localAddress() instanceof InetSocketAddress bound ? bound.getPort() : config.port();
        String host = config.host().indexOf(':') < 0 ? config.host() : "[" + config.host() + "]";
        return (tls == null ? "http://" : "https://") + host + ":" + port + PATH;
    }

    private void prepare(SocketChannel channel, @Nullable ServerTls tls) {
        if (accepted.size() >= Limits.CONNECTIONS) {
            ChannelFuture _ = channel.close();
            return;
        }
        accepted.add(channel);
        channel.closeFuture().addListener(_ -> accepted.remove(channel));
        InetSocketAddress from = channel.remoteAddress();
        InetAddress host = from.getAddress();
        String address = host.getHostAddress() + ":" + from.getPort();
        if (tls != null) {
            channel.pipeline()
                    .addLast(tls.handler(
                            channel.alloc(),
                            failure -> TlsFailure.sentence(failure)
                                    .ifPresent(reason -> onlooker.refused(address, reason))));
        }
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxChunkSize(Limits.CHUNK_BYTES);
        channel.pipeline()
                .addLast(
                        new IdleStateHandler(Limits.QUIET.toSeconds(), 0, 0, TimeUnit.SECONDS),
                        new HttpServerCodec(http),
                        new HttpContentDecompressor(Limits.BODY_BYTES),
                        new CwmpHandler(desk, address, host.getHostAddress(), host.isLoopbackAddress(), tls != null));
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(Limits.SWEEP);
                sessions.sweep();
                sweep.run();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends all sessions.
    @Override
    public synchronized void close() {
        if (sweeper != null) {
            sweeper.interrupt();
        }
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        sessions.close();
        secured.forEach(ServerTls::close);
        for (Channel channel : accepted) {
            // the loops' end waits for it
            ChannelFuture _ = channel.close();
        }
        loops.shutdownGracefully(0, Limits.GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(Limits.GRACE.toMillis());
    }
}
