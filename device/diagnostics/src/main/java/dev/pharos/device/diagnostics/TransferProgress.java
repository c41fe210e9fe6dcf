// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// How far all connections of a transfer are together. Thread-safe.
final class TransferProgress {
    private final boolean upload;
    private final int connections;
    private final List<TransferConnection> all = new CopyOnWriteArrayList<>();
    private Optional<LinkCounter> link = Optional.empty();
    private Optional<TransferMark> first = Optional.empty();
    private Optional<TransferMark> full = Optional.empty();
    private Optional<TransferMark> fullEnd = Optional.empty();
    private Optional<TransferMark> last = Optional.empty();
    private int begun;

    /// @param connections how many there are to be
    TransferProgress(boolean upload, int connections) {
        this.upload = upload;
        this.connections = connections;
    }

    boolean isUpload() {
        return upload;
    }

    void add(TransferConnection connection) {
        all.add(connection);
    }

    /// One connection has its first byte.
    ///
    /// @param by the link that it goes by
    /// @param before what that link had counted when the request left: more than the first byte has come since
    /// @return how far this connection is
    synchronized TransferMark begun(
            TransferConnection connection, Optional<LinkCounter> by, Optional<LinkCounter.Reading> before) {
        link = link.or(() -> by);
        first = first.or(() -> Optional.of(markAll().with(before)));
        if (++begun == connections) {
            full = Optional.of(markAll());
        }
        notifyAll();
        return mark(connection).with(before);
    }

    /// One connection is done.
    synchronized void ended() {
        TransferMark now = markAll();
        fullEnd = fullEnd.or(() -> Optional.of(now));
        last = Optional.of(now);
    }

    /// Waits for the first byte of any connection.
    ///
    /// @return empty where it has not come by then
    synchronized Optional<TransferMark> awaitFirst(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; first.isEmpty() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return first;
    }

    synchronized Optional<TransferMark> first() {
        return first;
    }

    synchronized Optional<TransferMark> last() {
        return last;
    }

    /// From when all connections had begun.
    ///
    /// @return empty where one had ended before
    synchronized Optional<TransferMark> full() {
        return full.filter(
                begin -> fullEnd.filter(end -> end.nanos() > begin.nanos()).isPresent());
    }

    /// Until the first of them had ended.
    synchronized Optional<TransferMark> fullEnd() {
        return fullEnd;
    }

    /// How far all connections are together.
    synchronized TransferMark markAll() {
        return TransferMark.now(
                all.stream().mapToLong(TransferConnection::bytes).sum(), link);
    }

    /// How far this connection is.
    synchronized TransferMark mark(TransferConnection connection) {
        return TransferMark.now(connection.bytes(), link);
    }
}
