// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How much has come at one session and is not taken yet. Any thread may ask.
final class InboundGauge {
    private final long mostBytes;
    private final AtomicInteger packets = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /// @param agent an Agent may have less waiting than a Controller, which has many peers
    InboundGauge(boolean agent) {
        this.mostBytes = agent ? Limits.AGENT_INBOUND_BYTES : Limits.INBOUND_BYTES;
    }

    /// Counts a packet of that many bytes, unless it would be too much.
    boolean hasRoomFor(int size) {
        long waiting = bytes.addAndGet(size);
        if (packets.incrementAndGet() > Limits.INBOUND_PACKETS || waiting > mostBytes) {
            takenOut(size);
            return false;
        }
        return true;
    }

    void takenOut(int size) {
        packets.decrementAndGet();
        bytes.addAndGet(-size);
    }
}
