// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Groups of devices: queries that somebody has given a name.
public final class GroupStore {
    private final Database database;

    public GroupStore(Database database) {
        this.database = database;
    }

    /// A group as it is kept.
    ///
    /// @param query as it was written
    public record SavedGroup(String name, String query, String description, Instant changed, String changedBy) {}

    /// By name.
    public List<SavedGroup> all() {
        return database.with(handle -> handle.createQuery("select * from device_groups order by name")
                .map((rows, context) -> group(rows))
                .list());
    }

    public Optional<SavedGroup> find(String name) {
        return database.with(handle -> handle.createQuery("select * from device_groups where name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> group(rows))
                .findOne());
    }

    /// In place of the one of this name.
    ///
    /// @return whether it is kept; not where there are as many as may be already
    public boolean put(SavedGroup group) {
        return database.with(handle -> handle.execute(
                        "insert into device_groups (name, query, description, changed, changed_by)"
                                + " select ?, ?, ?, ?, ? where (select count(*) from device_groups where name <> ?) < ?"
                                + " on conflict (tenant, name) do update set query = excluded.query,"
                                + " description = excluded.description, changed = excluded.changed,"
                                + " changed_by = excluded.changed_by",
                        Storable.text(group.name()),
                        Storable.text(group.query()),
                        Storable.text(group.description()),
                        Storable.time(group.changed()),
                        Storable.text(group.changedBy()),
                        Storable.text(group.name()),
                        Limits.GROUPS)
                > 0);
    }

    /// @return whether it was there
    public boolean remove(String name) {
        return database.with(
                handle -> handle.execute("delete from device_groups where name = ?", Storable.text(name)) > 0);
    }

    private static SavedGroup group(ResultSet rows) throws SQLException {
        return new SavedGroup(
                rows.getString("name"),
                rows.getString("query"),
                rows.getString("description"),
                rows.getTimestamp("changed").toInstant(),
                rows.getString("changed_by"));
    }
}
