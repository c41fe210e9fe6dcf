// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A second address of this host, from which a port leads to the same port of the first one, slowly: so that what else
/// takes a moment can be interrupted in the middle.
final class SlowLine implements AutoCloseable {
    /// Where it is reached; also within this host.
    static final String HOST = "127.0.0.2";

    private static final int CHUNK = 65_536;

    private final ServerSocket door;
    private final Duration delay;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SlowLine(ServerSocket door, Duration delay) {
        this.door = door;
        this.delay = delay;
    }

    /// @param delay of what is said at once, in each direction
    static SlowLine to(int port, Duration delay) throws IOException {
        ServerSocket door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
        SlowLine line = new SlowLine(door, delay);
        Thread.ofVirtual().name("slow line").start(line::accept);
        return line;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> lead(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
            open.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> hand(far, near));
            hand(near, far);
            back.join();
        } catch (IOException nobodyThere) {
            // the server is dead: whoever comes is sent away
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    /// Until one of both is closed, and then both are.
    private void hand(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                Thread.sleep(delay);
                out.write(chunk, 0, read);
            }
        } catch (IOException ended) {
            // the other way ends too
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
