// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The notifications for one controller, sent in order, and those that want an answer again and again until
/// it comes or they expire (R-NOT.1 to R-NOT.4). While the controller cannot be reached they wait.
///
/// Bounded: past [Limits#WAITING_NOTIFICATIONS] a value change takes the place of an older one of the same
/// parameter, and where there is none the oldest notification is given up, which is logged once for each time
/// that the bound is reached. Reports of bulk data are bounded by their size beside it.
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Recipient recipient;
    private final EndpointId controller;
    private final NotificationSender sender;
    private final NotificationJournal journal;
    private final AgentRuntime runtime;
    private final Consumer<NotifyRequest> delivered;
    private final ArrayDeque<PendingNotification> waiting = new ArrayDeque<>(1);
    private final Map<MessageId, PendingNotification> unanswered = new LinkedHashMap<>(2);
    private AgentTimer.@Nullable Entry timer;
    private boolean pumping;
    private boolean overflowing;
    private boolean reportsOverflowing;
    private boolean closed;

    /// @param delivered is told of each notification that was answered
    Outbox(
            Recipient recipient,
            NotificationSender sender,
            NotificationJournal journal,
            AgentRuntime runtime,
            Consumer<NotifyRequest> delivered) {
        this.recipient = recipient;
        this.controller = recipient.endpointId();
        this.sender = sender;
        this.journal = journal;
        this.runtime = runtime;
        this.delivered = delivered;
    }

    /// Takes notifications to send; those that want an answer are safe on disk when this returns.
    synchronized void put(List<PendingNotification> notifications) {
        if (closed) {
            return;
        }
        journal.add(
                controller,
                notifications.stream().filter(PendingNotification::wantsAnswer).toList());
        for (PendingNotification notification : notifications) {
            makeRoom(notification.request());
            waiting.add(notification);
        }
        pump();
    }

    /// Takes what an earlier process could not deliver; it is on disk already.
    synchronized void restore(List<PendingNotification> notifications) {
        waiting.addAll(notifications);
        pump();
    }

    /// Reports of bulk data are large, so that they have a bound of their own.
    private void makeRoomForReport(NotifyRequest newest) {
        long characters = PendingNotification.reportCharacters(newest);
        if (characters == 0) {
            return;
        }
        for (PendingNotification pending : unanswered.values()) {
            characters += PendingNotification.reportCharacters(pending.request());
        }
        for (PendingNotification pending : waiting) {
            characters += PendingNotification.reportCharacters(pending.request());
        }
        int givenUp = 0;
        for (Iterator<PendingNotification> each = waiting.iterator();
                characters > Limits.WAITING_REPORT_CHARACTERS && each.hasNext(); ) {
            PendingNotification oldest = each.next();
            long size = PendingNotification.reportCharacters(oldest.request());
            if (size > 0) {
                each.remove();
                journal.remove(controller, oldest);
                characters -= size;
                givenUp++;
            }
        }
        if (givenUp > 0 && !reportsOverflowing) {
            LOG.warn("too much of reports waits for {}: older ones give way to newer ones", controller);
        }
        reportsOverflowing = givenUp > 0;
    }

    private void makeRoom(NotifyRequest newest) {
        makeRoomForReport(newest);
        if (waiting.size() < Limits.WAITING_NOTIFICATIONS) {
            overflowing = false;
            return;
        }
        PendingNotification victim = waiting.element();
        for (PendingNotification candidate : waiting) {
            if (candidate.supersededBy(newest)) {
                victim = candidate;
                break;
            }
        }
        if (!overflowing) {
            overflowing = true;
            LOG.warn(
                    "{} notifications wait for {}: older ones give way to newer ones",
                    Limits.WAITING_NOTIFICATIONS,
                    controller);
        }
        waiting.remove(victim);
        journal.remove(controller, victim);
    }

    /// There is a connection, or room in it.
    synchronized void reachable() {
        pump();
        retryDue();
    }

    /// Takes a notification, unless one like it is on its way.
    synchronized void putUnless(Predicate<NotifyRequest> alike, PendingNotification notification) {
        if (waiting.stream().noneMatch(pending -> alike.test(pending.request()))
                && unanswered.values().stream().noneMatch(pending -> alike.test(pending.request()))) {
            put(List.of(notification));
        }
    }

    /// The controller has answered; only the `msg_id` counts (R-NOT.9).
    void answered(MessageId id) {
        PendingNotification done;
        synchronized (this) {
            done = unanswered.remove(id);
            if (done == null) {
                return;
            }
            journal.remove(controller, done);
            schedule();
            pump();
        }
        delivered.accept(done.request());
    }

    /// Whether something is to be told that the connection may take any moment.
    synchronized boolean isTelling() {
        return pumping || sendable();
    }

    /// Starts every retry count anew, as a reboot does (R-NOT.4).
    synchronized void restarted() {
        List<PendingNotification> again = new ArrayList<>(unanswered.values());
        unanswered.clear();
        for (PendingNotification pending : again.reversed()) {
            waiting.addFirst(pending.again());
        }
        schedule();
        pump();
    }

    /// Gives up what has not been delivered, for good.
    synchronized void end() {
        waiting.forEach(pending -> journal.remove(controller, pending));
        unanswered.values().forEach(pending -> journal.remove(controller, pending));
        close();
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        unanswered.clear();
        schedule();
    }

    private void pump() {
        if (!pumping && sendable()) {
            pumping = true;
            Thread.startVirtualThread(this::sendWaiting);
        }
    }

    private boolean sendable() {
        return !closed
                && !waiting.isEmpty()
                && unanswered.size() < Limits.UNANSWERED_NOTIFICATIONS
                && sender.isReachable();
    }

    private void sendWaiting() {
        while (true) {
            PendingNotification next;
            Optional<NotifyRequest> told;
            synchronized (this) {
                if (!sendable()) {
                    pumping = false;
                    return;
                }
                next = waiting.remove();
                told = recipient.told(next);
                if (told.isEmpty()) {
                    journal.remove(controller, next);
                    continue;
                }
                if (next.wantsAnswer()) {
                    attempt(next);
                }
            }
            if (!send(new UspMessage(next.id(), told.get()))) {
                synchronized (this) {
                    // Its place in the order is the first again, unless its answer or its end came meanwhile.
                    if (!closed && (!next.wantsAnswer() || unanswered.remove(next.id()) != null)) {
                        waiting.addFirst(next);
                    }
                    pumping = false;
                    return;
                }
            }
        }
    }

    /// Hands one to the transport, waiting while its queue is full.
    private boolean send(UspMessage message) {
        while (true) {
            try {
                sender.send(message);
                return true;
            } catch (QueueFullException full) {
                try {
                    Thread.sleep(Limits.QUEUE_FULL_PAUSE);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            } catch (IOException unreachable) {
                return false;
            }
        }
    }

    /// Counts the attempt, and plans the next one.
    private void attempt(PendingNotification notification) {
        Instant now = runtime.steady().instant();
        int attempts = notification.attempted(now);
        notification.dueAt(now.plus(recipient.backoff().waitBefore(attempts, runtime.random())));
        unanswered.put(notification.id(), notification);
        schedule();
    }

    /// Keeps one entry in the timer, for whatever comes first; there is none only while nothing waits for its answer.
    private void schedule() {
        AgentTimer.@Nullable Entry before = timer;
        Optional<Instant> next =
                unanswered.values().stream().map(PendingNotification::due).min(Instant::compareTo);
        if (next.isPresent()) {
            Duration delay = Duration.between(runtime.steady().instant(), next.get());
            timer = runtime.timer().schedule(delay.isNegative() ? Duration.ZERO : delay, this::timerRan);
        } else {
            timer = null;
        }
        if (before != null) {
            before.cancel();
        }
    }

    private synchronized void timerRan() {
        timer = null;
        retryDue();
    }

    private void retryDue() {
        if (unanswered.isEmpty()) {
            return;
        }
        Instant now = runtime.steady().instant();
        List<PendingNotification> due = new ArrayList<>();
        for (Iterator<PendingNotification> each = unanswered.values().iterator(); each.hasNext(); ) {
            PendingNotification pending = each.next();
            if (pending.expired(now)) {
                each.remove();
                journal.remove(controller, pending);
            } else if (!pending.due().isAfter(now)) {
                due.add(pending);
            }
        }
        if (!sender.isReachable()) {
            // Tried again when there is a connection; until then only ends are waited for.
            due.forEach(pending -> pending.dueAt(now.plus(Limits.UNREACHABLE_RECHECK)));
            due.clear();
        }
        for (PendingNotification pending : due) {
            Optional<NotifyRequest> told = recipient.told(pending);
            if (told.isEmpty()) {
                unanswered.remove(pending.id());
                journal.remove(controller, pending);
                continue;
            }
            try {
                sender.send(new UspMessage(pending.id(), told.get()));
                int attempts = pending.attempted(now);
                pending.dueAt(now.plus(recipient.backoff().waitBefore(attempts, runtime.random())));
            } catch (IOException later) {
                pending.dueAt(now.plus(Limits.UNREACHABLE_RECHECK));
            }
        }
        schedule();
        pump();
    }
}
