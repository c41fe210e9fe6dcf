// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/// The multicast DNS of one network and one address family, to hear and to be heard.
final class MulticastChannel implements AutoCloseable {
    static final int PORT = 5353;

    private static final Logger LOG = LoggerFactory.getLogger(MulticastChannel.class);

    private final NetworkInterface on;
    private final List<InetAddress> own;
    private final MulticastSocket socket;
    private final InetSocketAddress everybody;

    private MulticastChannel(NetworkInterface on, List<InetAddress> own, MulticastSocket socket) {
        this.on = on;
        this.own = List.copyOf(own);
        this.socket = socket;
        this.everybody = new InetSocketAddress(InetAddress.ofLiteral(group(own).address()), PORT);
    }

    /// What was heard, and from whom.
    record Heard(Message message, InetSocketAddress from) {}

    private static MulticastQuestion.Group group(List<InetAddress> own) {
        return own.getFirst() instanceof Inet4Address ? MulticastQuestion.Group.V4 : MulticastQuestion.Group.V6;
    }

    /// @param own addresses of this host on one interface and of one family, at least one
    static MulticastChannel open(List<InetAddress> own) throws IOException {
        NetworkInterface on = NetworkInterface.getByInetAddress(own.getFirst());
        if (on == null) {
            throw new IOException("no interface of this host has the address "
                    + own.getFirst().getHostAddress());
        }
        // Another responder of this host may have the port too, as a multicast is for all.
        MulticastSocket socket = new MulticastSocket(PORT);
        try {
            MulticastChannel channel = new MulticastChannel(on, own, socket);
            socket.setNetworkInterface(on);
            socket.setTimeToLive(255);
            socket.joinGroup(channel.everybody, on);
            return channel;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    List<InetAddress> own() {
        return own;
    }

    InetSocketAddress everybody() {
        return everybody;
    }

    String description() {
        return on.getName();
    }

    /// The next message of somebody on this network; empty where it was none, or came from elsewhere, of which
    /// nothing is believed (RFC 6762 section 11).
    Optional<Heard> receive() throws IOException {
        byte[] buffer = new byte[Limits.MULTICAST_BYTES];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        if (!(packet.getSocketAddress() instanceof InetSocketAddress from) || !isNear(from.getAddress())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Heard(new Message(Arrays.copyOf(buffer, packet.getLength())), from));
        } catch (IOException rubbish) {
            return Optional.empty();
        }
    }

    /// A datagram that cannot be sent is as one that is lost.
    void send(Message message, InetSocketAddress to) {
        byte[] wire = message.toWire();
        try {
            socket.send(new DatagramPacket(wire, wire.length, to));
        } catch (IOException lost) {
            LOG.debug("mDNS could not send on {}: {}", description(), lost.getMessage());
        }
    }

    private boolean isNear(InetAddress address) {
        if (address instanceof Inet6Address six && six.isLinkLocalAddress()) {
            return six.getScopeId() == on.getIndex();
        }
        return on.getInterfaceAddresses().stream().anyMatch(ours -> isWithin(ours, address));
    }

    private static boolean isWithin(InterfaceAddress network, InetAddress address) {
        byte[] ours = network.getAddress().getAddress();
        byte[] theirs = address.getAddress();
        int bits = network.getNetworkPrefixLength();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int bit = 0x80 >> (i % 8);
            if ((ours[i / 8] & bit) != (theirs[i / 8] & bit)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a record names an address of this host: where two of its interfaces are on one network, it hears
    /// itself.
    boolean isOwnAddress(Record record) {
        InetAddress address = switch (record) {
            case ARecord four -> four.getAddress();
            case AAAARecord six -> six.getAddress();
            default -> null;
        };
        try {
            return address != null && NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
