// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate and its key.
public record Issued(X509Certificate certificate, PrivateKey key) {
    /// Without the key.
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().toString();
    }
}
