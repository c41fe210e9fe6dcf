// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import dev.pharos.mtp.tls.AddressBlock;
import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where somebody comes from of whom nothing else is known, as a text: what their network gives to one.
public final class AskerAddress {
    private static final int IPV4_BYTES = 4;

    private AskerAddress() {}

    /// `192.0.2.7`, or the IPv6 network of 64 bits, `2001:db8:0:1::/64`, within which a host has as many
    /// addresses as it likes. What is no address stays as it is.
    public static String block(String address) {
        Bytes prefix;
        try {
            prefix = AddressBlock.of(new InetSocketAddress(InetAddress.ofLiteral(address), 0))
                    .prefix();
        } catch (IllegalArgumentException none) {
            return address;
        }
        boolean old = prefix.size() == IPV4_BYTES;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < prefix.size(); i += old ? 1 : 2) {
            int high = prefix.at(i) & 0xFF;
            text.append(text.isEmpty() ? "" : old ? "." : ":")
                    .append(old ? Integer.toString(high) : Integer.toHexString(high << 8 | (prefix.at(i + 1) & 0xFF)));
        }
        return old ? text.toString() : text + "::/64";
    }
}
