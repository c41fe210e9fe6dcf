// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.RecordMac;
import dev.pharos.usp.integrity.RecordSignature;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What secures the Records of one Session Context for as long as it lasts (R-E2E.18): nothing of its own, or the
/// TLS session inside it.
///
/// A Record under TLS carries our signature until the peer can check codes, and the code of the TLS session after
/// that. Records of the handshake are signed whenever they are sent, since a peer that lacks them cannot check
/// anything else.
final class ContextSecurity {
    private static final Bytes WIDEST_SIGNATURE = Bytes.adopt(new byte[RecordSignature.MAX_BYTES]);

    private final Optional<SecureIdentity> identity;
    private final @Nullable PayloadTls tls;
    private final BiFunction<SecureIdentity, List<X509Certificate>, Optional<String>> judge;
    private boolean confirmed;
    private @Nullable Carrier provisional;
    private @Nullable SecureIdentity judgedBy;
    private Instant judgedAt = Instant.MIN;

    /// What can be said of a Record now.
    enum Verdict {
        HOLDS,
        /// Its code can be checked only when what came before it is here.
        NOT_YET,
        BROKEN
    }

    private ContextSecurity(
            Optional<SecureIdentity> identity,
            @Nullable PayloadTls tls,
            BiFunction<SecureIdentity, List<X509Certificate>, Optional<String>> judge) {
        this.identity = identity;
        this.tls = tls;
        this.judge = judge;
        // The handshake judges by this one.
        this.judgedBy = identity.orElse(null);
    }

    /// @param identity whose signature may be added on the way out, where there is one
    static ContextSecurity plaintext(Optional<SecureIdentity> identity) {
        return new ContextSecurity(identity, null, (by, chain) -> Optional.empty());
    }

    /// @param client whether we begin the Session Context
    /// @param guard judges the peer's certificates
    static ContextSecurity tls(SecureIdentity identity, RecordGuard guard, boolean client) {
        return new ContextSecurity(
                Optional.of(identity),
                new PayloadTls(identity, chain -> guard.objection(identity, chain), client),
                guard::objection);
    }

    /// Whether a Record carries the code of a TLS session, and not a signature.
    static boolean isCoded(UspRecord record) {
        RecordProtection protection = record.protection();
        return protection.payloadSecurity() == PayloadSecurity.TLS12
                && !protection.macSignature().isEmpty()
                && protection.senderCertificate().isEmpty();
    }

    PayloadSecurity kind() {
        return tls == null ? PayloadSecurity.PLAINTEXT : PayloadSecurity.TLS12;
    }

    /// Null in plaintext.
    @Nullable
    PayloadTls tls() {
        return tls;
    }

    /// Whether Messages can be sent.
    boolean ready() {
        return tls == null || tls.established();
    }

    /// Whether the peer has shown that it can read and write here: in plaintext always.
    boolean proven() {
        return tls == null || confirmed;
    }

    /// A Message came through TLS.
    void confirm() {
        confirmed = true;
    }

    /// A Record of the handshake was taken since its connection ends at the peer, so that the TLS session must end
    /// there too.
    void provisionally(Carrier carrier) {
        provisional = carrier;
    }

    /// Whether the TLS session turns out to end elsewhere than the connection that brought its handshake.
    boolean endsElsewhere() {
        return provisional != null
                && tls != null
                && !provisional.certificate().equals(Optional.of(tls.peerChain().getFirst()));
    }

    /// Judges the peer's certificates anew, when what they are judged by has changed and now and then.
    ///
    /// @return why they do not hold any more, in a sentence about the peer
    Optional<String> disowned(Optional<SecureIdentity> current, Instant now) {
        if (tls == null || !tls.established() || current.isEmpty()) {
            return Optional.empty();
        }
        SecureIdentity by = current.get();
        if (judgedAt.equals(Instant.MIN)) {
            judgedAt = now;
        }
        if (by.equals(judgedBy) && now.isBefore(judgedAt.plus(Limits.CERTIFICATE_REVIEW))) {
            return Optional.empty();
        }
        judgedBy = by;
        judgedAt = now;
        return judge.apply(by, tls.peerChain());
    }

    Verdict check(UspRecord record) {
        if (tls == null || !isCoded(record)) {
            return Verdict.HOLDS;
        }
        RecordMac mac = tls.mac();
        if (mac == null) {
            return Verdict.NOT_YET;
        }
        if (!mac.holds(record)) {
            return Verdict.BROKEN;
        }
        confirmed = true;
        return Verdict.HOLDS;
    }

    /// The Record as it goes out.
    UspRecord protect(UspRecord bare, SendWindow.Sent content) {
        if (tls == null) {
            return bare;
        }
        RecordMac mac = tls.mac();
        boolean understood = content.carriesMessage() || (content.segment().carriesNothing() && peerHasKeys());
        return mac != null && understood ? mac.protect(bare) : RecordSignature.sign(bare, identity.orElseThrow());
    }

    private boolean peerHasKeys() {
        return confirmed || (tls != null && tls.established() && tls.finishesSecond());
    }

    /// The most that protection adds to a Record.
    ///
    /// @param handshake whether it is one of the TLS handshake
    RecordProtection widest(boolean handshake) {
        boolean signed = tls == null || handshake;
        Bytes certificate =
                signed ? identity.map(SecureIdentity::senderCertificate).orElse(Bytes.EMPTY) : Bytes.EMPTY;
        Bytes signature = identity.isPresent() ? WIDEST_SIGNATURE : Bytes.EMPTY;
        return new RecordProtection(kind(), signature, certificate);
    }
}
