// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import java.time.Duration;
import java.util.function.IntFunction;

/// How an endpoint keeps Session Contexts with one peer: the settings of `Controller.{i}.E2ESession.`.
///
/// @param mode whether there are any
/// @param security what payloads of Session Contexts that we open are: with TLS, those of the peer must be so too
/// @param maxRecordBytes the largest Record that is sent, 512 or more; 0 cuts nothing up
/// @param maxRetransmitTries how often one Record is sent again on request, 0 to 10; -1 without end
/// @param expiration a Session Context that was silent for so long is not used any more; zero: never
/// @param retryWait how long to wait before the n-th new attempt (from 1) after Session Contexts that failed
public record SessionPolicy(
        SessionMode mode,
        PayloadSecurity security,
        int maxRecordBytes,
        int maxRetransmitTries,
        Duration expiration,
        IntFunction<Duration> retryWait) {
    public SessionPolicy {
        if (maxRecordBytes != 0 && maxRecordBytes < Limits.MIN_SESSION_RECORD_BYTES) {
            throw new IllegalArgumentException("a Record size must be 0 or at least 512 bytes: " + maxRecordBytes);
        }
        if (maxRetransmitTries < -1 || maxRetransmitTries > 10) {
            throw new IllegalArgumentException("retransmissions must be -1 to 10: " + maxRetransmitTries);
        }
        if (expiration.isNegative()) {
            throw new IllegalArgumentException("an expiration must not be negative: " + expiration);
        }
    }

    /// The defaults of TR-181, with this wait.
    public static SessionPolicy of(IntFunction<Duration> retryWait) {
        return new SessionPolicy(SessionMode.ALLOW, PayloadSecurity.PLAINTEXT, 0, 0, Duration.ZERO, retryWait);
    }

    public SessionPolicy withMode(SessionMode newMode) {
        return new SessionPolicy(newMode, security, maxRecordBytes, maxRetransmitTries, expiration, retryWait);
    }

    public SessionPolicy withSecurity(PayloadSecurity payload) {
        return new SessionPolicy(mode, payload, maxRecordBytes, maxRetransmitTries, expiration, retryWait);
    }

    boolean wantsTls() {
        return security == PayloadSecurity.TLS12;
    }

    public SessionPolicy withMaxRecordBytes(int bytes) {
        return new SessionPolicy(mode, security, bytes, maxRetransmitTries, expiration, retryWait);
    }

    public SessionPolicy withMaxRetransmitTries(int tries) {
        return new SessionPolicy(mode, security, maxRecordBytes, tries, expiration, retryWait);
    }

    public SessionPolicy withExpiration(Duration silence) {
        return new SessionPolicy(mode, security, maxRecordBytes, maxRetransmitTries, silence, retryWait);
    }

    boolean allowsRepeat(int repeatsSoFar) {
        return maxRetransmitTries < 0 || repeatsSoFar < maxRetransmitTries;
    }
}
