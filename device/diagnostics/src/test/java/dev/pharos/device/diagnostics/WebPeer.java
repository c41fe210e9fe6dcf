// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/// A web server for transfers: `/file/BYTES` gives a file, `/slow` gives bytes at a known rate without end, `/put`
/// takes and counts, `/refuse/STATUS` refuses.
final class WebPeer implements AutoCloseable {
    /// What `/slow` gives in a second.
    static final long SLOW_BYTES = 2_000_000;

    private static final int PARTS = 50;

    private final HttpServer server;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> requests = new ConcurrentHashMap<>();

    WebPeer() throws IOException {
        this(HttpServer.create(loopback(), 0));
    }

    private WebPeer(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// Over TLS.
    static WebPeer secured(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new WebPeer(server);
    }

    String url(String path) {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + path;
    }

    /// Bytes that were put here.
    long taken() {
        return taken.get();
    }

    /// How often a path was asked for.
    long requests(String path) {
        return requests.getOrDefault(path, 0L);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.merge(path, 1L, Long::sum);
        try (exchange) {
            if (path.startsWith("/file/")) {
                byte[] bytes = new byte[Integer.parseInt(path.substring("/file/".length()))];
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else if (path.equals("/slow")) {
                exchange.sendResponseHeaders(200, 0);
                giveSlowly(exchange.getResponseBody());
            } else if (path.equals("/put")) {
                take(exchange.getRequestBody());
                exchange.sendResponseHeaders(201, -1);
            } else {
                int status = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void giveSlowly(OutputStream out) throws IOException, InterruptedException {
        byte[] part = new byte[Math.toIntExact(SLOW_BYTES / PARTS)];
        long begin = System.nanoTime();
        for (long i = 1; ; i++) {
            out.write(part);
            out.flush();
            long wait = begin + i * (1_000_000_000L / PARTS) - System.nanoTime();
            Thread.sleep(Math.max(0, wait / 1_000_000));
        }
    }

    private void take(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            taken.addAndGet(read);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
