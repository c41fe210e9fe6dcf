// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.EndpointId;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.X509CertPath;

/// What the other end of a DTLS session has shown, and was found good.
///
/// @param chain its own certificate first; empty without DTLS
record ShownCertificates(List<X509Certificate> chain) {

    static ShownCertificates of(EndpointContext context) {
        Principal principal = context.getPeerIdentity();
        return new ShownCertificates(
                principal instanceof X509CertPath shown
                        ? shown.getPath().getCertificates().stream()
                                .map(X509Certificate.class::cast)
                                .toList()
                        : List.of());
    }

    /// Empty without DTLS.
    Optional<CertificateIdentity> identity() {
        return chain.stream().findFirst().map(CertificateIdentity::of);
    }

    boolean proves(EndpointId id) {
        return identity().filter(identity -> identity.proves(id)).isPresent();
    }

    /// Whether both are of the same owner, by its own certificate; or neither is of anybody.
    boolean isSameAs(List<X509Certificate> other) {
        return chain.stream().findFirst().equals(other.stream().findFirst());
    }
}
