// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.Limits;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// The calls of one device that wait for their answers.
final class PendingCalls {
    /// Fair, so that no caller waits for ever while others come and go.
    private final Semaphore slots = new Semaphore(Limits.CALLS_IN_FLIGHT, true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<MessageId, Waiting> waiting = new HashMap<>(4);
    private final ArrayDeque<MessageId> givenUp = new ArrayDeque<>(2);

    /// How a call ended.
    sealed interface Outcome {
        record Answered(Body body) implements Outcome {}

        record Lost(String reason) implements Outcome {}

        record OutOfTime() implements Outcome {}
    }

    /// What an answer turned out to be.
    enum Match {
        AWAITED,
        LATE,
        UNEXPECTED
    }

    record Waiting(Link link, CompletableFuture<Outcome> outcome) {}

    Semaphore slots() {
        return slots;
    }

    CompletableFuture<Outcome> open(MessageId id, Link link) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        lock.lock();
        try {
            waiting.put(id, new Waiting(link, outcome));
        } finally {
            lock.unlock();
        }
        return outcome;
    }

    void giveUp(MessageId id) {
        lock.lock();
        try {
            if (waiting.remove(id) != null) {
                givenUp.addLast(id);
                if (givenUp.size() > Limits.REMEMBERED_CALLS) {
                    givenUp.removeFirst();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    Match answer(MessageId id, Body body) {
        Waiting call;
        lock.lock();
        try {
            call = waiting.remove(id);
            if (call == null) {
                return givenUp.remove(id) ? Match.LATE : Match.UNEXPECTED;
            }
        } finally {
            lock.unlock();
        }
        call.outcome().complete(new Outcome.Answered(body));
        return Match.AWAITED;
    }

    /// Ends the call of this id, if it still waits.
    void lose(MessageId id, String reason) {
        Waiting call;
        lock.lock();
        try {
            call = waiting.remove(id);
        } finally {
            lock.unlock();
        }
        if (call != null) {
            call.outcome().complete(new Outcome.Lost(reason));
        }
    }

    /// Ends every call that was sent over this connection: its answer would come back there and nowhere else.
    void lose(Link link, String reason) {
        List<Waiting> lost = new ArrayList<>();
        lock.lock();
        try {
            waiting.values().removeIf(call -> {
                boolean gone = call.link() == link;
                if (gone) {
                    lost.add(call);
                }
                return gone;
            });
        } finally {
            lock.unlock();
        }
        lost.forEach(call -> call.outcome().complete(new Outcome.Lost(reason)));
    }
}
