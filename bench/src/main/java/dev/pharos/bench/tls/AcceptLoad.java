// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.tls;

import dev.pharos.pki.Issued;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// TLS 1.3 clients of bare Netty, equal for both sides: each connection is a whole handshake, since the engine
/// is not told whom it talks to and so finds no session to resume, and ends when its byte is back.
final class AcceptLoad implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext context;

    /// @param own shown where there is one
    AcceptLoad(Certificates certificates, Optional<Issued> own) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(certificates.trusted().toFile())
                .endpointIdentificationAlgorithm(null)
                .protocols("TLSv1.3");
        own.ifPresent(issued -> builder.keyManager(issued.key(), issued.certificate()));
        context = builder.build();
    }

    /// Connects so often, one after the other.
    void connect(int port, int times) throws InterruptedException, ExecutionException, TimeoutException {
        for (int i = 0; i < times; i++) {
            CompletableFuture<Byte> back = new CompletableFuture<>();
            Channel channel = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline().addLast(context.newHandler(made.alloc()), new Caller(back));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .sync()
                    .channel();
            byte answer = back.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer != Caller.SAID) {
                throw new IllegalStateException("got back " + answer);
            }
            channel.close().sync();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Caller extends ChannelInboundHandlerAdapter {
        static final byte SAID = 7;
        private final CompletableFuture<Byte> back;

        Caller(CompletableFuture<Byte> back) {
            this.back = back;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            // a byte that cannot be written is never answered
            ChannelFuture _ = context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {SAID}));
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf content = (ByteBuf) message;
            back.complete(content.readByte());
            content.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            back.completeExceptionally(cause);
        }
    }
}
