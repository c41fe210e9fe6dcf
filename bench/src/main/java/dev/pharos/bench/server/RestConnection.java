// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// The server's REST API over HTTP connections that stay, one for each thread that asks. The calling thread sends the
/// request in one piece and reads the answer itself, so that the client adds as little as it can to what is measured.
final class RestConnection implements AutoCloseable {
    /// The longest request looks at a whole fleet.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final String API = "/api/v1";
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");

    private final HttpHost host;
    private final String token;
    private final HttpProcessor processor = new DefaultHttpProcessor(new RequestTargetHost(), new RequestContent());
    private final HttpRequestExecutor executor = new HttpRequestExecutor();
    private final ConcurrentLinkedDeque<Kept> idle = new ConcurrentLinkedDeque<>();

    RestConnection(String url, String token) {
        this.host = HttpHost.create(URI.create(url));
        this.token = token;
    }

    private record Answer(int status, String text) {}

    /// @param since of [System#nanoTime()]
    private record Kept(DefaultBHttpClientConnection connection, long since) {}

    /// HttpCore writes a request's body apart from its head, which would wake the server twice. Nor is its usual
    /// processor taken: that asks with `Expect: 100-continue` before each body, a round trip of its own.
    private static final class InOnePiece extends Socket {
        private @Nullable OutputStream out;

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream buffered = out == null ? new BufferedOutputStream(super.getOutputStream()) : out;
            out = buffered;
            return buffered;
        }
    }

    String get(String path) throws IOException {
        return expectSuccess(path, ask(ClassicRequestBuilder.get(API + path)));
    }

    String post(String path, String json) throws IOException {
        return expectSuccess(
                path, ask(ClassicRequestBuilder.post(API + path).setEntity(json, ContentType.APPLICATION_JSON)));
    }

    /// Whether there is such a thing now.
    boolean knows(String path) throws IOException {
        return ask(ClassicRequestBuilder.get(API + path)).status() == HttpStatus.SC_OK;
    }

    /// How many devices a query means.
    int count(String query) throws IOException {
        String page = get("/devices?limit=1&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Matcher total = TOTAL.matcher(page);
        if (!total.find()) {
            throw new IOException("a page of devices has no total: " + page);
        }
        return Integer.parseInt(total.group(1));
    }

    static String device(String id) {
        return "/devices/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private Answer ask(ClassicRequestBuilder builder) throws IOException {
        ClassicHttpRequest request = builder.setHttpHost(host)
                .setHeader("Authorization", "Bearer " + token)
                .build();
        DefaultBHttpClientConnection connection = connection();
        boolean stays = false;
        try {
            HttpCoreContext context = HttpCoreContext.create();
            executor.preProcess(request, processor, context);
            try (ClassicHttpResponse response = executor.execute(request, connection, context)) {
                Answer answer = new Answer(
                        response.getCode(),
                        response.getEntity() == null
                                ? ""
                                : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8));
                stays = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
                return answer;
            }
        } catch (HttpException broken) {
            throw new IOException("the server broke HTTP: " + broken.getMessage(), broken);
        } finally {
            if (stays) {
                idle.addFirst(new Kept(connection, System.nanoTime()));
            } else {
                connection.close(CloseMode.IMMEDIATE);
            }
        }
    }

    /// The one that was used last, unless the server may have closed it meanwhile, for it does so where nothing is
    /// asked.
    private DefaultBHttpClientConnection connection() throws IOException {
        for (Kept kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (System.nanoTime() - kept.since() < FRESH.toNanos()) {
                return kept.connection();
            }
            kept.connection().close(CloseMode.GRACEFUL);
        }
        return connect();
    }

    private DefaultBHttpClientConnection connect() throws IOException {
        Socket socket = new InOnePiece();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(host.getHostName(), host.getPort()), (int) PATIENCE.toMillis());
        DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(Http1Config.DEFAULT);
        connection.bind(socket);
        return connection;
    }

    private static String expectSuccess(String path, Answer answer) throws IOException {
        if (answer.status() >= HttpStatus.SC_CLIENT_ERROR) {
            throw new IOException(path + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.text();
    }

    @Override
    public void close() {
        idle.forEach(kept -> kept.connection().close(CloseMode.GRACEFUL));
    }
}
