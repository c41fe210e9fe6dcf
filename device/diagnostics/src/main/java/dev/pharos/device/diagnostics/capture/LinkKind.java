// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.Bytes;
import java.nio.ByteBuffer;

/// What the bytes of a packet begin with.
///
/// @see <a href="https://www.tcpdump.org/linktypes.html">the numbers</a>
public enum LinkKind {
    /// The header of Ethernet.
    ETHERNET(1),
    /// IP itself.
    RAW(101),
    /// A header that Linux makes up, with what is known of any kind of link: LINUX_SLL.
    COOKED(113);

    static final int COOKED_HEADER = 16;
    static final int ETHERNET_HEADER = 14;

    private final int number;

    LinkKind(int number) {
        this.number = number;
    }

    /// As capture files have it.
    int number() {
        return number;
    }

    /// All bytes of a packet.
    ///
    /// @param made the header that Linux makes up; empty where the packet has its own
    /// @param tag of a VLAN, which the kernel has taken out; empty where there was none
    /// @param link what the kernel gave
    Bytes whole(Bytes made, Bytes tag, ByteBuffer link) {
        byte[] bytes = new byte[made.size() + tag.size() + link.remaining()];
        int end = made.size() + link.remaining();
        made.copyTo(bytes, 0);
        link.get(bytes, made.size(), link.remaining());
        // a tag stands before the protocol of what follows
        int at = switch (this) {
            case ETHERNET -> ETHERNET_HEADER - 2;
            case COOKED -> COOKED_HEADER - 2;
            case RAW -> end;
        };
        int from = Math.min(at, end);
        System.arraycopy(bytes, from, bytes, from + tag.size(), end - from);
        tag.copyTo(bytes, from);
        return Bytes.adopt(bytes);
    }

    /// Of a link of Linux.
    ///
    /// @param hardware the `ARPHRD_…` of the link
    static LinkKind of(int hardware) {
        return switch (hardware) {
            // Ethernet and loopback
            case 1, 772 -> ETHERNET;
            // tunnels without any header of their own
            case 65_534 -> RAW;
            default -> COOKED;
        };
    }
}
