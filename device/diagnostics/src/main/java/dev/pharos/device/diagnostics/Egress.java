// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;

/// The link that a diagnostic has to leave by.
///
/// @param link its name on the host; empty where the host decides by its routes
record Egress(String link) {
    static final Egress ANY = new Egress("");

    /// The link of this name.
    ///
    /// @param reference which row stands for it
    /// @throws UspException 7022 where the host has no such link
    static Egress of(String link, String reference) {
        Egress egress = new Egress(link);
        if (egress.found().isEmpty()) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE,
                    "no link of this host stands behind " + reference + "; leave out Interface");
        }
        return egress;
    }

    boolean isAny() {
        return link.isEmpty();
    }

    private Optional<NetworkInterface> found() {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(link));
        } catch (SocketException refused) {
            return Optional.empty();
        }
    }

    /// The address that packets to `target` have to come from.
    ///
    /// @return empty where the host decides
    /// @throws UspException 7022 where the link has no address of the target's version
    Optional<InetAddress> source(InetAddress target) {
        if (isAny()) {
            return Optional.empty();
        }
        Family family = Family.of(target);
        return Optional.of(found().stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(family::has)
                .min(Comparator.comparing(address -> address.isLinkLocalAddress() != target.isLinkLocalAddress()))
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.COMMAND_FAILURE,
                        link + " has no address of " + (family == Family.IPV4 ? "IPv4" : "IPv6"))));
    }
}
