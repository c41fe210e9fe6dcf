// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.server.rest.json.BadRequestException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reader of a stream: what the Controller tells waits in a short queue until the reader's own thread has written
/// it. A reader that is slower than that holds up only its own observation, whose queue is bounded too and counts
/// what it drops.
abstract class StreamReader implements ControllerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private final ArrayBlockingQueue<Item> queue;
    private volatile boolean closed;

    /// @param most how much may wait for the reader's own thread
    StreamReader(int most) {
        this.queue = new ArrayBlockingQueue<>(most);
    }

    /// The number that a reader gives as `Last-Event-ID`.
    static long number(String lastEventId) {
        try {
            return Long.parseLong(lastEventId.strip());
        } catch (NumberFormatException notOurs) {
            throw new BadRequestException("Last-Event-ID", "must be the id of an event of this stream");
        }
    }

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

    /// Writes until the reader goes away or the server stops, which is how every stream ends.
    final void pumpUntilGone(SseWriter writer) {
        try {
            pump(writer);
        } catch (IOException gone) {
            LOG.debug("a reader of a stream has gone", gone);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(SseWriter writer) throws IOException, InterruptedException {
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
