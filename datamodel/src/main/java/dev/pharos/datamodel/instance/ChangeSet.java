// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What one transaction changed, exactly, in the order of the data model, between two snapshots.
public record ChangeSet(Origin origin, List<Change> changes, Snapshot before, Snapshot after) {
    public ChangeSet {
        changes = Frozen.list(changes);
    }
}
