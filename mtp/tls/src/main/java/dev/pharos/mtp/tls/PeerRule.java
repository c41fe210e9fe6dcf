// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.util.Optional;

/// What is expected of the other side of a TLS connection.
///
/// @param certificateRequired whether a server refuses clients without a certificate; a client always demands the
///     server's (R-MTP.1)
/// @param wanted whom a client wants to reach: a certificate that names this Endpoint is accepted under any host name,
///     one that names another Endpoint under none (R-MTP.4, R-SEC.0a)
/// @param acquaintances who is let in although no authority vouches for it
public record PeerRule(boolean certificateRequired, Optional<EndpointId> wanted, Acquaintances acquaintances) {
    /// Whoever an authority vouches for, and clients without certificates too.
    public static final PeerRule USUAL = new PeerRule(false, Optional.empty(), Acquaintances.NONE);
}
