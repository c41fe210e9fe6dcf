// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.tls;

import dev.pharos.mtp.tls.CertificateIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A listener that gives back what it gets over TLS, on one thread, whose processor time is read. Both sides of
/// the comparison are this class, with another maker of handlers each.
final class AcceptServer implements AutoCloseable {
    private final EventLoopGroup loop;
    private final Channel listener;
    private final AtomicInteger anonymous = new AtomicInteger();
    private final AtomicInteger proven = new AtomicInteger();
    private volatile long threadId;

    AcceptServer(Function<ByteBufAllocator, SslHandler> tls) throws InterruptedException {
        loop = new MultiThreadIoEventLoopGroup(
                1,
                task -> {
                    Thread thread = new Thread(task, "bench-accept");
                    threadId = thread.threadId();
                    return thread;
                },
                NioIoHandler.newFactory());
        listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.apply(channel.alloc()), new Echo());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Connections that were accepted so far without a certificate.
    int anonymous() {
        return anonymous.get();
    }

    /// Connections that were accepted so far with the device's certificate.
    int proven() {
        return proven.get();
    }

    long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            boolean device = CertificateIdentity.of(context.channel()).proves(Certificates.DEVICE);
            (device ? proven : anonymous).incrementAndGet();
            // a byte that cannot be written ends its connection, which the load side sees
            ChannelFuture _ = context.writeAndFlush(message);
        }
    }
}
