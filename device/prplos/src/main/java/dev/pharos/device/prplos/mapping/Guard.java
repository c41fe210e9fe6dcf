// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was committed lately that may have cut the way to whoever manages the gateway. Where the way is not open again
/// in time, all of it is taken back. Where it was not open before, nobody is there to miss it, and nothing is guarded.
final class Guard implements AutoCloseable {
    private final Way.Guarding guarding;
    private final Consumer<List<UciCommit>> takeBack;
    private final List<UciCommit> commits = new ArrayList<>();
    private @Nullable Thread watching;
    private long since;

    /// @param takeBack makes things as they were before these
    Guard(Way.Guarding guarding, Consumer<List<UciCommit>> takeBack) {
        this.guarding = guarding;
        this.takeBack = takeBack;
    }

    /// Whether a change that comes now is to be guarded.
    boolean isWanted() {
        synchronized (this) {
            if (watching != null) {
                return true;
            }
        }
        try {
            return guarding.way().isOpen();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// More was committed, which stands or falls with what is guarded already.
    synchronized void add(List<UciCommit> more) {
        commits.addAll(more);
        since = System.nanoTime();
        if (watching == null) {
            watching = Thread.ofVirtual().name("uci-guard").start(this::watch);
        }
    }

    /// They were taken back already.
    synchronized void forget(List<UciCommit> gone) {
        commits.removeAll(gone);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(guarding.between());
                long looked = elapsed();
                boolean open =
                        looked >= guarding.settle().toNanos() && guarding.way().isOpen();
                if (isOver(open, looked)) {
                    return;
                }
                List<UciCommit> late = late();
                if (!late.isEmpty()) {
                    takeBack.accept(late);
                    return;
                }
            }
        } catch (InterruptedException closed) {
            // what is guarded stays as it is
        }
    }

    private synchronized long elapsed() {
        return System.nanoTime() - since;
    }

    /// @param looked when it was seen whether the way is open; what came after that is not proven by it
    private synchronized boolean isOver(boolean open, long looked) {
        boolean over = commits.isEmpty() || (open && elapsed() >= looked);
        if (over) {
            commits.clear();
            watching = null;
        }
        return over;
    }

    private synchronized List<UciCommit> late() {
        if (elapsed() < guarding.deadline().toNanos()) {
            return List.of();
        }
        List<UciCommit> late = List.copyOf(commits);
        commits.clear();
        watching = null;
        return late;
    }

    @Override
    public synchronized void close() {
        if (watching != null) {
            watching.interrupt();
        }
    }
}
