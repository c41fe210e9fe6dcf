// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/// What limits somebody, in the columns `scope` and `changes` of people and tokens.
final class ScopeColumns {
    private ScopeColumns() {}

    static String query(Optional<Scope> scope) {
        return Storable.text(scope.map(Scope::query).orElse(""));
    }

    static String[] changes(Optional<Scope> scope) {
        return scope.stream()
                .flatMap(limit -> limit.changes().stream())
                .map(PathLimit::text)
                .toArray(String[]::new);
    }

    static Optional<Scope> of(ResultSet rows) throws SQLException {
        return Scope.of(
                rows.getString("scope"),
                Arrays.stream((String[]) rows.getArray("changes").getArray())
                        .map(PathLimit::new)
                        .toList());
    }
}
