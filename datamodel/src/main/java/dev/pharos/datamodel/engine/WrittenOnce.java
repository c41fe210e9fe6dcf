// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

/// The value of a write-once parameter that has had its one write.
record WrittenOnce(String value) {
    /// The text of a slot of a [Node].
    static String text(Object slot) {
        return slot instanceof WrittenOnce(String value) ? value : (String) slot;
    }
}
