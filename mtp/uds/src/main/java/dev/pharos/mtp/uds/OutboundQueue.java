// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The Records that wait for one peer, bounded in number and in bytes, from the call that sends them until
/// the socket has taken them. Holds no memory while nothing waits.
final class OutboundQueue {
    private final ConnectionLimits limits;
    private @Nullable ArrayDeque<Bytes> waiting;
    private int records;
    private long bytes;

    OutboundQueue(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// @return whether this Record is the first since the last [#takeAll()], so that somebody must come and
    ///     take
    synchronized boolean add(Bytes record) throws QueueFullException {
        boolean full =
                records >= limits.queuedRecords() || (records > 0 && bytes + record.size() > limits.queuedBytes());
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

    synchronized ArrayDeque<Bytes> takeAll() {
        ArrayDeque<Bytes> taken = waiting == null ? new ArrayDeque<>(0) : waiting;
        waiting = null;
        return taken;
    }

    /// The socket has taken a Record of this size, or never will.
    synchronized void done(int size) {
        records--;
        bytes -= size;
    }
}
