// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.nio.file.Path;
import java.util.Optional;

/// The TLS of a broker session, from PEM files; TLS 1.3 and 1.2 are spoken (R-STOMP.36).
///
/// @param trusted certificates that the broker's must lead to; the runtime's own trust where empty
/// @param certificateChain our certificate first, where we show one
/// @param privateKey PKCS#8, unencrypted; belongs to the certificate
public record StompTls(Optional<Path> trusted, Optional<Path> certificateChain, Optional<Path> privateKey) {
    public static final StompTls TRUSTING_THE_RUNTIME =
            new StompTls(Optional.empty(), Optional.empty(), Optional.empty());

    public StompTls {
        if (certificateChain.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate and its private key must be given together");
        }
    }

    public static StompTls trusting(Path trusted) {
        return new StompTls(Optional.of(trusted), Optional.empty(), Optional.empty());
    }

    public StompTls withCertificate(Path chain, Path key) {
        return new StompTls(trusted, Optional.of(chain), Optional.of(key));
    }
}
