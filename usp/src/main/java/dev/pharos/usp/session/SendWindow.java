// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was sent within a Session Context and may still have to be sent again: every Record from the oldest
/// that the peer does not say it has (R-E2E.14 to R-E2E.16).
final class SendWindow {
    private final TreeMap<Long, Sent> kept = new TreeMap<>(Long::compareUnsigned);
    private long next;
    private long bytes;

    /// A Record that was sent.
    static final class Sent {
        private final long sequenceId;
        private final Segment segment;
        private final @Nullable Outgoing message;
        private Instant at;
        private int repeats;

        Sent(long sequenceId, Segment segment, @Nullable Outgoing message, Instant at) {
            this.sequenceId = sequenceId;
            this.segment = segment;
            this.message = message;
            this.at = at;
        }

        long sequenceId() {
            return sequenceId;
        }

        Segment segment() {
            return segment;
        }

        /// Whether a Message, or a piece of one, is in it: else it is of a handshake, or nothing.
        boolean carriesMessage() {
            return message != null;
        }

        Instant at() {
            return at;
        }

        int repeats() {
            return repeats;
        }

        void repeated(Instant now) {
            at = now;
            repeats++;
        }
    }

    /// @param first the `sequence_id` of the first Record, 1 in every Session Context that begins
    SendWindow(long first) {
        this.next = first;
    }

    long next() {
        return next;
    }

    /// @param message null where the Record carries none
    Sent add(Segment segment, @Nullable Outgoing message, Instant now) {
        Sent sent = new Sent(next, segment, message, now);
        kept.put(next, sent);
        bytes += segment.bytes();
        next++;
        return sent;
    }

    /// Lets go of all Records before `expected` (R-E2E.16).
    ///
    /// @return false where it acknowledges what was never sent
    boolean acknowledge(long expected) {
        if (Long.compareUnsigned(expected, next) > 0) {
            return false;
        }
        while (!kept.isEmpty() && Long.compareUnsigned(kept.firstKey(), expected) < 0) {
            bytes -= kept.pollFirstEntry().getValue().segment().bytes();
        }
        return true;
    }

    @Nullable
    Sent find(long sequenceId) {
        return kept.get(sequenceId);
    }

    /// The first that the peer does not say it has; null where it has all.
    @Nullable
    Sent oldest() {
        return kept.isEmpty() ? null : kept.firstEntry().getValue();
    }

    /// The first of those that carry something.
    @Nullable
    Sent oldestWithContent() {
        for (Sent sent : kept.values()) {
            if (!sent.segment().carriesNothing()) {
                return sent;
            }
        }
        return null;
    }

    boolean hasRoomFor(int records, long more) {
        return kept.size() + records <= Limits.UNACKNOWLEDGED_RECORDS && bytes + more <= Limits.UNACKNOWLEDGED_BYTES;
    }

    /// The Messages that the peer has not wholly acknowledged, in order.
    List<Outgoing> unacknowledged() {
        List<Outgoing> messages = new ArrayList<>();
        for (Sent sent : kept.values()) {
            if (sent.message != null && sent.segment.endsMessage()) {
                messages.add(sent.message);
            }
        }
        return messages;
    }
}
