// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The TLS of one side, from PEM files (R-WS.22, R-MQTT.48); TLS 1.3 and 1.2 are spoken.
///
/// @param certificateChain our certificate first, then those that signed it; a server needs it, a client may
///     have it
/// @param privateKey PKCS#8, unencrypted; belongs to the certificate
/// @param trusted certificates that peers' certificates must lead to; the runtime's own trust where empty
/// @param revoked revocation lists of those who sign peers' certificates: with it, a peer is refused where
///     none of its authority is there, or where it is out of date
/// @param rule what is expected of the other side
public record TlsSettings(
        Optional<Path> certificateChain,
        Optional<Path> privateKey,
        Optional<Path> trusted,
        Optional<Path> revoked,
        PeerRule rule) {
    private static final TlsSettings NOTHING =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), PeerRule.USUAL);

    public TlsSettings {
        if (certificateChain.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate and its private key must be given together");
        }
    }

    /// A server that shows this certificate and asks clients for none.
    public static TlsSettings server(Path certificateChain, Path privateKey) {
        return NOTHING.withCertificate(certificateChain, privateKey);
    }

    /// A client that trusts these certificates and shows none.
    public static TlsSettings trusting(Path trusted) {
        return NOTHING.withTrusted(trusted);
    }

    /// A client that trusts what the runtime trusts and shows no certificate.
    public static TlsSettings trustingTheRuntime() {
        return NOTHING;
    }

    public TlsSettings withTrusted(Path certificates) {
        return new TlsSettings(certificateChain, privateKey, Optional.of(certificates), revoked, rule);
    }

    public TlsSettings withRevoked(Path lists) {
        return new TlsSettings(certificateChain, privateKey, trusted, Optional.of(lists), rule);
    }

    public TlsSettings withCertificate(Path chain, Path key) {
        return new TlsSettings(Optional.of(chain), Optional.of(key), trusted, revoked, rule);
    }

    public TlsSettings requiringPeerCertificate() {
        return with(new PeerRule(true, rule.wanted(), rule.acquaintances()));
    }

    public TlsSettings withPeer(EndpointId wanted) {
        return with(new PeerRule(rule.certificateRequired(), Optional.of(wanted), rule.acquaintances()));
    }

    /// With somebody to ask about those for whom no authority vouches.
    public TlsSettings withAcquaintances(Acquaintances acquaintances) {
        return with(new PeerRule(rule.certificateRequired(), rule.wanted(), acquaintances));
    }

    private TlsSettings with(PeerRule expected) {
        return new TlsSettings(certificateChain, privateKey, trusted, revoked, expected);
    }

    /// All that is read.
    List<Path> files() {
        return Stream.of(certificateChain, privateKey, trusted, revoked)
                .flatMap(Optional::stream)
                .toList();
    }
}
