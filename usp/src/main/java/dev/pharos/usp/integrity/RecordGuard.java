// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Limits;
import dev.pharos.usp.integrity.RecordDecision.Departure;
import dev.pharos.usp.integrity.RecordDecision.Exchange;
import dev.pharos.usp.integrity.RecordDecision.Integrity;
import dev.pharos.usp.integrity.RecordDecision.Objection;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Gathers the facts on the Records of one peer for [RecordDecision], and protects ours. Thread-safe.
public final class RecordGuard {
    private static final Judged ABSENT = new Judged(Integrity.ABSENT, "");
    private static final Judged VALID = new Judged(Integrity.VALID, "");

    private final EndpointId peer;
    private final Supplier<Optional<SecureIdentity>> identity;
    private final Secrecy secrecy;
    private final Predicate<X509Certificate> stored;

    /// What a signature was found to be.
    private record Judged(Integrity integrity, String reason) {
        static Judged wrong(String reason) {
            return new Judged(Integrity.WRONG, reason);
        }
    }

    /// @param identity what we are, asked each time; empty where nothing can be signed or checked here
    public RecordGuard(EndpointId peer, Supplier<Optional<SecureIdentity>> identity) {
        this(peer, identity, Secrecy.NOT_DEMANDED, certificate -> false);
    }

    /// @param secrecy what is demanded of the way of Messages
    /// @param stored whether a certificate is known to be the peer's own, whomever it names
    public RecordGuard(
            EndpointId peer,
            Supplier<Optional<SecureIdentity>> identity,
            Secrecy secrecy,
            Predicate<X509Certificate> stored) {
        this.stored = stored;
        this.peer = peer;
        this.identity = identity;
        this.secrecy = secrecy;
    }

    public Optional<SecureIdentity> identity() {
        return identity.get();
    }

    /// Whether Messages may pass here only in TLS inside a session.
    public boolean demandsPayloadTls(Carrier carrier) {
        return RecordDecision.departure(secrecy, carrier, Exchange.NONE, false, false) == Departure.IN_PAYLOAD_TLS_ONLY;
    }

    /// Why a Record of ours may not leave like this, in a sentence; empty where it may.
    public Optional<String> barrier(UspRecord record, Carrier carrier) {
        return carriesMessage(record)
                        && record.protection().payloadSecurity() == PayloadSecurity.PLAINTEXT
                        && demandsPayloadTls(carrier)
                ? Optional.of("Messages leave here only in TLS: the connection is not encrypted, or nothing shows that"
                        + " it leads to " + peer + " (R-SEC.23)")
                : Optional.empty();
    }

    /// Protects a Record of ours where its transport does not, and it is not already (R-E2E.29).
    public UspRecord protect(UspRecord record, Carrier carrier) {
        Optional<SecureIdentity> own = identity.get();
        return own.isPresent()
                        && record.protection().macSignature().isEmpty()
                        && departure(record, carrier) == Departure.WITH_INTEGRITY
                ? RecordSignature.sign(record, own.get())
                : record;
    }

    private Departure departure(UspRecord record, Carrier carrier) {
        return RecordDecision.departure(Secrecy.NOT_DEMANDED, carrier, exchange(record, Optional.empty()), false, true);
    }

    /// Judges a Record by its signature and the way it came; one with the code of a TLS session is not for here.
    ///
    /// @return why it is not to be taken, in a sentence about it; empty where it is
    public Optional<String> objection(UspRecord record, Carrier carrier) {
        return objection(record, carrier, Optional.empty());
    }

    /// @param secured the certificate of the TLS session inside the Session Context that it belongs to, once that
    ///     stands
    public Optional<String> objection(UspRecord record, Carrier carrier, Optional<X509Certificate> secured) {
        Judged judged = judge(record);
        boolean same = secured.isPresent() && secured.equals(carrier.certificate());
        return switch (RecordDecision.of(new RecordDecision.Received(
                carriesMessage(record) ? secrecy : Secrecy.NOT_DEMANDED,
                carrier,
                exchange(record, secured),
                judged.integrity(),
                same,
                identity.get().isPresent()))) {
            case RecordDecision.Taken _ -> Optional.empty();
            case RecordDecision.Refused(Objection objection) ->
                Optional.of(objection == Objection.WRONG_INTEGRITY ? judged.reason() : objection.sentence());
        };
    }

    /// Whether a Record of the handshake counts only once the certificate of the TLS session is known, and only
    /// where it is that of the connection.
    public boolean isProvisional(UspRecord record, Carrier carrier) {
        return secrecy != Secrecy.NOT_DEMANDED
                && record.protection().macSignature().isEmpty()
                && exchange(record, Optional.empty()) == Exchange.HANDSHAKE
                && carrier.warrant() == Warrant.CERTIFICATE;
    }

    private static Exchange exchange(UspRecord record, Optional<X509Certificate> secured) {
        boolean tls = record.type() instanceof RecordType.SessionContext
                && record.protection().payloadSecurity() == PayloadSecurity.TLS12;
        return !tls ? Exchange.NONE : secured.isPresent() ? Exchange.ESTABLISHED : Exchange.HANDSHAKE;
    }

    private static boolean carriesMessage(UspRecord record) {
        return switch (record.type()) {
            case RecordType.NoSessionContext _, RecordType.SessionContext _ -> true;
            case RecordType.WebSocketConnect _,
                    RecordType.MqttConnect _,
                    RecordType.StompConnect _,
                    RecordType.UdsConnect _,
                    RecordType.Disconnect _ -> false;
        };
    }

    private Judged judge(UspRecord record) {
        if (record.protection().macSignature().isEmpty()) {
            return ABSENT;
        }
        Optional<SecureIdentity> own = identity.get();
        if (own.isEmpty()) {
            return Judged.wrong("it carries a signature, and signatures cannot be checked: we have no certificates");
        }
        List<X509Certificate> chain = chain(record.protection().senderCertificate());
        if (chain.isEmpty()) {
            return Judged.wrong("it carries a signature, and no certificate that can be read");
        }
        if (!RecordSignature.holds(record, chain.getFirst().getPublicKey())) {
            return Judged.wrong(Objection.WRONG_INTEGRITY.sentence());
        }
        return objection(own.get(), chain).map(Judged::wrong).orElse(VALID);
    }

    /// Why certificates do not prove the peer; empty where they do, or are stored as its own and hold.
    ///
    /// @param by who judges
    public Optional<String> objection(SecureIdentity by, List<X509Certificate> chain) {
        Optional<String> objection = by.judge().objection(peer, chain);
        return objection.isPresent() && stored.test(chain.getFirst())
                ? by.judge().objectionToKnown(chain)
                : objection;
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
