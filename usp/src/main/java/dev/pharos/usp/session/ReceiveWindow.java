// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import dev.pharos.usp.record.UspRecord;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What came within a Session Context before its turn (R-E2E.20).
final class ReceiveWindow {
    private final TreeMap<Long, Early> early = new TreeMap<>(Long::compareUnsigned);
    private long expected = 1;
    private long bytes;

    /// @param heard whether it was checked, and what it says of the other direction heeded, when it came
    record Early(UspRecord record, boolean heard, int bytes) {}

    /// What became of a Record that came early.
    enum Kept {
        YES,
        DUPLICATE,
        NO_ROOM
    }

    /// The `sequence_id` whose turn it is.
    long expected() {
        return expected;
    }

    boolean hasGap() {
        return !early.isEmpty();
    }

    boolean holds(long sequenceId) {
        return early.containsKey(sequenceId);
    }

    Kept keep(long sequenceId, Early record) {
        if (early.containsKey(sequenceId)) {
            return Kept.DUPLICATE;
        }
        if (early.size() >= Limits.EARLY_RECORDS || bytes + record.bytes() > Limits.MAX_RECORD_BYTES) {
            return Kept.NO_ROOM;
        }
        early.put(sequenceId, record);
        bytes += record.bytes();
        return Kept.YES;
    }

    /// The Record of the current turn is done.
    ///
    /// @return the next, where it came early
    @Nullable
    Early advance() {
        expected++;
        Early next = early.remove(expected);
        if (next != null) {
            bytes -= next.bytes();
        }
        return next;
    }
}
