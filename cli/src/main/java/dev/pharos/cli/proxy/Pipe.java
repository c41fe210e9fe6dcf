// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Records on their way to one connection, in their order. Where that is slow or not there, they wait; where many
/// wait, whoever sends them is not read. Thread-safe.
final class Pipe implements AutoCloseable {
    private final Consumer<Boolean> reading;
    private final AtomicLong heldByAll;
    private final ArrayDeque<Envelope> waiting = new ArrayDeque<>(1);
    private @Nullable MtpConnection to;
    private long held;
    private long records;
    private long bytes;
    private boolean running;
    private boolean stopped;
    private boolean closed;

    /// @param heldByAll bytes that wait in all pipes
    /// @param reading told whether whoever sends may be read; never waits
    Pipe(AtomicLong heldByAll, Consumer<Boolean> reading) {
        this.heldByAll = heldByAll;
        this.reading = reading;
    }

    /// How much has passed, and how much waits.
    record Passed(long records, long bytes, int waiting) {}

    synchronized Passed passed() {
        return new Passed(records, bytes, waiting.size());
    }

    /// @return false where there is no room for it: the sender does not stop
    boolean offer(Envelope record) {
        boolean stop = false;
        synchronized (this) {
            int size = record.bytes().size();
            boolean full = waiting.size() >= Limits.RECORDS || (!waiting.isEmpty() && held + size > Limits.HELD);
            if (closed || full || heldByAll.get() + size > Limits.HELD_BY_ALL) {
                return false;
            }
            waiting.addLast(record);
            hold(size);
            if (!stopped && (held > Limits.READ_UNTIL || waiting.size() > Limits.RECORDS / 2)) {
                stopped = true;
                stop = true;
            }
            work();
        }
        if (stop) {
            reading.accept(false);
        }
        return true;
    }

    /// Leads to this connection from now on.
    ///
    /// @param greeting that it has to begin with, unless one waits
    synchronized void lead(MtpConnection next, @Nullable Envelope greeting) {
        to = next;
        if (greeting != null && waiting.stream().noneMatch(Envelope::greeting)) {
            waiting.addFirst(greeting);
            hold(greeting.bytes().size());
        }
        work();
    }

    /// Leads nowhere where it led to this connection.
    synchronized void leave(MtpConnection gone) {
        if (gone.equals(to)) {
            to = null;
        }
    }

    private void hold(long more) {
        held += more;
        heldByAll.addAndGet(more);
    }

    private void work() {
        if (!running && !closed && to != null && !waiting.isEmpty()) {
            running = true;
            Thread.ofVirtual().name("proxied records").start(this::run);
        }
    }

    private void run() {
        while (true) {
            Envelope next;
            MtpConnection target;
            synchronized (this) {
                target = to;
                if (closed || target == null || waiting.isEmpty()) {
                    running = false;
                    return;
                }
                next = waiting.peekFirst();
            }
            try {
                Optional<Bytes> record = next.over(target.connectInfo());
                if (record.isPresent()) {
                    target.send(record.get());
                }
                sent(next);
            } catch (QueueFullException full) {
                pause();
            } catch (IOException gone) {
                leave(target);
            }
        }
    }

    private void sent(Envelope record) {
        boolean resume = false;
        synchronized (this) {
            if (waiting.removeFirstOccurrence(record)) {
                hold(-record.bytes().size());
                records++;
                bytes += record.bytes().size();
            }
            if (stopped && held < Limits.READ_UNTIL / 2 && waiting.size() < Limits.RECORDS / 4) {
                stopped = false;
                resume = true;
            }
        }
        if (resume) {
            reading.accept(true);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.PAUSE);
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets go of all that waits.
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        hold(-held);
    }
}
