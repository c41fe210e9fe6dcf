// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.net.Inet6Address;
import java.net.InetAddress;

/// What a text must be to count.
enum Family {
    ANY,
    IPV4,
    IPV6,
    ADDRESS,
    MAC,
    VLAN;

    /// 4095 is reserved (IEEE 802.1Q, 9.6).
    private static final int LAST_VLAN = 4094;

    private static final String SIX = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /// @param word as a mapping has it: any, ipv4, ipv6, address, mac, vlan
    static Family of(String word, Wrong wrong) throws MappingFormatException {
        return switch (word) {
            case "any" -> ANY;
            case "ipv4" -> IPV4;
            case "ipv6" -> IPV6;
            case "address" -> ADDRESS;
            case "mac" -> MAC;
            case "vlan" -> VLAN;
            default -> throw wrong.because("expected: any, ipv4, ipv6, address, mac or vlan in place of " + word);
        };
    }

    boolean holds(String text) {
        return switch (this) {
            case ANY -> true;
            case IPV4 -> isFour(text);
            case IPV6 -> isSix(text);
            case ADDRESS -> isFour(text) || isSix(text);
            case MAC -> text.matches("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");
            case VLAN -> text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= LAST_VLAN;
        };
    }

    private static boolean isFour(String text) {
        return Addresses.number(text).isPresent();
    }

    private static boolean isSix(String text) {
        try {
            return text.matches(SIX) && InetAddress.ofLiteral(text) instanceof Inet6Address;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
