// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.EndpointId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Decides whether certificates prove who a peer is: their dates, who signed them, whether they are revoked, and
/// whose they are (R-SEC.0a). Thread-safe; does not wait.
@FunctionalInterface
public interface CertificateJudge {
    /// @param chain the peer's own certificate first
    /// @return why they do not prove it, in a sentence about the peer; empty where they do
    Optional<String> objection(EndpointId peer, List<X509Certificate> chain);

    /// The same, for certificates that are known to be the peer's own, whomever they name: only their dates, who
    /// signed them and whether they are revoked. A judge that cannot tell these apart objects.
    ///
    /// @return why they do not hold, in a sentence about the peer; empty where they do
    default Optional<String> objectionToKnown(List<X509Certificate> chain) {
        return Optional.of("its certificate does not name it");
    }
}
