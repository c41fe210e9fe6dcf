// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import dev.pharos.mtp.discovery.dhcp.DhcpVersion;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.Arrays;

/// Listens where a DHCP server does and prints, in hexadecimal, what comes first.
///
/// Arguments: the version of DHCP, the interface.
final class DhcpListener {
    private static final int V4_PORT = 67;
    private static final int V6_PORT = 547;

    private DhcpListener() {}

    public static void main(String[] arguments) throws IOException {
        boolean v4 = DhcpVersion.valueOf(arguments[0]) == DhcpVersion.V4;
        try (MulticastSocket socket = new MulticastSocket(v4 ? V4_PORT : V6_PORT)) {
            if (!v4) {
                socket.joinGroup(
                        new InetSocketAddress(InetAddress.ofLiteral("ff02::1:2"), V6_PORT),
                        NetworkInterface.getByName(arguments[1]));
            }
            System.out.println("listening");
            byte[] buffer = new byte[4096];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            System.out.println(
                    Bytes.adopt(Arrays.copyOf(buffer, packet.getLength())).toHex());
        }
    }
}
