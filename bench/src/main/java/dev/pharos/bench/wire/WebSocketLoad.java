// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.usp.EndpointId;
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
/// and frames in flight on each when they are set going.
final class WebSocketLoad implements AutoCloseable {
    private static final int CONNECTIONS_PER_ADDRESS = 5_000;
    private static final int CONNECT_AT_ONCE = 200;
    private static final long PATIENCE_SECONDS = 60;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private final Optional<SslContext> tls;

    WebSocketLoad() {
        this(Optional.empty());
    }

    WebSocketLoad(Optional<SslContext> tls) {
        this.tls = tls;
    }

    /// Who the connection with this number says it is.
    static EndpointId peer(int number) {
        return EndpointId.of("doc::bench-" + number);
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
        URI uri = URI.create((tls.isPresent() ? "wss" : "ws") + "://127.0.0.1:" + port + "/usp?eid=" + peer(number));
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
                                        new Wire(number, upgraded));
                    }
                })
                .connect(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                        new InetSocketAddress(InetAddress.ofLiteral(address), 0))
                .sync()
                .channel();
    }

    /// What goes over the connections, and what comes back. Called on one thread.
    interface Traffic {
        /// The next frame on this connection.
        ByteBuf frame(int connection);

        /// What a frame is that came.
        Verdict came(int connection, ByteBuf content);
    }

    /// What a frame is that came: the answer to one that was sent, something that the other end sends of itself, or
    /// what must not be.
    enum Verdict {
        ANSWER,
        UNASKED,
        WRONG
    }

    /// Sends this many frames in all, and waits for the answer to each.
    ///
    /// @param inFlight how many wait for an answer on each connection
    /// @return frames a second
    double run(Traffic traffic, int inFlight, long frames) throws InterruptedException {
        Job job = new Job(traffic, frames);
        long begin = System.nanoTime();
        for (Channel channel : channels) {
            channel.eventLoop().execute(() -> {
                Wire wire = channel.pipeline().get(Wire.class);
                wire.job = job;
                for (int i = 0; i < inFlight; i++) {
                    job.sendOne(channel, wire.number);
                }
            });
        }
        if (!job.done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("only " + job.answered.get() + " of " + frames + " frames were answered");
        }
        if (job.wrong.get() > 0) {
            throw new IllegalStateException(job.wrong.get() + " frames came that must not");
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
        private static final Job NONE = new Job(
                new Traffic() {
                    @Override
                    public ByteBuf frame(int connection) {
                        return Unpooled.EMPTY_BUFFER;
                    }

                    @Override
                    public Verdict came(int connection, ByteBuf content) {
                        return Verdict.UNASKED;
                    }
                },
                0);

        private final Traffic traffic;
        private final long frames;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();
        private final AtomicLong wrong = new AtomicLong();
        private final CountDownLatch done = new CountDownLatch(1);

        Job(Traffic traffic, long frames) {
            this.traffic = traffic;
            this.frames = frames;
        }

        void sendOne(Channel channel, int number) {
            if (sent.getAndIncrement() < frames) {
                // what is not written is missed at the end
                ChannelFuture _ = channel.writeAndFlush(new BinaryWebSocketFrame(traffic.frame(number)));
            }
        }

        void came(Channel channel, int number, ByteBuf content) {
            switch (traffic.came(number, content)) {
                case UNASKED -> {}
                case WRONG -> wrong.incrementAndGet();
                case ANSWER -> {
                    if (answered.incrementAndGet() == frames) {
                        done.countDown();
                    }
                    sendOne(channel, number);
                }
            }
        }
    }

    private static final class Wire extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final int number;
        private final CountDownLatch upgraded;
        private volatile Job job = Job.NONE;

        Wire(int number, CountDownLatch upgraded) {
            this.number = number;
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
            job.came(context.channel(), number, frame.content());
        }
    }
}
