// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.Bytes;
import java.time.Instant;

/// Packets as they would come from a link, by hand.
final class PacketBytes {
    static final Instant TIME = Instant.parse("2026-11-27T15:00:00.123456789Z");

    private static final String ETHERNET = "020000000001" + "020000000002";

    private PacketBytes() {}

    static Packet ethernet(String rest) {
        return packet(ETHERNET + rest);
    }

    static Packet packet(String hex) {
        Bytes bytes = Bytes.ofHex(hex);
        return new Packet(TIME, bytes.size(), bytes);
    }

    /// IPv4 from 192.0.2.1 to 198.51.100.7, with nothing of the transport but what `rest` has.
    static String ipv4(int protocol, String rest) {
        return "4500002800000000" + "40" + hex(protocol, 1) + "0000" + "c0000201" + "c6336407" + rest;
    }

    /// IPv6 from 2001:db8::1 to 2001:db8::2.
    static String ipv6(int next, String rest) {
        return "60000000" + "0014" + hex(next, 1) + "40" + "20010db8000000000000000000000001"
                + "20010db8000000000000000000000002" + rest;
    }

    /// The beginning of TCP or UDP.
    static String ports(int from, int to) {
        return hex(from, 2) + hex(to, 2) + "00000000";
    }

    private static String hex(int number, int bytes) {
        return String.format("%0" + 2 * bytes + "x", number);
    }
}
