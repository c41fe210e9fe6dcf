// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import dev.pharos.usp.Frozen;
import java.util.Map;

/// One difference between two snapshots.
public sealed interface Change {
    /// A parameter path, or an object path with trailing dot.
    String path();

    /// A parameter of an object that is in both snapshots.
    record ValueChanged(String path, String before, String after) implements Change {}

    /// A new row, with the values that it has at the end of the transaction; single objects beneath it come
    /// with it.
    record RowAdded(String path, Map<String, String> values) implements Change {
        public RowAdded {
            values = Frozen.map(values);
        }
    }

    /// A row is gone; each row beneath it has a change of its own.
    record RowDeleted(String path) implements Change {}
}
