// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.device.diagnostics.AddressText;
import dev.pharos.device.linux.netlink.NetlinkMessage;
import dev.pharos.device.linux.netlink.NetworkState;
import java.net.Inet6Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Java itself knows of the network, for hosts on which the kernel may not be asked. It stays as it was
/// when taken.
final class InterfaceSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceSnapshot.class);
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
    private static final int UP_WITH_CARRIER = 1 | 1 << 16;
    private static final int LOOPBACK = 8;
    private static final int ETHER = 1;
    private static final int NO_HARDWARE = 65_534;
    private static final int LOOPBACK_HARDWARE = 772;
    private static final int PERMANENT = 0x80;

    private InterfaceSnapshot() {}

    static NetworkState take() {
        NetworkState state = new NetworkState();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                take(state, each);
            }
        } catch (SocketException unreadable) {
            LOG.warn("the network interfaces cannot be read: {}", unreadable.getMessage());
        }
        return state;
    }

    private static void take(NetworkState state, NetworkInterface each) throws SocketException {
        byte[] mac = each.getHardwareAddress();
        int hardware = mac == null ? NO_HARDWARE : ETHER;
        int flags = (each.isUp() ? UP_WITH_CARRIER : 0) | (each.isLoopback() ? LOOPBACK : 0);
        state.apply(new NetlinkMessage.Link(
                true,
                each.getIndex(),
                each.getName(),
                each.isLoopback() ? LOOPBACK_HARDWARE : hardware,
                flags,
                0,
                each.getMTU(),
                mac == null || mac.length != 6 ? "" : COLONS.formatHex(mac),
                each.isVirtual() ? "virtual" : ""));
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
            state.apply(new NetlinkMessage.Address(
                    true,
                    each.getIndex(),
                    address.getAddress() instanceof Inet6Address,
                    AddressText.of(address.getAddress().getAddress()),
                    address.getNetworkPrefixLength(),
                    PERMANENT,
                    0));
        }
    }
}
