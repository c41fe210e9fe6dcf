// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.peer.PendingCalls.Outcome;
import dev.pharos.controller.policy.Limits;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends calls whose time is over. One thread looks at all of them now and then, and is gone when there have been none
/// for a while: to set and take back an alarm for each call would wake another thread twice for every answer.
final class CallTimer {
    private static final int IDLE_LOOKS = 50;

    private final Set<Watched> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    /// @param deadline of [System#nanoTime()]
    Watched watch(CompletableFuture<Outcome> call, long deadline) {
        Watched watched = new Watched(call, deadline);
        calls.add(watched);
        lookFromNowOn();
        return watched;
    }

    /// A call that is ended when its time is over, unless it is forgotten before.
    final class Watched {
        private final CompletableFuture<Outcome> call;
        private final long deadline;

        private Watched(CompletableFuture<Outcome> call, long deadline) {
            this.call = call;
            this.deadline = deadline;
        }

        private void look(long now) {
            if (now - deadline >= 0) {
                call.complete(new Outcome.OutOfTime());
            }
        }

        void forget() {
            calls.remove(this);
        }
    }

    private void lookFromNowOn() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("call-timer").start(this::look);
        }
    }

    private void look() {
        int idle = 0;
        try {
            while (idle < IDLE_LOOKS) {
                Thread.sleep(Limits.CALL_TIMER_INTERVAL);
                long now = System.nanoTime();
                calls.forEach(call -> call.look(now));
                idle = calls.isEmpty() ? idle + 1 : 0;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            looking.set(false);
        }
        // one that came between the last look and the end
        if (!calls.isEmpty()) {
            lookFromNowOn();
        }
    }
}
