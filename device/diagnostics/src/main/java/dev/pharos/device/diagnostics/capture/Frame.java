// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.Bytes;
import java.util.ArrayList;
import java.util.List;

/// What the headers of a packet say, as far as it has them. Trusts no length.
///
/// @param etherType of what is within all VLAN tags; 0 where that is not known
/// @param vlans the numbers of its VLANs, the outermost first
/// @param sender the hardware address; empty where the link has none
/// @param receiver the same
/// @param source the IP address; empty where it is no IP
/// @param destination the same
/// @param protocol of IP; -1 where it is no IP
/// @param sourcePort of TCP or UDP; -1 where it has none
/// @param destinationPort the same
/// @param length of the packet on its link, in bytes
record Frame(
        int etherType,
        List<Integer> vlans,
        Bytes sender,
        Bytes receiver,
        Bytes source,
        Bytes destination,
        int protocol,
        int sourcePort,
        int destinationPort,
        int length) {
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86DD;
    static final int ARP = 0x0806;
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int NO = -1;

    static Frame of(LinkKind kind, Packet packet) {
        return new Reader(packet.bytes()).read(kind, packet.length());
    }

    boolean isIp() {
        return protocol != NO;
    }

    /// Reads what there is, from the outside to the inside.
    private static final class Reader {
        private final Bytes bytes;
        private final List<Integer> vlans = new ArrayList<>();
        private Bytes sender = Bytes.EMPTY;
        private Bytes receiver = Bytes.EMPTY;
        private Bytes source = Bytes.EMPTY;
        private Bytes destination = Bytes.EMPTY;
        private int etherType;
        private int protocol = NO;
        private int sourcePort = NO;
        private int destinationPort = NO;

        Reader(Bytes bytes) {
            this.bytes = bytes;
        }

        Frame read(LinkKind kind, int length) {
            switch (kind) {
                case ETHERNET -> {
                    receiver = part(0, 6);
                    sender = part(6, 6);
                    tagged(12);
                }
                case COOKED -> {
                    sender = unsigned(4) == 6 ? part(6, 6) : Bytes.EMPTY;
                    tagged(14);
                }
                case RAW -> network(has(0, 1) && (bytes.at(0) & 0xF0) == 0x60 ? IPV6 : has(0, 1) ? IPV4 : 0, 0);
            }
            return new Frame(
                    etherType,
                    List.copyOf(vlans),
                    sender,
                    receiver,
                    source,
                    destination,
                    protocol,
                    sourcePort,
                    destinationPort,
                    length);
        }

        private void tagged(int from) {
            int at = from;
            int type = unsigned(at);
            while ((type == 0x8100 || type == 0x88A8) && has(at, 6) && vlans.size() < CaptureBounds.EXTENSIONS) {
                vlans.add(unsigned(at + 2) & 0xFFF);
                at += 4;
                type = unsigned(at);
            }
            network(type, at + 2);
        }

        private void network(int type, int at) {
            etherType = type;
            if (type == IPV4 && has(at, 20)) {
                protocol = Byte.toUnsignedInt(bytes.at(at + 9));
                source = part(at + 12, 4);
                destination = part(at + 16, 4);
                boolean first = (unsigned(at + 6) & 0x1FFF) == 0;
                if (first) {
                    ports(at + (bytes.at(at) & 0xF) * 4);
                }
            } else if (type == IPV6 && has(at, 40)) {
                source = part(at + 8, 16);
                destination = part(at + 24, 16);
                extensions(Byte.toUnsignedInt(bytes.at(at + 6)), at + 40);
            } else if (type == ARP && has(at, 28) && unsigned(at + 2) == IPV4) {
                source = part(at + 14, 4);
                destination = part(at + 24, 4);
            }
        }

        private void extensions(int first, int from) {
            int next = first;
            int at = from;
            for (int i = 0; i < CaptureBounds.EXTENSIONS && isExtension(next) && has(at, 8); i++) {
                boolean later = next == 44 && (unsigned(at + 2) & 0xFFF8) != 0;
                int size = next == 44 ? 8 : (Byte.toUnsignedInt(bytes.at(at + 1)) + (next == 51 ? 2 : 1)) * unit(next);
                next = Byte.toUnsignedInt(bytes.at(at));
                at += size;
                if (later) {
                    protocol = next;
                    return;
                }
            }
            protocol = next;
            ports(at);
        }

        private static boolean isExtension(int header) {
            return switch (header) {
                // hop by hop, routing, fragment, authentication, destination
                case 0, 43, 44, 51, 60 -> true;
                default -> false;
            };
        }

        private static int unit(int header) {
            return header == 51 ? 4 : 8;
        }

        private void ports(int at) {
            if ((protocol == TCP || protocol == UDP) && has(at, 4)) {
                sourcePort = unsigned(at);
                destinationPort = unsigned(at + 2);
            }
        }

        private boolean has(int from, int count) {
            return from >= 0 && bytes.size() - from >= count;
        }

        private Bytes part(int from, int count) {
            return has(from, count) ? bytes.slice(from, from + count) : Bytes.EMPTY;
        }

        /// Of two bytes; 0 where they are not there.
        private int unsigned(int at) {
            return has(at, 2) ? Byte.toUnsignedInt(bytes.at(at)) << 8 | Byte.toUnsignedInt(bytes.at(at + 1)) : 0;
        }
    }
}
