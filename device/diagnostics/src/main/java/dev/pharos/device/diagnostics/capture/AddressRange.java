// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/// Addresses that begin with the same bits.
///
/// @param prefix how many bits count
record AddressRange(Bytes address, int prefix) {

    /// @param text an IP address, or a network as `192.0.2.0/24`
    /// @return empty where it is none; names are not resolved
    static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (!address.matches("[0-9]{1,3}([.][0-9]{1,3}){3}") && address.indexOf(':') < 0) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
        int bits = bytes.length * 8;
        if (slash < 0) {
            return Optional.of(new AddressRange(Bytes.adopt(bytes), bits));
        }
        return prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= bits
                ? Optional.of(new AddressRange(Bytes.adopt(bytes), Integer.parseInt(prefix)))
                : Optional.empty();
    }

    /// @param text six bytes in hex with something between them
    static AddressRange ofHardware(String text) {
        byte[] bytes = HexFormat.of().parseHex(text.replaceAll("[^0-9A-Fa-f]", ""));
        return new AddressRange(Bytes.adopt(bytes), bytes.length * 8);
    }

    boolean has(Bytes other) {
        if (other.size() != address.size()) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
            if (((other.at(bit / 8) ^ address.at(bit / 8)) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
