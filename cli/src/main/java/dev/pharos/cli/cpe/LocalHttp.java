// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A small HTTP server of the device, for few who ask little. Thread-safe.
final class LocalHttp implements AutoCloseable {
    private final EventLoopGroup loop;
    private final AtomicInteger connections = new AtomicInteger();
    private final Site site;
    private final String name;
    private final Duration silence;
    private String url = "";

    /// What is asked.
    ///
    /// @param caller the address of who asks
    record Asked(HttpMethod method, String uri, HttpHeaders headers, String body, String caller) {}

    /// What is there. It may wait.
    @FunctionalInterface
    interface Site {
        FullHttpResponse answer(Asked asked) throws InterruptedException;
    }

    private LocalHttp(String name, Duration silence, Site site) {
        this.silence = silence;
        this.name = name;
        this.site = site;
        this.loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    /// @param at an address of this host; port 0 is any free one
    /// @param name of its threads
    /// @param silence after which a connection is closed, longer than an answer takes
    /// @throws IOException where it cannot listen there
    static LocalHttp open(InetSocketAddress at, String name, Duration silence, Site site) throws IOException {
        LocalHttp server = new LocalHttp(name, silence, site);
        server.listen(at);
        return server;
    }

    private void listen(InetSocketAddress at) throws IOException {
        ChannelFuture bind = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel);
                    }
                })
                .bind(at)
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            close();
            throw new IOException("cannot listen on " + at + ": " + bind.cause().getMessage(), bind.cause());
        }
        InetSocketAddress bound = (InetSocketAddress) bind.channel().localAddress();
        String host = bound.getAddress().getHostAddress();
        url = "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
    }

    /// `http://ADDRESS:PORT`
    String url() {
        return url;
    }

    private void prepare(SocketChannel channel) {
        if (connections.incrementAndGet() > Limits.CALL_CONNECTIONS) {
            connections.decrementAndGet();
            ChannelFuture _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> connections.decrementAndGet());
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.CALL_BYTES)
                .setMaxHeaderSize(Limits.CALL_BYTES);
        channel.pipeline()
                .addLast(
                        new ReadTimeoutHandler(silence.toSeconds(), TimeUnit.SECONDS),
                        new HttpServerCodec(http),
                        new HttpObjectAggregator(Limits.FORM_BYTES, true),
                        new Handler(channel.remoteAddress().getAddress()));
    }

    /// One connection.
    private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final String caller;

        Handler(InetAddress caller) {
            this.caller = caller.getHostAddress();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean readable = !request.decoderResult().isFailure();
            boolean stays = readable && HttpUtil.isKeepAlive(request);
            Asked asked = new Asked(
                    request.method(),
                    request.uri(),
                    request.headers().copy(),
                    request.content().toString(StandardCharsets.UTF_8),
                    caller);
            // what is to be told is kept before it is answered, which must not hold up others
            Thread.ofVirtual().name(name).start(() -> {
                FullHttpResponse response = readable ? answer(asked) : response(HttpResponseStatus.BAD_REQUEST);
                HttpUtil.setKeepAlive(response, stays);
                ChannelFuture written = context.writeAndFlush(response);
                if (!stays) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            });
        }

        private FullHttpResponse answer(Asked asked) {
            try {
                return site.answer(asked);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return response(HttpResponseStatus.SERVICE_UNAVAILABLE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // silent, or gone: nothing to say to it
            ChannelFuture _ = context.close();
        }
    }

    /// An answer with nothing in it.
    static FullHttpResponse response(HttpResponseStatus status) {
        return response(status, "");
    }

    /// An answer with a page in it.
    static FullHttpResponse response(HttpResponseStatus status, String page) {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return response;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
