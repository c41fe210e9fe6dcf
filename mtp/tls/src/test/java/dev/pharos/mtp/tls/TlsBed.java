// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/// A listener with [ServerTls] that echoes, and clients with [ClientTls] that say one byte and wait for it.
final class TlsBed implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    /// What one side made of a connection.
    ///
    /// @param refusal a sentence where it failed
    /// @param made when the TLS session was made: an older time than this connection's where it was resumed
    record Outcome(Optional<String> refusal, String protocol, String peer, long made) {
        static Outcome of(SSLEngine engine, String peer) {
            return new Outcome(
                    Optional.empty(),
                    engine.getSession().getProtocol(),
                    peer,
                    engine.getSession().getCreationTime());
        }

        static Outcome failed(String sentence) {
            return new Outcome(Optional.of(sentence), "", "", 0);
        }

        String sentence() {
            return refusal.orElse("was accepted");
        }
    }

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Outcome> atServer = new LinkedBlockingQueue<>();
    private final Channel listener;

    TlsBed(ServerTls tls) {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.handler(channel.alloc()), new Echo(atServer));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// What the server made of the next connection.
    Outcome server() throws InterruptedException {
        Outcome outcome = atServer.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("the server has seen nobody");
        }
        return outcome;
    }

    /// One connection, whatever the host is called.
    ///
    /// @param protocols what the client speaks; all of ours where none is given
    Outcome dial(ClientTls tls, String host, String... protocols) throws Exception {
        try (Call call = call(tls, host, protocols)) {
            return call.outcome();
        }
    }

    /// A connection that stays.
    record Call(Channel channel, CompletableFuture<Outcome> made) implements AutoCloseable {
        Outcome outcome() throws Exception {
            return made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            channel.close().syncUninterruptibly();
        }
    }

    Call call(ClientTls tls, String host, String... protocols) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        SslHandler handler = tls.handler(made.alloc(), host, port());
                        if (protocols.length > 0) {
                            handler.engine().setEnabledProtocols(protocols);
                        }
                        made.pipeline().addLast(handler, new Caller(outcome));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port())
                .syncUninterruptibly()
                .channel();
        return new Call(channel, outcome);
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Outcome> outcomes;
        private boolean told;

        Echo(BlockingQueue<Outcome> outcomes) {
            this.outcomes = outcomes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!told) {
                told = true;
                outcomes.add(Outcome.of(
                        context.pipeline().get(SslHandler.class).engine(),
                        CertificateIdentity.of(context.channel()).toString()));
            }
            context.writeAndFlush(message).addListener(sent -> {});
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!told || cause instanceof CertificateEndedException) {
                told = true;
                outcomes.add(Outcome.failed(TlsFailure.sentence(cause).orElseGet(cause::toString)));
            }
            context.close().addListener(closed -> {});
        }
    }

    private static final class Caller extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Outcome> outcome;

        Caller(CompletableFuture<Outcome> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {7})).addListener(sent -> {});
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
            outcome.complete(Outcome.of(
                    context.pipeline().get(SslHandler.class).engine(),
                    CertificateIdentity.of(context.channel()).toString()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            outcome.complete(Outcome.failed(TlsFailure.sentence(cause).orElseGet(cause::toString)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            outcome.complete(Outcome.failed("the connection ended"));
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
