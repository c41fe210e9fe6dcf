// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.rights.Scope;
import dev.pharos.usp.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who may use the REST interface. Of a token only the SHA-256 hash is kept: it is random, so that a slow hash would
/// protect nothing.
public final class TokenStore {
    private final Database database;

    public TokenStore(Database database) {
        this.database = database;
    }

    /// A token as it is kept.
    ///
    /// @param hash SHA-256 of the secret
    /// @param role the name of a role
    /// @param scope what limits it beside the role
    /// @param expires when it is worth nothing any more; empty for never
    /// @param tenant whose it is
    public record StoredToken(
            String id,
            String name,
            Bytes hash,
            Instant created,
            String createdBy,
            String role,
            Optional<Scope> scope,
            Optional<Instant> expires,
            Tenant tenant) {
        @Override
        public String toString() {
            return "StoredToken[" + id + "]";
        }
    }

    public void add(StoredToken token) {
        database.with(handle -> handle.execute(
                "insert into tokens (id, name, hash, created, created_by, role, scope, changes, expires, tenant)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                Storable.text(token.name()),
                token.hash().toByteArray(),
                Storable.time(token.created()),
                token.createdBy(),
                token.role(),
                ScopeColumns.query(token.scope()),
                ScopeColumns.changes(token.scope()),
                token.expires().map(Storable::time).orElse(null),
                token.tenant().number()));
    }

    /// Oldest first.
    public List<StoredToken> all() {
        return database.with(handle -> handle.createQuery("select * from tokens order by created, id")
                .map((rows, context) -> token(rows))
                .list());
    }

    /// @return whether it was there
    public boolean remove(String id) {
        return database.with(handle -> handle.execute("delete from tokens where id = ?", Storable.text(id)) > 0);
    }

    private static StoredToken token(ResultSet rows) throws SQLException {
        return new StoredToken(
                rows.getString("id"),
                rows.getString("name"),
                Bytes.adopt(rows.getBytes("hash")),
                rows.getTimestamp("created").toInstant(),
                rows.getString("created_by"),
                rows.getString("role"),
                ScopeColumns.of(rows),
                Optional.ofNullable(rows.getTimestamp("expires")).map(Timestamp::toInstant),
                new Tenant(rows.getShort("tenant")));
    }
}
