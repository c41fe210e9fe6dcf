// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.device.diagnostics.capture.Packet;
import dev.pharos.device.diagnostics.capture.PacketSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A [Tap] that stands beside a UDP port of this host and hands nothing on: it counts the datagrams of the loopback
/// link
/// that go there or come from there. For DTLS, within which each side says where it is answered, and so past whoever
/// stands between. To see packets of others takes CAP_NET_RAW.
final class PacketTap implements Tap {
    private static final String LINK = "lo";
    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    private final Tally tally = new Tally();
    private final PacketSocket packets;
    private final int port;
    private final Thread listener;
    private volatile boolean closed;

    private PacketTap(PacketSocket packets, int port) {
        this.packets = packets;
        this.port = port;
        this.listener = Thread.ofPlatform().name("packets").daemon().unstarted(this::listen);
    }

    /// @param port of the server on this host
    /// @throws IOException where this process may not see packets of others
    static PacketTap beside(int port) throws IOException {
        PacketTap tap = new PacketTap(PacketSocket.of(LINK), port);
        tap.listener.start();
        return tap;
    }

    /// Whether this process may see packets of others.
    static boolean isPossible() {
        try (PacketSocket _ = PacketSocket.of(LINK)) {
            return true;
        } catch (IOException denied) {
            return false;
        }
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public String place() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
    }

    private void listen() {
        try {
            while (!closed) {
                Optional<Packet> packet = packets.receive();
                packet.ifPresent(seen -> count(seen.bytes().asReadOnlyBuffer()));
            }
        } catch (IOException failed) {
            System.err.println("wire: " + failed.getMessage());
        } finally {
            packets.close();
        }
    }

    /// What is no datagram of UDP over IPv4 is passed over: the server listens at 127.0.0.1.
    private void count(ByteBuffer frame) {
        if (frame.limit() < ETHERNET + 1 || Short.toUnsignedInt(frame.getShort(ETHERNET - 2)) != IPV4) {
            return;
        }
        int udp = ETHERNET + (frame.get(ETHERNET) & 0x0F) * Integer.BYTES;
        if (frame.limit() < udp + UDP_HEADER || frame.get(ETHERNET + 9) != UDP) {
            return;
        }
        int bytes = Short.toUnsignedInt(frame.getShort(udp + 4)) - UDP_HEADER;
        if (Short.toUnsignedInt(frame.getShort(udp + 2)) == port) {
            tally.count(Tally.Way.UP, bytes);
        } else if (Short.toUnsignedInt(frame.getShort(udp)) == port) {
            tally.count(Tally.Way.DOWN, bytes);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
