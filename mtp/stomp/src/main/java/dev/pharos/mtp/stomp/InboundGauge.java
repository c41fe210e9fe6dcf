// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import org.jspecify.annotations.Nullable;

/// How much was read from the broker and not taken by the receiver yet. Beyond a bound the session stops reading,
/// so that the rest waits at the broker, and goes on when half of it is gone. Thread-safe.
final class InboundGauge {
    private @Nullable BrokerSession session;
    private long bytes;
    private int records;
    private boolean stopped;

    /// What still comes from an earlier session counts no more.
    synchronized void startFor(BrokerSession started) {
        session = started;
        bytes = 0;
        records = 0;
        stopped = false;
    }

    synchronized void came(BrokerSession from, int size) {
        if (from == session) {
            bytes += size;
            records++;
            if (!stopped && (bytes > Limits.INBOUND_BYTES || records > Limits.INBOUND_RECORDS)) {
                stopped = true;
                from.reading(false);
            }
        }
    }

    synchronized void taken(BrokerSession from, int size) {
        if (from == session) {
            bytes -= size;
            records--;
            if (stopped && bytes <= Limits.INBOUND_BYTES / 2 && records <= Limits.INBOUND_RECORDS / 2) {
                stopped = false;
                from.reading(true);
            }
        }
    }
}
