// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

/// How many bytes and Records of one session the broker has not taken yet; bounded in bytes. Thread-safe.
public final class OutboundBudget {
    private final long maxBytes;
    private long bytes;
    private int packets;

    public OutboundBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// @throws QueueFullException where others wait already, and there is no room for so many bytes more
    public synchronized void take(int size) throws QueueFullException {
        if (packets > 0 && bytes + size > maxBytes) {
            throw new QueueFullException(bytes + " bytes wait for the broker");
        }
        bytes += size;
        packets++;
    }

    public synchronized void giveBack(int size) {
        bytes -= size;
        packets--;
        if (packets == 0) {
            notifyAll();
        }
    }

    /// Waits until nothing is unconfirmed, or the time is over.
    public synchronized void awaitEmpty(long milliseconds) throws InterruptedException {
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
