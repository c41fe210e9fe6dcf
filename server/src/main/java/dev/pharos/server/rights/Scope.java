// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.util.List;
import java.util.Optional;

/// That somebody may do less than their role says: see, and do something with, no more than the devices of a query; and
/// change no more of a device than some paths.
///
/// @param query as docs/query.md says; empty for every device
/// @param changes what they may change, see [PathLimit]; none for what the role may
public record Scope(String query, List<PathLimit> changes) {
    public Scope {
        changes = List.copyOf(changes);
        if (query.isBlank() && changes.isEmpty()) {
            throw new IllegalArgumentException("that is every device and every path, which is no scope");
        }
    }

    /// Empty where it limits nothing.
    public static Optional<Scope> of(String query, List<PathLimit> changes) {
        return query.isBlank() && changes.isEmpty() ? Optional.empty() : Optional.of(new Scope(query, changes));
    }

    /// The devices of a query that are in this scope, as a query.
    public String and(String other) {
        if (query.isBlank()) {
            return other;
        }
        return other.isBlank() ? query : "(" + other + ") and (" + query + ")";
    }

    /// Whether something may be changed.
    ///
    /// @param path of an object, a parameter or a command, as a request has it
    public boolean changes(String path) {
        return changes.isEmpty() || changes.stream().anyMatch(limit -> limit.covers(path));
    }

    /// `the devices of QUERY, and changes only PATHS`.
    public String words() {
        String only = changes.isEmpty() ? "" : "changes only " + PathLimit.texts(changes);
        return query.isBlank() ? only : "sees only " + query + (only.isEmpty() ? "" : ", and " + only);
    }

    /// Continues a sentence on what somebody may do; empty where nothing limits them.
    public static String words(Optional<Scope> scope) {
        return scope.map(limit -> ", " + limit.words()).orElse("");
    }
}
