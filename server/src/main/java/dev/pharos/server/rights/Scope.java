// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.util.Optional;

/// That somebody sees, and may do something with, no more than the devices of a query.
///
/// @param query as docs/query.md says; never empty
public record Scope(String query) {
    public Scope {
        if (query.isBlank()) {
            throw new IllegalArgumentException("that is every device, which is no scope");
        }
    }

    /// The devices of a query that are in this scope, as a query.
    public String and(String other) {
        return other.isBlank() ? query : "(" + other + ") and (" + query + ")";
    }

    /// Continues a sentence on what somebody may do; empty where it is on every device.
    public static String words(Optional<Scope> scope) {
        return scope.map(limit -> ", only on " + limit.query()).orElse("");
    }
}
