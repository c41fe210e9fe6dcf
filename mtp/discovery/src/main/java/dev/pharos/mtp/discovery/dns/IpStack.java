// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.Set;
import org.xbill.DNS.Type;

/// An IP version that a host is set up with; it decides which addresses are asked for (R-DIS.6).
public enum IpStack {
    V4(Type.A),
    V6(Type.AAAA);

    private final int recordType;

    IpStack(int recordType) {
        this.recordType = recordType;
    }

    /// The type of the DNS record that gives its addresses.
    int recordType() {
        return recordType;
    }

    /// Those that this host has an address of, beside loopback and link-local ones; all where it has none.
    public static Set<IpStack> ofThisHost() {
        Set<IpStack> stacks = EnumSet.noneOf(IpStack.class);
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> stacks.add(of(address)));
        } catch (SocketException unknown) {
            return EnumSet.allOf(IpStack.class);
        }
        return stacks.isEmpty() ? EnumSet.allOf(IpStack.class) : stacks;
    }

    private static IpStack of(InetAddress address) {
        return address instanceof Inet4Address ? V4 : V6;
    }
}
