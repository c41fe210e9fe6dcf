// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.Limits;
import dev.pharos.mtp.MtpConnection;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a connection brought and nobody has read yet. A virtual thread reads it, in order, and lives only
/// while there is something to read, so that an idle device costs nothing.
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final MtpConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ArrayDeque<Runnable> waiting;
    private boolean paused;

    Mailbox(MtpConnection connection) {
        this.connection = connection;
    }

    /// @param record the reading of one Record
    /// @return false where the mailbox is full although we stopped reading
    boolean offer(Runnable record) {
        boolean first;
        lock.lock();
        try {
            if (waiting != null && waiting.size() >= Limits.MAILBOX_RECORDS_HARD) {
                return false;
            }
            first = add(record);
            if (waiting != null && waiting.size() >= Limits.MAILBOX_RECORDS && !paused) {
                paused = true;
                connection.reading(false);
            }
        } finally {
            lock.unlock();
        }
        readIf(first);
        return true;
    }

    /// What is done when everything that came before is read; there is always room for it.
    void finish(Runnable end) {
        boolean first;
        lock.lock();
        try {
            first = add(end);
        } finally {
            lock.unlock();
        }
        readIf(first);
    }

    /// @return whether nobody reads yet
    private boolean add(Runnable work) {
        boolean first = waiting == null;
        ArrayDeque<Runnable> queue = waiting == null ? new ArrayDeque<>(2) : waiting;
        queue.addLast(work);
        waiting = queue;
        return first;
    }

    /// Without the lock, which the new thread takes at once: a virtual thread that finds it held costs two more
    /// switches.
    private void readIf(boolean first) {
        if (first) {
            Thread.ofVirtual().name("mailbox").start(this::read);
        }
    }

    private void read() {
        for (Runnable next = take(); next != null; next = take()) {
            try {
                next.run();
            } catch (RuntimeException defect) {
                LOG.error(
                        "a record of {} could not be handled", connection.peer().address(), defect);
            }
        }
    }

    private @Nullable Runnable take() {
        lock.lock();
        try {
            Runnable next = waiting == null ? null : waiting.pollFirst();
            if (next == null) {
                waiting = null;
            }
            if (paused && (waiting == null || waiting.size() <= Limits.MAILBOX_RECORDS / 2)) {
                paused = false;
                connection.reading(true);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
