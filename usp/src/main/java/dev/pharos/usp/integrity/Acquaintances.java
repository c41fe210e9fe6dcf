// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.EndpointId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Asked during a TLS handshake about certificates that lead to no authority which is trusted, whether their owners are
/// known all the same, or may become known by this first use (R-MTP.4a). Their dates and revocation lists were looked
/// at
/// before. Thread-safe; does not wait.
public interface Acquaintances {
    /// Knows nobody: without an authority, nobody is let in.
    Acquaintances NONE = new Acquaintances() {
        @Override
        public boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain) {
            return false;
        }

        @Override
        public boolean knowsClient(List<X509Certificate> chain) {
            return false;
        }

        @Override
        public void revoked(X509Certificate certificate) {}
    };

    /// Whether we go on with a server that we have dialled.
    ///
    /// @param wanted the Endpoint that we want to reach there; empty where it is a broker
    /// @param chain what it shows, its own certificate first; nothing is known of the others
    boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain);

    /// Whether we go on with somebody who has dialled us.
    ///
    /// @param chain as above
    boolean knowsClient(List<X509Certificate> chain);

    /// Somebody has shown a certificate that is on a revocation list, and is refused.
    void revoked(X509Certificate certificate);
}
