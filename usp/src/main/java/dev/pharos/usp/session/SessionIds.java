// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/// Chooses session ids, and remembers those that have ended (R-E2E.3).
///
/// Each new id is larger than all before it, so that where both sides start anew at once, one of the two
/// ids wins on both sides.
final class SessionIds {
    private static final long FIRST_BELOW = 1L << 40;
    private static final long STEP_BELOW = 1L << 20;

    private final RandomGenerator random;
    private final ArrayDeque<Ended> ended = new ArrayDeque<>(1);
    private long last = 1;

    private record Ended(long id, Instant at) {}

    SessionIds(RandomGenerator random) {
        this.random = random;
    }

    /// An id that was not used with this peer before, larger than 1.
    long next() {
        boolean fresh = last == 1 || Long.compareUnsigned(last, -1L - STEP_BELOW) > 0;
        last = fresh ? random.nextLong(2, FIRST_BELOW) : last + 1 + random.nextLong(STEP_BELOW);
        return last;
    }

    /// The peer chose this one.
    void seen(long id) {
        if (Long.compareUnsigned(id, last) > 0) {
            last = id;
        }
    }

    void ended(long id, Instant now) {
        if (ended.size() >= Limits.ENDED_SESSIONS) {
            ended.removeFirst();
        }
        ended.addLast(new Ended(id, now));
    }

    /// Whether a Record of this id is only late.
    boolean isLate(long id, Instant now) {
        ended.removeIf(each -> each.at().plus(Limits.ENDED_SESSION_MEMORY).isBefore(now));
        return ended.stream().anyMatch(each -> each.id() == id);
    }

    void forget() {
        ended.clear();
    }
}
