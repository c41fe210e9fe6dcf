// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import dev.pharos.usp.session.SendWindow.Sent;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one Session Context has to do later, and when.
final class SessionTimes {
    private @Nullable Instant acknowledgeAt;
    private int unacknowledged;
    private @Nullable Instant askAt;
    private int asks;
    private @Nullable Instant probeAt;
    private int probes;
    private @Nullable Instant answerBy;
    private @Nullable Instant secureBy;

    Optional<Instant> due() {
        return Stream.of(
                        Optional.ofNullable(acknowledgeAt),
                        Optional.ofNullable(askAt),
                        Optional.ofNullable(probeAt),
                        Optional.ofNullable(answerBy),
                        Optional.ofNullable(secureBy))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /// A Message was sent, which acknowledges what came.
    ///
    /// @param unanswered whether the peer never answered in this Session Context
    void sent(Instant now, boolean unanswered) {
        acknowledged();
        if (probeAt == null && probes < Limits.PROBES) {
            probeAt = now.plus(Limits.PROBE_AFTER);
        }
        if (unanswered && answerBy == null) {
            answerBy = now.plus(Limits.ESTABLISH_PATIENCE);
        }
    }

    void acknowledged() {
        acknowledgeAt = null;
        unacknowledged = 0;
    }

    /// A Record of the peer came.
    ///
    /// @param missing the first Message Record that it does not say it has
    /// @param progress whether it says it has more than before
    void heard(@Nullable Sent missing, boolean progress, Instant now) {
        answerBy = null;
        if (progress) {
            probes = 0;
            probeAt = now.plus(Limits.PROBE_AFTER);
        }
        if (missing == null) {
            probes = 0;
            probeAt = null;
        }
    }

    /// Content came in its order.
    void took(Instant now) {
        unacknowledged++;
        owe(now);
        if (unacknowledged >= Limits.ACKNOWLEDGE_EVERY) {
            acknowledgeAt = now;
        }
    }

    void owe(Instant now) {
        if (acknowledgeAt == null) {
            acknowledgeAt = now.plus(Limits.ACKNOWLEDGE_AFTER);
        }
    }

    boolean acknowledgementDue(Instant now) {
        return isDue(acknowledgeAt, now);
    }

    void gap(Instant now) {
        if (askAt == null) {
            askAt = now.plus(Limits.GAP_PATIENCE);
        }
    }

    /// What was missing came.
    void ordered(boolean anotherGap, Instant now) {
        asks = 0;
        askAt = anotherGap ? now.plus(Limits.GAP_PATIENCE) : null;
    }

    boolean askDue(Instant now) {
        return isDue(askAt, now);
    }

    /// @return false where it was asked for often enough
    boolean ask(int times, Instant now) {
        asks++;
        askAt = now.plus(Limits.ASK_AGAIN_AFTER);
        return asks <= times;
    }

    boolean probeDue(Instant now) {
        return isDue(probeAt, now);
    }

    void probe(Instant now) {
        probes++;
        probeAt = probes < Limits.PROBES ? now.plus(Limits.PROBE_AFTER.multipliedBy(1L << probes)) : null;
    }

    boolean failed(Instant now) {
        return isDue(answerBy, now);
    }

    /// A TLS handshake begins.
    void handshake(Instant now) {
        secureBy = now.plus(Limits.HANDSHAKE_PATIENCE);
    }

    void secured() {
        secureBy = null;
    }

    boolean handshakeFailed(Instant now) {
        return isDue(secureBy, now);
    }

    private static boolean isDue(@Nullable Instant at, Instant now) {
        return at != null && !at.isAfter(now);
    }
}
