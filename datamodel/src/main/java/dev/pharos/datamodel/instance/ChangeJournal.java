// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import java.io.IOException;
import java.util.List;

/// Where changes that must outlive the process go. [#append] returns after they are safe.
public interface ChangeJournal extends AutoCloseable {
    /// Everything appended so far, in order, possibly compacted.
    List<Change> load() throws IOException;

    void append(List<Change> changes) throws IOException;

    @Override
    void close() throws IOException;

    /// Keeps nothing: for simulated devices and tests.
    static ChangeJournal none() {
        return new ChangeJournal() {
            @Override
            public List<Change> load() {
                return List.of();
            }

            @Override
            public void append(List<Change> changes) {}

            @Override
            public void close() {}
        };
    }
}
