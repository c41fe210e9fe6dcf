// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What the kernel says in one message.
public sealed interface NetlinkMessage {

    /// A network link is there, as described, or is gone.
    ///
    /// @param hardware the ARP hardware type: 1 is Ethernet
    /// @param flags `IFF_…`
    /// @param operState RFC 2863's, as the kernel numbers it
    /// @param mac empty where it has none
    /// @param kind the driver's kind of a virtual link; empty for hardware
    record Link(
            boolean present,
            int index,
            String name,
            int hardware,
            int flags,
            int operState,
            long mtu,
            String mac,
            String kind)
            implements NetlinkMessage {
        private static final int IFF_UP = 1;
        private static final int IFF_LOOPBACK = 8;
        private static final int IFF_LOWER_UP = 1 << 16;

        public boolean isEnabled() {
            return (flags & IFF_UP) != 0;
        }

        public boolean isLoopback() {
            return (flags & IFF_LOOPBACK) != 0;
        }

        /// Whether there is a carrier, for links that have no other state.
        public boolean hasCarrier() {
            return (flags & IFF_LOWER_UP) != 0;
        }
    }

    /// A link has this address, or no longer.
    ///
    /// @param flags `IFA_F_…`
    /// @param origin `IFAPROT_…`, 0 where the kernel does not say
    record Address(boolean present, int index, boolean six, String address, int prefix, long flags, int origin)
            implements NetlinkMessage {}

    /// A route of the main table is there, or is gone.
    ///
    /// @param replaces whether it takes the place of another, which is not announced itself
    /// @param destination all zeros for a default route
    /// @param type `RTN_…`
    /// @param protocol `RTPROT_…`: who made it
    record Route(
            boolean present,
            boolean replaces,
            boolean six,
            String destination,
            int prefix,
            long metric,
            int type,
            int protocol,
            List<Hop> hops)
            implements NetlinkMessage {
        public Route {
            hops = Frozen.list(hops);
        }
    }

    /// One way that a route goes.
    ///
    /// @param gateway empty where the destination is on the link
    /// @param index of the link; 0 for none
    record Hop(String gateway, int index) {}

    /// Somebody next to the host was seen, or is forgotten.
    ///
    /// @param mac empty while unknown
    /// @param state `NUD_…`
    record Neighbour(boolean present, int index, String address, String mac, int state) implements NetlinkMessage {}

    /// The answer to a dump request is complete, or has failed.
    ///
    /// @param error the errno; 0 for none
    record Done(int sequence, int error) implements NetlinkMessage {}

    /// The kernel had to drop announcements.
    record Overrun() implements NetlinkMessage {}
}
