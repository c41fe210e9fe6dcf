// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.MtpReceiver;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells one receiver what happened, in order, on a thread of its own. What is put in is bounded by the
/// connections.
final class InProcessMailbox {
    private record Item(InProcessConnection connection, Consumer<MtpReceiver> event) {}

    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private boolean started;
    private boolean shut;

    /// @return false where it was opened before
    synchronized boolean open(MtpReceiver receiver, String threadName) {
        if (started || shut) {
            return false;
        }
        started = true;
        Thread.ofVirtual().name(threadName).start(() -> tell(receiver));
        return true;
    }

    synchronized boolean isOpen() {
        return started && !shut;
    }

    synchronized void put(InProcessConnection connection, Consumer<MtpReceiver> event) {
        if (started && !shut) {
            items.add(new Item(connection, event));
            notifyAll();
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    /// Takes nothing more; what is inside is still told.
    synchronized void shut() {
        shut = true;
        notifyAll();
    }

    private void tell(MtpReceiver receiver) {
        try {
            for (Item item = next(); item != null; item = next()) {
                item.event().accept(receiver);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Item next() throws InterruptedException {
        while (items.isEmpty() ? !shut : !items.element().connection().deliverable()) {
            wait();
        }
        return items.poll();
    }
}
