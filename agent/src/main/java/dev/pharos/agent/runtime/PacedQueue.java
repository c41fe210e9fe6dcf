// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import dev.pharos.mtp.MtpConnection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// What one peer sent and nobody has handled yet, handled one after the other. While too much of it waits, the
/// connections that bring more are not read, so that the rest waits with the peer or its broker and none of it is
/// lost; other peers notice nothing. Thread-safe.
public final class PacedQueue<T> {
    private final Pace pace;
    private final SerialQueue<Waiting<T>> waiting;
    private final Consumer<T> handler;
    private final Set<MtpConnection> notRead = HashSet.newHashSet(1);
    private int items;
    private long bytes;

    /// When to stop reading.
    ///
    /// @param items that wait or are being handled; at half of it reading goes on
    /// @param bytes of them, the same way; a single larger item is taken
    /// @param most items that are taken at all, with those that arrive after reading has stopped
    public record Pace(int items, long bytes, int most) {}

    private record Waiting<T>(T item, int bytes) {}

    /// @param handler may wait; what it throws is logged and ends that item only
    public PacedQueue(Pace pace, Consumer<T> handler) {
        this.pace = pace;
        this.handler = handler;
        this.waiting = new SerialQueue<>(pace.most(), this::handle);
    }

    /// Puts an item at the end. Never waits.
    ///
    /// @param from the connection that brought it
    /// @param size in bytes
    /// @return false where it was not taken: the queue is closed, or as full as can be
    public synchronized boolean offer(MtpConnection from, int size, T item) {
        if (waiting.offer(new Waiting<>(item, size)) < 0) {
            return false;
        }
        items++;
        bytes += size;
        if ((items >= pace.items() || bytes >= pace.bytes()) && notRead.add(from)) {
            from.reading(false);
        }
        return true;
    }

    private void handle(Waiting<T> next) {
        try {
            handler.accept(next.item());
        } finally {
            handled(next.bytes());
        }
    }

    private synchronized void handled(int size) {
        items--;
        bytes -= size;
        if (!notRead.isEmpty() && items <= pace.items() / 2 && bytes <= pace.bytes() / 2) {
            notRead.forEach(connection -> connection.reading(true));
            notRead.clear();
        }
    }

    /// Takes no more; what waits is let go, what runs ends by itself.
    public void close() {
        waiting.close();
    }
}
