// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that says one thing to whoever connects, whatever was asked, and then is silent or closes.
final class RawPeer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final String text;
    private final boolean closes;

    RawPeer(String text, boolean closes) throws IOException {
        this.text = text;
        this.closes = closes;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /// Connections that the other side has not closed.
    long connected() {
        return open.stream().filter(RawPeer::isAlive).count();
    }

    private static boolean isAlive(Socket socket) {
        try {
            socket.setSoTimeout(200);
            InputStream in = socket.getInputStream();
            int next = 0;
            while (next >= 0) {
                next = in.read();
            }
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                if (closes) {
                    socket.shutdownOutput();
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
