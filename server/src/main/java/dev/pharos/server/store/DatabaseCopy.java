// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// The whole database out of PostgreSQL and into an empty one, as the text that its `COPY` writes and reads. What there
/// is to copy is asked of the database itself, so that no table is forgotten.
public final class DatabaseCopy {
    private static final String HISTORY = "schema_history";

    private final Database database;

    public DatabaseCopy(Database database) {
        this.database = database;
    }

    /// @param schema the newest migration that was applied
    /// @param columns of each table, in the order in which its text has them
    /// @param partitions of what is kept by time
    /// @param sequences the last number that each gave out; those that gave out none are left out
    public record Layout(
            int schema, Map<String, List<String>> columns, List<String> partitions, Map<String, Long> sequences) {}

    /// Where a copy goes.
    public interface Target {
        /// What will come.
        void layout(Layout layout) throws IOException;

        /// The text of a table is to be written there.
        OutputStream table(String name) throws IOException;

        /// All of it was written.
        void ended(String name, long rows) throws IOException;
    }

    /// Where a copy comes from.
    public interface Source {
        InputStream table(String name) throws IOException;
    }

    /// Writes everything as of one moment, of all tenants, while everybody goes on.
    ///
    /// @throws IOException where the target fails
    public void write(Target target) throws IOException {
        try {
            Tenant.ofServer(() -> database.inTransaction(handle -> {
                handle.execute("set transaction isolation level repeatable read read only");
                try {
                    Layout layout = layout(handle);
                    target.layout(layout);
                    CopyManager copy = copyOf(handle);
                    for (Map.Entry<String, List<String>> table :
                            layout.columns().entrySet()) {
                        OutputStream out = target.table(table.getKey());
                        // of a partitioned table only a query can be copied
                        long rows = copy.copyOut(
                                "copy (select " + names(table.getValue()) + " from " + quoted(table.getKey())
                                        + ") to stdout",
                                out);
                        target.ended(table.getKey(), rows);
                    }
                    return layout.schema();
                } catch (SQLException failed) {
                    throw new StoreException("PostgreSQL could not copy: " + failed.getMessage(), failed);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }));
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    /// Fills an empty database in one transaction: it holds all of it, or nothing.
    ///
    /// @param layout as the copy says it; only what this database has too is taken from it
    /// @param pausedNote jobs and campaigns that have not ended are paused with this: what they still had to do may
    ///     have been done meanwhile, by the server that this is a copy of; so are webhooks
    /// @return how many those are
    /// @throws IOException where the source fails, or is not a copy of such a database
    public int fill(Layout layout, Source source, String pausedNote) throws IOException {
        try {
            return database.inTransaction(handle -> {
                try {
                    Layout own = layout(handle);
                    check(layout, own);
                    partitions(handle, layout.partitions());
                    for (String table : own.columns().keySet()) {
                        handle.execute("delete from " + quoted(table));
                    }
                    CopyManager copy = copyOf(handle);
                    for (String table : byReference(handle, own.columns().keySet())) {
                        try (InputStream in = source.table(table)) {
                            copy.copyIn(
                                    "copy " + quoted(table) + " ("
                                            + names(layout.columns().getOrDefault(table, List.of()))
                                            + ") from stdin",
                                    in);
                        }
                    }
                    sequences(handle, layout.sequences());
                    if (own.columns().containsKey("servers")) {
                        // they ran on the database that this is a copy of
                        handle.execute("delete from servers");
                    }
                    handle.execute(
                            "update webhooks set paused = true, note = ? where not paused",
                            "paused by a restore: what waits may have been delivered meanwhile");
                    handle.execute(
                            "update campaigns set state = 'PAUSED', why = ?, revision = revision + 1"
                                    + " where state = 'RUNNING'",
                            pausedNote);
                    return handle.execute(
                            "update jobs set state = 'PAUSED', note = ? where state in ('WAITING', 'RUNNING')",
                            pausedNote);
                } catch (SQLException failed) {
                    throw new UncheckedIOException(
                            new IOException("PostgreSQL does not take it: " + failed.getMessage(), failed));
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private static void check(Layout told, Layout own) throws IOException {
        if (told.schema() != own.schema()) {
            throw new IOException("it has schema " + told.schema() + ", and this program knows " + own.schema()
                    + " at most: a newer one wrote it");
        }
        if (!told.columns().keySet().equals(own.columns().keySet())) {
            throw new IOException("it has other tables than this version of Pharos had at that schema");
        }
        for (Map.Entry<String, List<String>> table : told.columns().entrySet()) {
            if (!Set.copyOf(table.getValue())
                    .equals(Set.copyOf(own.columns().getOrDefault(table.getKey(), List.of())))) {
                throw new IOException("its table " + table.getKey() + " has other columns");
            }
        }
    }

    private static Layout layout(Handle handle) {
        int schema = handle.createQuery("select coalesce(max(version::int), 0) from " + HISTORY + " where success")
                .mapTo(Integer.class)
                .one();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        handle.createQuery("""
                        select c.relname as table_name, a.attname as column_name
                        from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                            and not c.relispartition and c.relname <> :history
                            and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                        order by c.relname, a.attnum
                        """)
                .bind("history", HISTORY)
                .map((rows, context) -> Map.entry(rows.getString("table_name"), rows.getString("column_name")))
                .forEach(each -> columns.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                        .add(each.getValue()));
        List<String> partitions = TimePartitions.all().stream()
                .filter(each -> columns.containsKey(each.table()))
                .flatMap(each -> each.parts(handle).stream())
                .toList();
        Map<String, Long> sequences = new LinkedHashMap<>();
        handle.createQuery(
                        "select sequencename, last_value from pg_sequences where schemaname = current_schema() order by 1")
                .map((rows, context) -> Map.entry(rows.getString(1), rows.getLong(2)))
                .forEach(each -> {
                    if (each.getValue() > 0) {
                        sequences.put(each.getKey(), each.getValue());
                    }
                });
        return new Layout(schema, columns, partitions, sequences);
    }

    private static CopyManager copyOf(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static void partitions(Handle handle, List<String> told) throws IOException {
        List<TimePartitions> tables = TimePartitions.all();
        for (String name : told) {
            TimePartitions table = tables.stream()
                    .filter(each -> each.timeOf(name).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IOException("it has a part of a table that is called " + name));
            table.ensure(handle, table.timeOf(name).orElseThrow());
        }
    }

    private static void sequences(Handle handle, Map<String, Long> told) {
        Set<String> own = handle.createQuery(
                        "select sequencename from pg_sequences where schemaname = current_schema()")
                .mapTo(String.class)
                .set();
        told.forEach((name, last) -> {
            if (own.contains(name)) {
                handle.createQuery("select setval(cast(:name as regclass), :last)")
                        .bind("name", quoted(name))
                        .bind("last", last)
                        .mapTo(Long.class)
                        .one();
            }
        });
    }

    /// Tables after those that they refer to.
    private static List<String> byReference(Handle handle, Set<String> tables) {
        Map<String, Set<String>> refersTo = new HashMap<>();
        handle.createQuery("""
                        select distinct conrelid::regclass::text as child, confrelid::regclass::text as parent
                        from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace
                        """)
                .map((rows, context) -> Map.entry(rows.getString("child"), rows.getString("parent")))
                .forEach(each -> refersTo.computeIfAbsent(each.getKey(), _ -> new LinkedHashSet<>())
                        .add(each.getValue()));
        Set<String> ordered = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(tables);
        int turns = 0;
        while (!waiting.isEmpty()) {
            String next = waiting.poll();
            boolean ready = refersTo.getOrDefault(next, Set.of()).stream()
                    .allMatch(parent -> parent.equals(next) || ordered.contains(parent));
            if (ready) {
                ordered.add(next);
                turns = 0;
            } else if (turns++ > waiting.size()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + waiting);
            } else {
                waiting.add(next);
            }
        }
        return List.copyOf(ordered);
    }

    private static String names(List<String> columns) {
        return columns.stream().map(DatabaseCopy::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
