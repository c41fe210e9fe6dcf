// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pharos.mtp.HttpDigest;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A real HTTP server with one file, and others beside it, that cuts, stalls, lies and refuses as a test wants it.
/// Ranges are given, with an
/// entity tag. What is put there is kept beside the file. Thread-safe.
public final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Mood> moods = new ArrayDeque<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<Put> puts = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> others = new ConcurrentHashMap<>();
    private byte[] file;
    private String tag = "\"1\"";
    private Optional<Guard> guard = Optional.empty();

    /// Whom alone the server serves, by a Digest.
    private record Guard(HttpDigest digest, String username, Bytes secret) {
        private static final String REALM = "files";

        static Guard of(String username, String password) {
            return new Guard(
                    new HttpDigest(REALM, Clock.systemUTC()),
                    username,
                    Bytes.adopt(HttpDigest.secret(username, REALM, password)));
        }

        boolean admits(HttpExchange exchange) {
            String said = exchange.getRequestHeaders().getFirst("Authorization");
            return said != null
                    && HttpDigest.parameters(said)
                            .filter(words -> exchange.getRequestURI().toString().equals(words.get("uri")))
                            .map(words -> digest.judge(
                                    words,
                                    exchange.getRequestMethod(),
                                    "anywhere",
                                    name -> Optional.of(secret.toByteArray()).filter(_ -> name.equals(username))))
                            .filter(verdict -> verdict == HttpDigest.Verdict.RIGHT)
                            .isPresent();
        }
    }

    /// How the server answers one request.
    public sealed interface Mood {
        /// Closes the connection after so many bytes of the body, given or taken.
        record Cutting(int bytes) implements Mood {}

        /// Says nothing any more after so many bytes of the body, given or taken, until the server is closed.
        record Stalling(int bytes) implements Mood {}

        /// Answers with this status and a header; no header where its name is empty.
        record Refusing(int status, String header, String value) implements Mood {}

        /// Gives the whole file, whatever was asked for.
        record Rangeless() implements Mood {}
    }

    /// A file that came whole.
    ///
    /// @param login the Authorization header, or empty
    public record Put(String path, String login, Bytes content) {}

    private FileServer(HttpServer server, byte[] file) {
        this.server = server;
        this.file = file.clone();
    }

    public static FileServer of(byte[] file) throws IOException {
        FileServer made =
                new FileServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), file);
        made.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.server.createContext("/", made::answer);
        made.server.start();
        return made;
    }

    /// Answers the next requests so, one each; later ones as a good server does.
    public synchronized FileServer will(Mood... next) {
        moods.addAll(List.of(next));
        return this;
    }

    /// Serves from now on only who shows this login, as a Digest with MD5.
    public synchronized void asksFor(String username, String password) {
        guard = Optional.of(Guard.of(username, password));
    }

    /// Another file from now on, with another tag; a weak one, or none where it is empty.
    public synchronized void becomes(byte[] other, String newTag) {
        file = other.clone();
        tag = newTag;
    }

    /// Another file from now on under this name alone.
    public void beside(String name, byte[] other) {
        others.put("/" + name, other.clone());
    }

    /// What each request asked for: its Range header, or empty.
    public List<String> ranges() {
        return List.copyOf(ranges);
    }

    /// What was put here, in its order.
    public List<Put> puts() {
        return List.copyOf(puts);
    }

    public URI url(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Mood mood;
        byte[] whole;
        String tagNow;
        Optional<Guard> guarded;
        synchronized (this) {
            guarded = guard;
            mood = moods.poll();
            whole = others.getOrDefault(exchange.getRequestURI().getPath(), file);
            tagNow = tag;
        }
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "" : range);
            boolean put = exchange.getRequestMethod().equals("PUT");
            if (put && mood != null && !(mood instanceof Mood.Refusing)) {
                takePart(exchange, mood);
                return;
            }
            byte[] taken = put ? exchange.getRequestBody().readAllBytes() : new byte[0];
            if (guarded.isPresent() && !guarded.get().admits(exchange)) {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", guarded.get().digest().challenge("anywhere", false));
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (mood instanceof Mood.Refusing refusing) {
                if (!refusing.header().isEmpty()) {
                    exchange.getResponseHeaders().set(refusing.header(), refusing.value());
                }
                exchange.sendResponseHeaders(refusing.status(), -1);
                return;
            }
            if (put) {
                String login = exchange.getRequestHeaders().getFirst("Authorization");
                puts.add(new Put(exchange.getRequestURI().getPath(), login == null ? "" : login, Bytes.adopt(taken)));
                exchange.sendResponseHeaders(201, -1);
                return;
            }
            if (!tagNow.isEmpty()) {
                exchange.getResponseHeaders().set("ETag", tagNow);
            }
            String only = exchange.getRequestHeaders().getFirst("If-Range");
            boolean part = range != null && !(mood instanceof Mood.Rangeless) && (only == null || only.equals(tagNow));
            give(exchange, mood, whole, part ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0, part);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void takePart(HttpExchange exchange, Mood mood) throws IOException, InterruptedException {
        switch (mood) {
            case Mood.Cutting(int bytes) -> exchange.getRequestBody().readNBytes(bytes);
            case Mood.Stalling(int bytes) -> {
                exchange.getRequestBody().readNBytes(bytes);
                closing.await();
            }
            case Mood.Refusing _, Mood.Rangeless _ -> {
                // not of files that are put
            }
        }
    }

    private void give(HttpExchange exchange, Mood mood, byte[] whole, int from, boolean part)
            throws IOException, InterruptedException {
        if (from >= whole.length && part) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        int length = whole.length - from;
        if (part) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, length);
        OutputStream out = exchange.getResponseBody();
        switch (mood) {
            case Mood.Cutting(int bytes) -> out.write(whole, from, Math.min(bytes, length));
            case Mood.Stalling(int bytes) -> {
                out.write(whole, from, Math.min(bytes, length));
                out.flush();
                closing.await();
            }
            case null, default -> {
                out.write(whole, from, length);
                out.close();
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
