// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// What was committed lately. Daemons accept a configuration before they have tried it, so whether it works shows a
/// while later; what fails meanwhile, and did not before, is blamed on it.
final class Trial {
    private final LongSupplier nanos;
    private final List<UciCommit> commits = new ArrayList<>();
    private Set<String> before = Set.of();
    private long end;

    Trial(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// More was committed: it is tried together with what still is.
    ///
    /// @param failing what fails already
    synchronized void add(List<UciCommit> more, Set<String> failing) {
        if (!isOn()) {
            commits.clear();
            before = Set.copyOf(failing);
        }
        commits.addAll(more);
        end = nanos.getAsLong() + Limits.TRIAL.toNanos();
    }

    /// They were taken back already.
    synchronized void forget(List<UciCommit> gone) {
        commits.removeAll(gone);
    }

    /// Whether something is tried that these failures are to be blamed on.
    synchronized boolean hasFailed(Set<String> failing) {
        return isOn() && !before.containsAll(failing);
    }

    /// What to take back; nothing is tried any more.
    synchronized List<UciCommit> end() {
        List<UciCommit> all = isOn() ? List.copyOf(commits) : List.of();
        commits.clear();
        return all;
    }

    private boolean isOn() {
        return !commits.isEmpty() && nanos.getAsLong() - end < 0;
    }
}
