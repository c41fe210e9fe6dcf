// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// What a DHCP client of this host has been given.
///
/// @param origin where that was read, for people: a file
/// @param interfaceName empty where the client does not say
/// @param server the address from which the server answered, where it is known
/// @param expires empty where the lease has no end or the client does not tell it
public record Lease(
        String origin,
        String interfaceName,
        DhcpOptions options,
        Optional<InetAddress> server,
        Optional<Instant> expires) {

    /// Whether it holds at this time.
    public boolean isValid(Instant now) {
        return expires.map(now::isBefore).orElse(true);
    }
}
