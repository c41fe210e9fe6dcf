// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.cwmp;

import com.sun.management.OperatingSystemMXBean;
import dev.pharos.cwmp.acs.DeviceDesk;
import dev.pharos.cwmp.acs.Reception;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.mtp.Turnstile;
import dev.pharos.server.cwmp.CwmpListener;
import dev.pharos.server.cwmp.CwmpListenerConfig;
import io.netty.bootstrap.ServerBootstrap;
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
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A process that holds sessions with devices, `ours` or `bare`, and says the nanoseconds of processor time that it has
/// used when asked. Each session reads 32 parameters.
public final class SessionServer {
    /// Whose login is known.
    static final String USERNAME = "0200F0-Gateway-BENCH000001";

    static final String PASSWORD = "bench";

    static final String PATH = CwmpListener.PATH;

    private static final int PLENTY = 1_000_000;
    private static final int LARGEST = 1024 * 1024;
    private static final List<String> NAMES = IntStream.range(0, 32)
            .mapToObj(i -> "Device.WiFi.AccessPoint.1.AssociatedDevice." + i + ".Stats.BytesSent")
            .toList();

    private SessionServer() {}

    public static void main(String[] arguments) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (AutoCloseable server = arguments[0].equals("ours") ? new Ours() : new Bare()) {
            System.out.println(server instanceof Ours ours ? ours.port() : ((Bare) server).port());
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (asked.readLine() != null) {
                System.out.println(system.getProcessCpuTime());
            }
        }
    }

    /// The ACS's listener with its sessions, its SOAP and its logins; nothing is stored.
    private static final class Ours implements AutoCloseable {
        private final CwmpListener listener = new CwmpListener(new CwmpListener.Parts(
                (inform, version, caller) -> new Reception.Welcome.In(new Desk()),
                name -> name.equals(USERNAME) ? Optional.of(CwmpListener.secret(USERNAME, PASSWORD)) : Optional.empty(),
                new Turnstile(PLENTY, PLENTY),
                Clock.systemUTC(),
                () -> {},
                (address, reason) -> {}));
        private final URI address;

        Ours() throws IOException {
            address = URI.create(listener.listen(new CwmpListenerConfig("127.0.0.1", 0, Optional.empty())));
        }

        int port() {
            return address.getPort();
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    /// Asks once.
    private static final class Desk implements DeviceDesk {
        private boolean asked;

        @Override
        public boolean holdsReports() {
            return false;
        }

        @Override
        public Answer report(CpeRequest<?> report) {
            return new KickedResponse("");
        }

        @Override
        public Optional<AcsRequest<?>> next() {
            boolean first = !asked;
            asked = true;
            return first ? Optional.of(new GetParameterValues(NAMES)) : Optional.empty();
        }

        @Override
        public void answered(AcsRequest<?> request, Answer answer) {}

        @Override
        public void ended(boolean inOrder, String reason) {}
    }

    /// Bare HTTP of Netty, which gives each connection the answers of a session in turn, whatever it says.
    private static final class Bare implements AutoCloseable {
        private static final byte[][] ANSWERS = {SoapCorpus.informResponse(), SoapCorpus.get(NAMES), {}};

        private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        private final Channel listener;

        Bare() throws InterruptedException {
            listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), new Canned());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
        }

        int port() {
            return ((InetSocketAddress) listener.localAddress()).getPort();
        }

        @Override
        public void close() {
            listener.close().syncUninterruptibly();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }

        private static final class Canned extends SimpleChannelInboundHandler<FullHttpRequest> {
            private int next;

            @Override
            protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
                byte[] answer = ANSWERS[next];
                next = (next + 1) % ANSWERS.length;
                FullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        answer.length == 0 ? HttpResponseStatus.NO_CONTENT : HttpResponseStatus.OK,
                        Unpooled.wrappedBuffer(answer));
                if (answer.length > 0) {
                    response.headers()
                            .set(HttpHeaderNames.CONTENT_TYPE, "text/xml; charset=\"utf-8\"")
                            .set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(answer.length));
                }
                // an answer that cannot be written ends its connection, which the load side sees
                ChannelFuture _ = context.writeAndFlush(response);
            }
        }
    }
}
