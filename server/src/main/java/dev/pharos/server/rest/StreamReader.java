// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.observe.ControllerObserver;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One reader of a stream: what the Controller tells waits in a short queue until the reader's own thread has written
/// it. A reader that is slower than that holds up only its own observation, whose queue is bounded too and counts
/// what it drops.
abstract class StreamReader implements ControllerObserver {
    private final ArrayBlockingQueue<Item> queue = new ArrayBlockingQueue<>(Limits.STREAM_QUEUE);
    private volatile boolean closed;

    /// Something to write.
    @FunctionalInterface
    interface Item {
        void write(SseWriter writer) throws IOException;
    }

    /// Called on the observation's thread, which may wait.
    final void offer(Item item) {
        try {
            while (!closed && !queue.offer(item, 1, TimeUnit.SECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes until the reader goes away or the server stops.
    final void pump(SseWriter writer) throws IOException, InterruptedException {
        while (!closed) {
            @Nullable Item item = queue.poll(Limits.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            if (item == null) {
                writer.comment("alive");
            } else {
                before(writer);
                item.write(writer);
            }
            if (queue.isEmpty()) {
                writer.flush();
            }
        }
    }

    /// Called before each item, to make up for what was dropped.
    abstract void before(SseWriter writer) throws IOException;

    final void close() {
        closed = true;
        queue.clear();
        queue.offer(writer -> {});
    }
}
