// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// How people want to see the table of devices: each has views of their own, which go with them.
public final class SavedViewStore {
    /// As many as one may have.
    public static final int MOST = Limits.SAVED_VIEWS;

    private final Database database;

    public SavedViewStore(Database database) {
        this.database = database;
    }

    /// Whose views they are.
    public sealed interface Owner {
        String key();
    }

    /// @param key their name
    public record Person(String key) implements Owner {}

    /// A token that the page was opened with.
    ///
    /// @param key its id
    public record Token(String key) implements Owner {}

    /// A view as it is kept.
    ///
    /// @param query as it was written; empty for all devices
    /// @param shown `all`, `online` or `offline`
    /// @param sort as a list of devices takes it
    /// @param columns fields of a device and paths of parameters, in their order; none for those of everybody
    /// @param by what the devices are counted by; empty where they are not
    public record SavedView(
            String name, String query, String shown, String sort, List<String> columns, String by, Instant changed) {
        public SavedView {
            columns = List.copyOf(columns);
        }
    }

    /// By name.
    public List<SavedView> of(Owner owner) {
        return database.with(handle -> handle.createQuery(
                        "select * from saved_views where " + column(owner) + " = :owner order by name")
                .bind("owner", owner.key())
                .map((rows, context) -> view(rows))
                .list());
    }

    /// In place of the one of this name.
    ///
    /// @return whether it is kept; not where they have as many as one may have already
    public boolean put(Owner owner, SavedView view) {
        String column = column(owner);
        String unique = owner instanceof Person ? "tenant, person, name" : "token, name";
        return database.with(handle -> handle.createUpdate("insert into saved_views (" + column
                                + ", name, query, shown, sort, columns, count_by, changed)"
                                + " select :owner, :name, :query, :shown, :sort, cast(:columns as text[]), :by, :changed"
                                + " where (select count(*) from saved_views where " + column
                                + " = :owner and name <> :name) < :most"
                                + " on conflict (" + unique + ") do update set query = excluded.query,"
                                + " shown = excluded.shown, sort = excluded.sort, columns = excluded.columns,"
                                + " count_by = excluded.count_by, changed = excluded.changed")
                        .bind("owner", owner.key())
                        .bind("name", Storable.text(view.name()))
                        .bind("query", Storable.text(view.query()))
                        .bind("shown", view.shown())
                        .bind("sort", view.sort())
                        .bindArray("columns", String.class, view.columns())
                        .bind("by", Storable.text(view.by()))
                        .bind("changed", Storable.time(view.changed()))
                        .bind("most", MOST)
                        .execute()
                > 0);
    }

    /// @return whether they had it
    public boolean remove(Owner owner, String name) {
        return database.with(handle -> handle.execute(
                        "delete from saved_views where " + column(owner) + " = ? and name = ?",
                        owner.key(),
                        Storable.text(name))
                > 0);
    }

    static String column(Owner owner) {
        return switch (owner) {
            case Person _ -> "person";
            case Token _ -> "token";
        };
    }

    private static SavedView view(ResultSet rows) throws SQLException {
        Array columns = rows.getArray("columns");
        return new SavedView(
                rows.getString("name"),
                rows.getString("query"),
                rows.getString("shown"),
                rows.getString("sort"),
                List.of((String[]) columns.getArray()),
                rows.getString("count_by"),
                rows.getTimestamp("changed").toInstant());
    }
}
