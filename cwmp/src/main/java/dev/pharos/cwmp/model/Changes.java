// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.Limits;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which parameters have changed since the ACS was last told, of those of which it wants to hear. Thread-safe.
final class Changes {
    private final Attributes attributes;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    Changes(Attributes attributes) {
        this.attributes = attributes;
    }

    /// Notes what a transaction changed.
    ///
    /// @return whether the ACS wants to hear of any of it at once
    synchronized boolean note(ChangeSet changes) {
        boolean urgent = false;
        for (Change change : changes.changes()) {
            urgent |= switch (change) {
                case Change.ValueChanged(String path, String _, String _) -> note(path);
                case Change.RowAdded(String row, var values) ->
                    values.keySet().stream().map(name -> note(row + name)).reduce(false, Boolean::logicalOr);
                case Change.RowDeleted(String row) -> {
                    waiting.removeIf(path -> path.startsWith(row));
                    yield false;
                }
            };
        }
        return urgent;
    }

    private boolean note(String path) {
        Optional<Boolean> urgent = attributes.isUrgent(path);
        if (urgent.isPresent() && waiting.size() < Limits.CHANGES) {
            waiting.add(path);
        }
        return urgent.orElse(false);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    /// What an Inform tells that is sent now.
    synchronized List<String> tell() {
        underWay.addAll(waiting);
        waiting.clear();
        return List.copyOf(underWay);
    }

    /// The Inform was answered.
    synchronized void told() {
        underWay.clear();
    }
}
