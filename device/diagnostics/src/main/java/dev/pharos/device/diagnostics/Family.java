// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Which version of IP a diagnostic may use.
enum Family {
    ANY,
    IPV4,
    IPV6;

    static Family of(String protocolVersion) {
        return switch (protocolVersion) {
            case "IPv4" -> IPV4;
            case "IPv6" -> IPV6;
            default -> ANY;
        };
    }

    static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    boolean has(InetAddress address) {
        return this == ANY || this == of(address);
    }

    /// Of IP and UDP, or IP and the echo of ICMP, in bytes.
    int headers() {
        return this == IPV6 ? 48 : 28;
    }
}
