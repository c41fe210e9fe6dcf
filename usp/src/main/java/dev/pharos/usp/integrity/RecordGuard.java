// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Limits;
import dev.pharos.usp.record.UspRecord;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides on the Records of one peer whether they are as it made them (R-E2E.28 to R-E2E.31), and protects ours.
/// Thread-safe.
public final class RecordGuard {
    private final EndpointId peer;
    private final Supplier<Optional<SecureIdentity>> identity;

    /// What the transport that a Record travels on does for it.
    public enum Transport {
        /// It is encrypted and ends at the peer itself, or at a broker that is trusted (R-E2E.28); or it is this
        /// host's own.
        PROTECTS,
        /// Somebody in between can read and alter it.
        IS_OPEN
    }

    /// @param identity what we are, asked each time; empty where nothing can be signed or checked here
    public RecordGuard(EndpointId peer, Supplier<Optional<SecureIdentity>> identity) {
        this.peer = peer;
        this.identity = identity;
    }

    public Optional<SecureIdentity> identity() {
        return identity.get();
    }

    /// Protects a Record of ours where its transport does not, and it is not already (R-E2E.29).
    public UspRecord protect(UspRecord record, Transport transport) {
        Optional<SecureIdentity> own = identity.get();
        return transport == Transport.IS_OPEN
                        && own.isPresent()
                        && record.protection().macSignature().isEmpty()
                ? RecordSignature.sign(record, own.get())
                : record;
    }

    /// Judges a Record by its signature; one with the code of a TLS session is not for here.
    ///
    /// @return why it is not to be taken, in a sentence about it; empty where it is
    public Optional<String> objection(UspRecord record, Transport transport) {
        Optional<SecureIdentity> own = identity.get();
        boolean signed = !record.protection().macSignature().isEmpty();
        if (own.isEmpty()) {
            return signed
                    ? Optional.of("it carries a signature, and signatures cannot be checked: we have no certificates")
                    : Optional.empty();
        }
        if (!signed) {
            return transport == Transport.PROTECTS
                    ? Optional.empty()
                    : Optional.of("it carries no signature, and its transport does not protect it");
        }
        List<X509Certificate> chain = chain(record.protection().senderCertificate());
        if (chain.isEmpty()) {
            return Optional.of("it carries a signature, and no certificate that can be read");
        }
        if (!RecordSignature.holds(record, chain.getFirst().getPublicKey())) {
            return Optional.of("its signature is wrong");
        }
        return own.get().judge().objection(peer, chain);
    }

    private static List<X509Certificate> chain(Bytes pem) {
        if (pem.isEmpty() || pem.size() > Limits.SENDER_CERTIFICATE_BYTES) {
            return List.of();
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.toByteArray()))
                    .stream()
                    .limit(Limits.SENDER_CERTIFICATES)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }
}
