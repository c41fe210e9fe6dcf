// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.QueueFullException;

/// How many bytes and packets of one session the broker has not confirmed yet.
final class OutboundBudget {
    private final long maxBytes;
    private long bytes;
    private int packets;

    OutboundBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void take(int size) throws QueueFullException {
        if (packets > 0 && bytes + size > maxBytes) {
            throw new QueueFullException(bytes + " bytes wait for the broker");
        }
        bytes += size;
        packets++;
    }

    synchronized void giveBack(int size) {
        bytes -= size;
        packets--;
        if (packets == 0) {
            notifyAll();
        }
    }

    /// Waits until nothing is unconfirmed, or the time is over.
    synchronized void awaitEmpty(long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        while (packets > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
