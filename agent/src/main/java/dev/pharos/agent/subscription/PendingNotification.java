// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A notification on its way to one controller. Guarded by its [Outbox].
final class PendingNotification {
    private final MessageId id;
    private final NotifyRequest request;
    private final Duration expiration;
    private final @Nullable Permissions judgedBy;
    private int attempts;
    private @Nullable Instant firstAttempt;
    private Instant due = Instant.MIN;

    /// @param expiration from the first attempt on, zero for as long as it takes
    PendingNotification(MessageId id, NotifyRequest request, Duration expiration) {
        this(id, request, expiration, null);
    }

    /// @param judgedBy what the recipient was allowed when this was found fit for it; null where that is not
    ///     known any more
    PendingNotification(MessageId id, NotifyRequest request, Duration expiration, @Nullable Permissions judgedBy) {
        this.id = id;
        this.request = request;
        this.expiration = expiration;
        this.judgedBy = judgedBy;
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

    /// How much of a report of bulk data this holds; zero where it is something else.
    static long reportCharacters(NotifyRequest request) {
        return request.notification() instanceof Notification.Event event
                        && event.objPath().startsWith(OwnedRows.BULK_PROFILES)
                ? event.params().values().stream().mapToLong(String::length).sum()
                : 0;
    }

    boolean wantsAnswer() {
        return request.sendResponse();
    }

    Optional<Permissions> judgedBy() {
        return Optional.ofNullable(judgedBy);
    }

    /// As it was found fit for its recipient.
    UspMessage message() {
        return new UspMessage(id, request);
    }

    /// The same notification for a new count of attempts.
    PendingNotification again() {
        return new PendingNotification(id, request, expiration, judgedBy);
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
