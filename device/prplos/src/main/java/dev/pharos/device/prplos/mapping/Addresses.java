// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.net.InetAddress;
import java.util.Optional;

/// Addresses of IPv4 as numbers.
final class Addresses {
    private static final int OCTET = 255;

    private Addresses() {}

    /// @return empty where it is no address, such as `192.168.1.1`
    static Optional<Long> number(String text) {
        if (!text.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}")) {
            return Optional.empty();
        }
        long address = 0;
        for (String part : text.split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > OCTET) {
                return Optional.empty();
            }
            address = address << 8 | octet;
        }
        return Optional.of(address);
    }

    /// An address or prefix of IPv6 as everybody else would write it, anything else as it is.
    static String canonical(String text) {
        if (!text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?")) {
            return text;
        }
        int slash = text.indexOf('/');
        try {
            return InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                            .getHostAddress()
                    + (slash < 0 ? "" : text.substring(slash));
        } catch (IllegalArgumentException none) {
            return text;
        }
    }

    static String text(long address) {
        return (address >> 24 & OCTET) + "." + (address >> 16 & OCTET) + "." + (address >> 8 & OCTET) + "."
                + (address & OCTET);
    }
}
