// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// WebSocket clients made of nothing but Netty, equal for both sides of a comparison: connections that stay,
/// and one frame in flight on each when they are set going.
final class EchoLoad implements AutoCloseable {
    private static final int CONNECTIONS_PER_ADDRESS = 5_000;
    private static final int CONNECT_AT_ONCE = 200;
    private static final long PATIENCE_SECONDS = 60;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private final Optional<SslContext> tls;

    EchoLoad() {
        this(Optional.empty());
    }

    EchoLoad(Optional<SslContext> tls) {
        this.tls = tls;
    }

    /// Opens this many more connections; returns when all stand.
    void connect(int port, int count) throws InterruptedException {
        int open = 0;
        while (open < count) {
            int batch = Math.min(CONNECT_AT_ONCE, count - open);
            CountDownLatch upgraded = new CountDownLatch(batch);
            for (int i = 0; i < batch; i++) {
                channels.add(connectOne(port, channels.size(), upgraded));
            }
            if (!upgraded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(upgraded.getCount() + " connections did not come up");
            }
            open += batch;
        }
    }

    private Channel connectOne(int port, int number, CountDownLatch upgraded) throws InterruptedException {
        String address = "127.0.0." + (2 + number / CONNECTIONS_PER_ADDRESS);
        URI uri =
                URI.create((tls.isPresent() ? "wss" : "ws") + "://127.0.0.1:" + port + "/usp?eid=doc::bench-" + number);
        WebSocketClientProtocolHandler upgrade =
                new WebSocketClientProtocolHandler(WebSocketClientHandshakerFactory.newHandshaker(
                        uri, WebSocketVersion.V13, "v1.usp", false, new DefaultHttpHeaders(), 64 * 1024));
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(8192),
                                        upgrade,
                                        new Echo(upgraded));
                    }
                })
                .connect(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                        new InetSocketAddress(InetAddress.ofLiteral(address), 0))
                .sync()
                .channel();
    }

    /// Sends this many frames in all, one in flight on each connection, checks each one that comes back.
    ///
    /// @return frames a second
    double echo(int frameBytes, long frames) throws InterruptedException {
        Job job = new Job(frameBytes, frames);
        long begin = System.nanoTime();
        for (Channel channel : channels) {
            channel.eventLoop().execute(() -> {
                channel.pipeline().get(Echo.class).job = job;
                job.sendOne(channel);
            });
        }
        if (!job.done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("only " + job.received.get() + " of " + frames + " frames came back");
        }
        if (job.wrong.get() > 0) {
            throw new IllegalStateException(job.wrong.get() + " frames came back changed");
        }
        return frames * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        for (Channel channel : channels) {
            ChannelFuture _ = channel.close();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// One run over all connections.
    private static final class Job {
        private final ByteBuf frame;
        private final long frames;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong wrong = new AtomicLong();
        private final CountDownLatch done = new CountDownLatch(1);

        Job(int frameBytes, long frames) {
            byte[] content = new byte[frameBytes];
            for (int i = 0; i < frameBytes; i++) {
                content[i] = (byte) (i * 31);
            }
            this.frame =
                    Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(content).asReadOnly());
            this.frames = frames;
        }

        void sendOne(Channel channel) {
            if (sent.getAndIncrement() < frames) {
                // what is not written is missed at the end
                ChannelFuture _ = channel.writeAndFlush(new BinaryWebSocketFrame(frame.duplicate()));
            }
        }

        void came(ByteBuf content) {
            if (!content.equals(frame)) {
                wrong.incrementAndGet();
            }
            if (received.incrementAndGet() == frames) {
                done.countDown();
            }
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final CountDownLatch upgraded;
        private volatile Job job = new Job(0, 0);

        Echo(CountDownLatch upgraded) {
            this.upgraded = upgraded;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                upgraded.countDown();
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
            job.came(frame.content());
            job.sendOne(context.channel());
        }
    }
}
