// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between devices and a listener of the server on this host, hands on what passes, and counts it.
final class Tap implements AutoCloseable {
    private static final int CHUNK = 65_536;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Passed passed = Passed.NOTHING;
    private Way last = Way.NONE;
    private long lastNanos = System.nanoTime();

    private enum Way {
        NONE,
        UP,
        DOWN
    }

    /// What passed, above TCP.
    ///
    /// @param up bytes from the devices
    /// @param down bytes to them
    /// @param turns how often another side began to speak
    /// @param connections that were opened
    record Passed(long up, long down, long turns, long connections) {
        static final Passed NOTHING = new Passed(0, 0, 0, 0);

        long bytes() {
            return up + down;
        }

        /// How often one side had to wait for the other: for what it said, and for each connection.
        long roundTrips() {
            return connections + (turns + 1) / 2;
        }
    }

    private Tap(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /// @param target a port of this host
    static Tap before(int target) throws IOException {
        Tap tap = new Tap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(tap::accept);
        return tap;
    }

    int port() {
        return listener.getLocalPort();
    }

    /// What passed since this was asked before.
    synchronized Passed take() {
        Passed taken = passed;
        passed = Passed.NOTHING;
        last = Way.NONE;
        return taken;
    }

    /// Waits until something has passed since [#take()].
    void awaitSomething() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (isEmpty()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("nothing passed within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    private synchronized boolean isEmpty() {
        return passed.bytes() == 0;
    }

    /// Waits until nothing has passed for so long.
    void awaitQuiet(Duration quiet) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long still = quiet.toNanos();
        while (System.nanoTime() - lastPassed() < still) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("it did not become quiet within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    private synchronized long lastPassed() {
        return lastNanos;
    }

    private synchronized void count(Way way, int bytes) {
        passed = new Passed(
                passed.up() + (way == Way.UP ? bytes : 0),
                passed.down() + (way == Way.DOWN ? bytes : 0),
                passed.turns() + (way == last ? 0 : 1),
                passed.connections());
        last = way;
        lastNanos = System.nanoTime();
    }

    private synchronized void countConnection() {
        passed = new Passed(passed.up(), passed.down(), passed.turns(), passed.connections() + 1);
        lastNanos = System.nanoTime();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket device = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                device.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(device);
                open.add(server);
                countConnection();
                Thread.ofVirtual().start(() -> hand(device, server, Way.UP));
                Thread.ofVirtual().start(() -> hand(server, device, Way.DOWN));
            } catch (IOException refused) {
                if (!listener.isClosed()) {
                    System.err.println("wire: " + refused.getMessage());
                }
            }
        }
    }

    private void hand(Socket from, Socket to, Way way) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                count(way, read);
                out.write(chunk, 0, read);
            }
        } catch (IOException ended) {
            // the other side has closed both
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
