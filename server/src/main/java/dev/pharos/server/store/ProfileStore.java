// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Profiles and their versions.
public final class ProfileStore {
    private final Database database;

    public ProfileStore(Database database) {
        this.database = database;
    }

    /// A version of a profile as it is kept.
    ///
    /// @param body as JSON; empty where the profile was deleted with this version
    /// @param job that brought devices to it
    public record Kept(
            String name, int version, Optional<String> body, Instant changed, String changedBy, OptionalLong job) {}

    /// Who has any.
    public List<Tenant> owners() {
        return database.with(handle -> handle.createQuery("select distinct tenant from profiles order by tenant")
                .mapTo(Short.class)
                .map(Tenant::new)
                .list());
    }

    /// Those that hold, by name.
    public List<Kept> all() {
        return database.with(handle -> handle.createQuery("select * from profiles order by name")
                .map((rows, context) -> kept(rows))
                .list());
    }

    /// The names of those that nobody wants to hold now: their job is paused or cancelled, or was not made yet.
    public Set<String> resting() {
        return Set.copyOf(database.with(handle -> handle.createQuery("select p.name from profiles p"
                        + " left join jobs j on j.id = p.job"
                        + " where p.job is null or j.state in ('PAUSED', 'CANCELLED')")
                .mapTo(String.class)
                .list()));
    }

    public Optional<Kept> find(String name) {
        return database.with(handle -> handle.createQuery("select * from profiles where name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> kept(rows))
                .findOne());
    }

    /// The newest first; those of deleted profiles too.
    public List<Kept> versions(String name) {
        return database.with(
                handle -> handle.createQuery("select * from profile_versions where name = :name order by version desc")
                        .bind("name", Storable.text(name))
                        .map((rows, context) -> kept(rows))
                        .list());
    }

    /// In place of the one of this name.
    ///
    /// @return its version
    public int put(String name, String body, Instant now, String by) {
        return database.inTransaction(handle -> {
            int version = next(handle, name);
            add(handle, name, version, Optional.of(body), now, by);
            handle.execute(
                    "insert into profiles (name, version, body, changed, changed_by) values (?, ?, ?, ?, ?)"
                            + " on conflict (tenant, name) do update set version = excluded.version, body = excluded.body,"
                            + " changed = excluded.changed, changed_by = excluded.changed_by, job = null",
                    Storable.text(name),
                    version,
                    Storable.text(body),
                    Storable.time(now),
                    Storable.text(by));
            return version;
        });
    }

    /// Notes which job brings devices to a version.
    public void job(String name, int version, long job) {
        database.inTransaction(handle -> {
            handle.execute(
                    "update profiles set job = ? where name = ? and version = ?", job, Storable.text(name), version);
            return handle.execute(
                    "update profile_versions set job = ? where name = ? and version = ?",
                    job,
                    Storable.text(name),
                    version);
        });
    }

    /// From now on it does not hold; its versions stay.
    ///
    /// @return whether it was there
    public boolean remove(String name, Instant now, String by) {
        return database.inTransaction(handle -> {
            int version = next(handle, name);
            boolean there = handle.execute("delete from profiles where name = ?", Storable.text(name)) > 0;
            if (there) {
                add(handle, name, version, Optional.empty(), now, by);
            }
            return there;
        });
    }

    /// One at a time for each name.
    private static int next(Handle handle, String name) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('profile ' || :name, 0))::text")
                .bind("name", Storable.text(name))
                .mapTo(String.class)
                .one();
        return handle.createQuery("select coalesce(max(version), 0) + 1 from profile_versions where name = :name")
                .bind("name", Storable.text(name))
                .mapTo(Integer.class)
                .one();
    }

    private static void add(Handle handle, String name, int version, Optional<String> body, Instant now, String by) {
        handle.execute(
                "insert into profile_versions (name, version, body, changed, changed_by) values (?, ?, ?, ?, ?)",
                Storable.text(name),
                version,
                body.map(Storable::text).orElse(null),
                Storable.time(now),
                Storable.text(by));
        handle.execute(
                "delete from profile_versions where name = ? and version <= ?",
                Storable.text(name),
                version - Limits.PROFILE_VERSIONS);
    }

    private static Kept kept(ResultSet rows) throws SQLException {
        long job = rows.getLong("job");
        OptionalLong made = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(job);
        return new Kept(
                rows.getString("name"),
                rows.getInt("version"),
                Optional.ofNullable(rows.getString("body")),
                rows.getTimestamp("changed").toInstant(),
                rows.getString("changed_by"),
                made);
    }
}
