// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import java.util.Collections;
import java.util.Map;

/// What one controller may do to one object and to what the object holds.
///
/// @param own the bits of the rights on the object, and on its parameters, commands and events
/// @param leaves those of its parameters, commands and events that have others, by name
public record ObjectRights(int own, Map<String, Integer> leaves) {
    static final ObjectRights NONE = new ObjectRights(0, Map.of());

    public ObjectRights {
        leaves = Collections.unmodifiableMap(leaves);
    }

    /// To the object itself.
    public boolean allows(Right right) {
        return (own & right.bit()) != 0;
    }

    /// To a parameter, command (`X()`) or event (`X!`) of it.
    public boolean allows(Right right, String leaf) {
        int rights = leaves.isEmpty() ? own : leaves.getOrDefault(leaf, own);
        return (rights & right.bit()) != 0;
    }
}
