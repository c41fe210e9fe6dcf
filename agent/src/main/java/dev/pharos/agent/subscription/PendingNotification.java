// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A notification on its way to one controller. Guarded by its [Outbox].
final class PendingNotification {
    private final MessageId id;
    private final NotifyRequest request;
    private final Duration expiration;
    private int attempts;
    private @Nullable Instant firstAttempt;
    private Instant due = Instant.MIN;

    /// @param expiration from the first attempt on, zero for as long as it takes
    PendingNotification(MessageId id, NotifyRequest request, Duration expiration) {
        this.id = id;
        this.request = request;
        this.expiration = expiration;
    }

    MessageId id() {
        return id;
    }

    NotifyRequest request() {
        return request;
    }

    Duration expiration() {
        return expiration;
    }

    boolean wantsAnswer() {
        return request.sendResponse();
    }

    UspMessage message() {
        return new UspMessage(id, request);
    }

    /// Counts an attempt.
    ///
    /// @return how many there were, this one included
    int attempted(Instant now) {
        if (firstAttempt == null) {
            firstAttempt = now;
        }
        return ++attempts;
    }

    void dueAt(Instant instant) {
        due = instant;
    }

    /// When something has to happen to it: another attempt, or its end.
    Instant due() {
        if (firstAttempt == null || expiration.isZero()) {
            return due;
        }
        Instant end = firstAttempt.plus(expiration);
        return end.isBefore(due) ? end : due;
    }

    boolean expired(Instant now) {
        return firstAttempt != null
                && !expiration.isZero()
                && !firstAttempt.plus(expiration).isAfter(now);
    }

    /// Whether this is an older word on the same parameter, which a newer one makes superfluous.
    boolean supersededBy(NotifyRequest newer) {
        return request.notification() instanceof Notification.ValueChange old
                && newer.notification() instanceof Notification.ValueChange now
                && old.paramPath().equals(now.paramPath())
                && request.subscriptionId().equals(newer.subscriptionId());
    }
}
