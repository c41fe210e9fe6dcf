// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.rights.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The people who may sign in.
public final class UserStore {
    private final Database database;

    public UserStore(Database database) {
        this.database = database;
    }

    /// Who somebody is for an OpenID provider, for ever: names may change there.
    ///
    /// @param issuer which provider
    /// @param subject what it calls them; empty for whom it has not vouched for yet
    public record Origin(String issuer, String subject) {
        /// That the provider is to vouch for whoever comes by the name that they were given here.
        public static Origin awaited(String issuer) {
            return new Origin(issuer, "");
        }

        public boolean isAwaited() {
            return subject.isEmpty();
        }
    }

    /// A person as it is kept.
    ///
    /// @param role the name of a role
    /// @param scope what limits them beside the role
    /// @param password its hash
    /// @param mustChange whether somebody else knows the password
    /// @param origin by whom they are vouched for; empty where they have a password here
    public record StoredUser(
            String name,
            String role,
            Optional<Scope> scope,
            String password,
            boolean mustChange,
            boolean disabled,
            Instant created,
            String createdBy,
            Optional<Instant> lastSeen,
            Optional<Origin> origin) {
        @Override
        public String toString() {
            return "StoredUser[" + name + "]";
        }

        /// @param limit what limits them beside it
        public StoredUser withRole(String other, Optional<Scope> limit) {
            return new StoredUser(
                    name, other, limit, password, mustChange, disabled, created, createdBy, lastSeen, origin);
        }

        public StoredUser withDisabled(boolean off) {
            return new StoredUser(name, role, scope, password, mustChange, off, created, createdBy, lastSeen, origin);
        }

        public StoredUser withPassword(String hash, boolean known) {
            return new StoredUser(name, role, scope, hash, known, disabled, created, createdBy, lastSeen, origin);
        }
    }

    /// @param most as many people as there may be
    /// @return whether there was nobody of this name, and room
    public boolean add(StoredUser user, int most) {
        return database.with(handle -> handle.execute(
                        """
                        insert into users (name, role, scope, changes, password, must_change, disabled, created,
                          created_by, issuer, subject)
                        select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where (select count(*) from users) < ? on conflict do nothing
                        """,
                        user.name(),
                        user.role(),
                        ScopeColumns.query(user.scope()),
                        ScopeColumns.changes(user.scope()),
                        user.password(),
                        user.mustChange(),
                        user.disabled(),
                        Storable.time(user.created()),
                        user.createdBy(),
                        user.origin().map(Origin::issuer).orElse(null),
                        user.origin()
                                .map(Origin::subject)
                                .filter(subject -> !subject.isEmpty())
                                .orElse(null),
                        most)
                > 0);
    }

    /// @return whether there was somebody of this name
    public boolean put(StoredUser user) {
        return database.with(handle -> handle.execute(
                        "update users set role = ?, scope = ?, changes = ?, password = ?, must_change = ?, disabled = ?"
                                + " where name = ?",
                        user.role(),
                        ScopeColumns.query(user.scope()),
                        ScopeColumns.changes(user.scope()),
                        user.password(),
                        user.mustChange(),
                        user.disabled(),
                        user.name())
                > 0);
    }

    /// Somebody who was awaited has come.
    ///
    /// @return whether somebody of this name was awaited from there
    public boolean bind(String name, Origin origin) {
        return database.with(handle -> handle.execute(
                        "update users set subject = ? where name = ? and issuer = ? and subject is null",
                        Storable.text(origin.subject()),
                        Storable.text(name),
                        origin.issuer())
                > 0);
    }

    public void seen(String name, Instant now) {
        database.with(
                handle -> handle.execute("update users set last_seen = ? where name = ?", Storable.time(now), name));
    }

    /// @return whether there was somebody of this name
    public boolean remove(String name) {
        return database.with(handle -> handle.execute("delete from users where name = ?", Storable.text(name)) > 0);
    }

    public Optional<StoredUser> find(String name) {
        return database.with(handle -> handle.createQuery("select * from users where name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> user(rows))
                .findOne());
    }

    /// Whom a provider vouches for.
    public Optional<StoredUser> find(Origin origin) {
        return database.with(
                handle -> handle.createQuery("select * from users where issuer = :issuer and subject = :subject")
                        .bind("issuer", origin.issuer())
                        .bind("subject", Storable.text(origin.subject()))
                        .map((rows, context) -> user(rows))
                        .findOne());
    }

    /// By name.
    public List<StoredUser> all() {
        return database.with(handle -> handle.createQuery("select * from users order by name")
                .map((rows, context) -> user(rows))
                .list());
    }

    private static StoredUser user(ResultSet rows) throws SQLException {
        return new StoredUser(
                rows.getString("name"),
                rows.getString("role"),
                ScopeColumns.of(rows),
                rows.getString("password"),
                rows.getBoolean("must_change"),
                rows.getBoolean("disabled"),
                rows.getTimestamp("created").toInstant(),
                rows.getString("created_by"),
                Optional.ofNullable(rows.getTimestamp("last_seen")).map(Timestamp::toInstant),
                origin(rows));
    }

    private static Optional<Origin> origin(ResultSet rows) throws SQLException {
        String issuer = rows.getString("issuer");
        String subject = rows.getString("subject");
        return issuer == null ? Optional.empty() : Optional.of(new Origin(issuer, subject == null ? "" : subject));
    }
}
