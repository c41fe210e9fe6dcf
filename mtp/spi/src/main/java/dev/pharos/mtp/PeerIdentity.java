// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Who a transport says its peer is, and how it knows.
///
/// @param endpointId what the peer calls itself, where the transport was told; a claim, unless `proof` says
///     otherwise
/// @param address for people: `127.0.0.1:50312`, or a broker's client and topic
/// @param loopback whether the peer is on this host
public record PeerIdentity(Optional<EndpointId> endpointId, Proof proof, String address, boolean loopback) {

    /// How a peer's Endpoint ID is known to be its own.
    public enum Proof {
        /// Only claimed.
        NONE,
        /// A login (password or token) that belongs to this Endpoint ID.
        CREDENTIALS,
        /// A certificate that names this Endpoint ID (R-SEC.0a).
        CERTIFICATE
    }
}
