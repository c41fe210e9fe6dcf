// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import java.nio.file.Path;
import java.util.Optional;

/// The TLS of one side, from PEM files (R-WS.22); TLS 1.3 and 1.2 are spoken.
///
/// @param certificateChain our certificate first, then those that signed it; a server needs it, a client may
///     have it
/// @param privateKey PKCS#8, unencrypted; belongs to the certificate
/// @param trusted certificates that peers' certificates must lead to; the runtime's own trust where empty
/// @param peerCertificateRequired whether a server refuses clients without a certificate; a client always
///     demands the server's
public record TlsSettings(
        Optional<Path> certificateChain,
        Optional<Path> privateKey,
        Optional<Path> trusted,
        boolean peerCertificateRequired) {

    public TlsSettings {
        if (certificateChain.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate and its private key must be given together");
        }
    }

    /// A server that shows this certificate and asks clients for none.
    public static TlsSettings server(Path certificateChain, Path privateKey) {
        return new TlsSettings(Optional.of(certificateChain), Optional.of(privateKey), Optional.empty(), false);
    }

    /// A client that trusts these certificates and shows none.
    public static TlsSettings trusting(Path trusted) {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.of(trusted), false);
    }

    /// A client that trusts what the runtime trusts and shows no certificate.
    public static TlsSettings trustingTheRuntime() {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public TlsSettings withTrusted(Path certificates) {
        return new TlsSettings(certificateChain, privateKey, Optional.of(certificates), peerCertificateRequired);
    }

    public TlsSettings withCertificate(Path chain, Path key) {
        return new TlsSettings(Optional.of(chain), Optional.of(key), trusted, peerCertificateRequired);
    }

    public TlsSettings requiringPeerCertificate() {
        return new TlsSettings(certificateChain, privateKey, trusted, true);
    }
}
