// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.mtp.HttpDigest;
import dev.pharos.mtp.Turnstile;
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
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Where an ACS calls the device: a GET at a path that nobody guesses, with a login that the ACS has written. It
/// changes
/// nothing but that a session is opened, to the ACS that the device knows. Thread-safe.
final class CallListener implements AutoCloseable {
    private static final String REALM = "connection request";

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("cpe-calls", true), NioIoHandler.newFactory());
    private final HttpDigest digest = new HttpDigest(REALM, Clock.systemUTC());
    private final Turnstile turnstile = new Turnstile(Limits.CALLS_A_SECOND, Limits.CALLS_AT_ONCE);
    private final AtomicInteger connections = new AtomicInteger();
    private final String path;
    private final Callee callee;
    private String url = "";

    /// With what somebody proves to be the ACS.
    record Login(String username, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return username;
        }
    }

    /// Who is called.
    interface Callee {
        /// Empty as long as nobody may call.
        Optional<Login> login();

        /// @return false where no session is opened
        boolean called();
    }

    private CallListener(String path, Callee callee) {
        this.path = path;
        this.callee = callee;
    }

    /// @param at an address of this host; port 0 is any free one
    /// @throws IOException where it cannot listen there
    static CallListener open(InetSocketAddress at, String path, Callee callee) throws IOException {
        CallListener listener = new CallListener(path, callee);
        listener.listen(at);
        return listener;
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
        url = "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort() + path;
    }

    /// What the ACS is told: `http://ADDRESS:PORT/PATH`.
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
                        new ReadTimeoutHandler(Limits.CALL_SILENCE.toSeconds(), TimeUnit.SECONDS),
                        new HttpServerCodec(http),
                        new Handler(channel.remoteAddress().getAddress()));
    }

    /// One connection.
    private final class Handler extends SimpleChannelInboundHandler<HttpObject> {
        private final String caller;

        Handler(InetAddress caller) {
            this.caller = caller.getHostAddress();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (!(part instanceof HttpRequest request)) {
                return;
            }
            boolean stays = !request.decoderResult().isFailure() && HttpUtil.isKeepAlive(request);
            String uri = request.uri();
            HttpMethod method = request.method();
            @Nullable String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION);
            boolean readable = !request.decoderResult().isFailure();
            // what is to be told is kept before it is answered, which must not hold up others
            Thread.ofVirtual().name("cpe-call").start(() -> {
                FullHttpResponse response =
                        readable ? answer(method, uri, shown) : response(HttpResponseStatus.BAD_REQUEST);
                HttpUtil.setKeepAlive(response, stays);
                ChannelFuture written = context.writeAndFlush(response);
                if (!stays) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            });
        }

        private FullHttpResponse answer(HttpMethod method, String uri, @Nullable String shown) {
            if (!uri.equals(path)) {
                return response(HttpResponseStatus.NOT_FOUND);
            }
            if (!method.equals(HttpMethod.GET)) {
                FullHttpResponse refused = response(HttpResponseStatus.METHOD_NOT_ALLOWED);
                refused.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET.name());
                return refused;
            }
            HttpDigest.Verdict verdict = Optional.ofNullable(shown)
                    .flatMap(HttpDigest::parameters)
                    .map(said -> digest.judge(said, method.name(), caller, this::secret))
                    .orElse(HttpDigest.Verdict.NONE);
            return switch (verdict) {
                case RIGHT -> called();
                case STALE -> challenge(true);
                case WRONG, NONE -> challenge(false);
            };
        }

        private Optional<byte[]> secret(String username) {
            return callee.login()
                    .filter(login -> login.username().equals(username))
                    .map(login -> HttpDigest.secret(username, REALM, login.password()));
        }

        private FullHttpResponse challenge(boolean stale) {
            FullHttpResponse response = response(HttpResponseStatus.UNAUTHORIZED);
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, digest.challenge(caller, stale));
            return response;
        }

        private FullHttpResponse called() {
            boolean comes = turnstile.enter("call").isEmpty() && callee.called();
            return response(comes ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // silent, or gone: nothing to say to it
            ChannelFuture _ = context.close();
        }
    }

    private static FullHttpResponse response(HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        return response;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
