// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Bytes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The Records that wait for one peer, bounded in number and in bytes, from the call that sends them until
/// the socket has taken them. Holds no memory while nothing waits.
public final class RecordQueue {
    private final int mostRecords;
    private final int mostBytes;
    private @Nullable ArrayDeque<Bytes> waiting;
    private int records;
    private long bytes;

    /// @param mostRecords that may wait
    /// @param mostBytes that may wait, beside a single Record, which may be larger
    public RecordQueue(int mostRecords, int mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /// @throws QueueFullException where it finds no room; nothing was put in
    /// @return whether this Record is the first since the last [#takeAll()], so that somebody must come and
    ///     take
    public synchronized boolean add(Bytes record) throws QueueFullException {
        boolean full = records >= mostRecords || (records > 0 && bytes + record.size() > mostBytes);
        if (full) {
            throw new QueueFullException(records + " records of " + bytes + " bytes wait for the peer");
        }
        records++;
        bytes += record.size();
        if (waiting != null) {
            waiting.add(record);
            return false;
        }
        waiting = new ArrayDeque<>(4);
        waiting.add(record);
        return true;
    }

    /// What waits, in order; it counts until [#done(int)].
    public synchronized ArrayDeque<Bytes> takeAll() {
        ArrayDeque<Bytes> taken = waiting == null ? new ArrayDeque<>(0) : waiting;
        waiting = null;
        return taken;
    }

    /// The socket has taken a Record of this size, or never will.
    public synchronized void done(int size) {
        records--;
        bytes -= size;
    }
}
