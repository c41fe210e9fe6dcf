// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The router of a home, with network address translation: what goes out comes from its own address, 127.0.0.2, and
/// what
/// comes in over UDP gets through only from where something went. On loopback,
/// between a device at 127.0.0.1 and a server there. One device, which goes to the server's TCP port and to its UDP
/// port.
public final class AddressTranslator implements AutoCloseable {
    public static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.2");

    private static final InetAddress INSIDE = InetAddress.getLoopbackAddress();

    private final ServerSocket tcp = new ServerSocket(0, 50, INSIDE);
    private final DatagramSocket inside = new DatagramSocket(0, INSIDE);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress tcpServer;
    private final InetSocketAddress udpServer;
    private volatile DatagramSocket outside = new DatagramSocket(0, OUTSIDE);
    private volatile Optional<InetSocketAddress> device = Optional.empty();

    private AddressTranslator(InetSocketAddress tcpServer, InetSocketAddress udpServer) throws IOException {
        this.tcpServer = tcpServer;
        this.udpServer = udpServer;
    }

    public static AddressTranslator before(InetSocketAddress tcpServer, InetSocketAddress udpServer)
            throws IOException {
        AddressTranslator router = new AddressTranslator(tcpServer, udpServer);
        Thread.ofVirtual().start(router::accept);
        Thread.ofVirtual().start(router::out);
        Thread.ofVirtual().start(() -> router.in(router.outside));
        return router;
    }

    /// Where the device finds the server's TCP port.
    public int tcpPort() {
        return tcp.getLocalPort();
    }

    /// Where it finds the server's UDP port.
    public int udpPort() {
        return inside.getLocalPort();
    }

    /// Where the device is seen, over UDP.
    public InetSocketAddress mapped() {
        return new InetSocketAddress(OUTSIDE, outside.getLocalPort());
    }

    /// The router has started anew: it gives the device another port.
    public void forget() throws SocketException {
        DatagramSocket before = outside;
        DatagramSocket fresh = new DatagramSocket(0, OUTSIDE);
        outside = fresh;
        before.close();
        Thread.ofVirtual().start(() -> in(fresh));
    }

    private void accept() {
        try {
            while (true) {
                Socket from = tcp.accept();
                Socket to = new Socket();
                to.bind(new InetSocketAddress(OUTSIDE, 0));
                to.connect(tcpServer);
                connections.add(from);
                connections.add(to);
                Thread.ofVirtual().start(() -> pump(from, to));
                Thread.ofVirtual().start(() -> pump(to, from));
            }
        } catch (IOException closed) {
            // nobody comes any more
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException broken) {
            // as seen by both
        } finally {
            connections.remove(from);
        }
    }

    private void out() {
        pass(inside, packet -> {
            device = Optional.of(new InetSocketAddress(packet.getAddress(), packet.getPort()));
            packet.setSocketAddress(udpServer);
            outside.send(packet);
        });
    }

    private void in(DatagramSocket socket) {
        pass(socket, packet -> {
            if (packet.getSocketAddress().equals(udpServer) && device.isPresent()) {
                packet.setSocketAddress(device.get());
                inside.send(packet);
            }
        });
    }

    @FunctionalInterface
    private interface Hop {
        void pass(DatagramPacket packet) throws IOException;
    }

    private static void pass(DatagramSocket from, Hop hop) {
        byte[] buffer = new byte[2_048];
        while (!from.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                from.receive(packet);
                byte[] content = Arrays.copyOf(packet.getData(), packet.getLength());
                DatagramPacket copy = new DatagramPacket(content, content.length);
                copy.setSocketAddress(packet.getSocketAddress());
                hop.pass(copy);
            } catch (IOException broken) {
                if (!from.isClosed()) {
                    throw new UncheckedIOException(broken);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        inside.close();
        outside.close();
        for (Socket each : connections) {
            each.close();
        }
    }
}
