// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A [Tap] before a port of CoAP without DTLS, for one device. Each side says in its requests where it is answered
/// (`reply-to`): the tap puts its own ports there, which are as long, so that nothing else changes and all passes it.
final class CoapTap implements Tap {
    private static final int LARGEST = 65_507;
    private static final int TRIES = 1_000;

    private final Tally tally = new Tally();
    private final InetSocketAddress server;
    private final DatagramSocket near;
    private final DatagramSocket far;
    private volatile @Nullable InetSocketAddress device;

    private CoapTap(InetSocketAddress server, DatagramSocket near, DatagramSocket far) {
        this.server = server;
        this.near = near;
        this.far = far;
    }

    /// @param port of the server on this host
    static CoapTap before(int port) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        CoapTap tap = new CoapTap(server, asLongAs(port), asLongAs(port));
        Thread.ofVirtual().start(tap::up);
        Thread.ofVirtual().start(tap::down);
        return tap;
    }

    private static DatagramSocket asLongAs(int port) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            if (digits(socket.getLocalPort()) == digits(port)) {
                return socket;
            }
            socket.close();
        }
        throw new IOException("no port with as many digits as " + port + " is free");
    }

    private static int digits(int port) {
        return Integer.toString(port).length();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public String place() {
        return "127.0.0.1:" + near.getLocalPort();
    }

    private void up() {
        hand(near, far, Tally.Way.UP);
    }

    private void down() {
        hand(far, near, Tally.Way.DOWN);
    }

    private void hand(DatagramSocket from, DatagramSocket to, Tally.Way way) {
        byte[] room = new byte[LARGEST];
        DatagramPacket packet = new DatagramPacket(room, LARGEST);
        try {
            while (!from.isClosed()) {
                packet.setData(room);
                from.receive(packet);
                InetSocketAddress source = (InetSocketAddress) packet.getSocketAddress();
                if (way == Tally.Way.UP) {
                    device = source;
                }
                InetSocketAddress target = way == Tally.Way.UP ? server : device;
                if (target != null) {
                    tally.count(way, packet.getLength());
                    byte[] content = Arrays.copyOf(packet.getData(), packet.getLength());
                    replace(content, place(source.getPort()), place(to.getLocalPort()));
                    to.send(new DatagramPacket(content, content.length, target));
                }
            }
        } catch (IOException ended) {
            if (!from.isClosed()) {
                System.err.println("wire: " + ended.getMessage());
            }
        }
    }

    private static String place(int port) {
        return "127.0.0.1:" + port;
    }

    /// Where one stands in the bytes, the other one does afterwards; as long as it, or nothing happens.
    static void replace(byte[] content, String old, String fresh) {
        byte[] wanted = old.getBytes(StandardCharsets.US_ASCII);
        byte[] instead = fresh.getBytes(StandardCharsets.US_ASCII);
        if (wanted.length != instead.length) {
            return;
        }
        for (int at = 0; at + wanted.length <= content.length; at++) {
            if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
                System.arraycopy(instead, 0, content, at, instead.length);
            }
        }
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
