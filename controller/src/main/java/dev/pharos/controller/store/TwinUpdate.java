// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import java.util.List;
import java.util.Set;

/// What becomes of a twin in one step: first it forgets, then it learns.
///
/// @param forgotten object paths, each with its dot at the end: everything below them goes, what is learnt excepted
/// @param values what is kept in place of what had the same path
public record TwinUpdate(Set<String> forgotten, List<TwinValue> values) {
    public TwinUpdate {
        forgotten = Set.copyOf(forgotten);
        values = List.copyOf(values);
    }
}
