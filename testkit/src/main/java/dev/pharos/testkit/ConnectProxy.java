// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy that opens tunnels (CONNECT, RFC 9110 section 9.3.6) to this host only, whatever host it is asked for,
/// and answers otherwise where a test wants it to.
public final class ConnectProxy implements AutoCloseable {
    private static final int HEAD_BYTES = 8 * 1024;

    /// What becomes of those who ask for a tunnel.
    public sealed interface Manner {
        record Opens() implements Manner {}

        /// With a login only; others are asked for it with 407.
        record OpensTo(String username, String password) implements Manner {}

        /// @param answer whole, as it stands; then it hangs up
        record Says(String answer) implements Manner {}
    }

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Manner manner;

    public ConnectProxy(Manner manner) throws IOException {
        this.manner = manner;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// The request lines that came.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().name("proxied").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String line = head.lines().findFirst().orElse("");
            asked.add(line);
            Optional<String> refusal = refusal(head);
            if (refusal.isPresent()) {
                client.getOutputStream().write(refusal.get().getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
                return;
            }
            int port = Integer.parseInt(line.split(" ")[1].replaceAll(".*:", ""));
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                open.add(server);
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.ofVirtual().start(() -> pour(server, client));
                pour(client, server);
                back.join();
                open.remove(server);
            }
        } catch (IOException ended) {
            // Whoever waits at the other end notices.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private Optional<String> refusal(String head) {
        return switch (manner) {
            case Manner.Opens _ -> Optional.empty();
            case Manner.Says says -> Optional.of(says.answer());
            case Manner.OpensTo login -> {
                String wanted = Base64.getEncoder()
                        .encodeToString((login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
                boolean right = head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:"))
                        .anyMatch(line -> line.endsWith("asic " + wanted));
                yield right ? Optional.empty() : Optional.of("""
                                HTTP/1.1 407 Proxy Authentication Required\r
                                Proxy-Authenticate: Basic realm="test"\r
                                Content-Length: 0\r
                                \r
                                """);
            }
        };
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > HEAD_BYTES) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /// Ends both with the first that ends.
    static void pour(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            // Both are closed now.
        }
    }

    /// Ends all tunnels too.
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
