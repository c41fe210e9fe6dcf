// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

/// Is told of every committed transaction, in order, on the committing thread after the commit: hand over and
/// return.
@FunctionalInterface
public interface ChangeListener {
    void changed(ChangeSet changes);
}
