// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the database of the server is, and how much waits in it, of all tenants.
public final class SystemStore {
    /// Written into the audit log when a backup was made, whole.
    public static final String BACKUP_MADE = "backup made";

    /// Each by an index, however much there is that does not wait.
    private static final String WAITING = """
            select 'jobs' as queue, count(*) as waiting, min(j.created) as oldest
              from jobs j join job_targets t on t.job = j.id and t.state in ('WAITING', 'OFFLINE', 'RUNNING')
              where j.ended is null
            union all select 'errands', count(*), min(asked) from cwmp_errands
            union all select 'webhooks', count(*), min(d.created)
              from webhooks w join webhook_deliveries d on d.webhook = w.id and d.state = 'WAITING'
            union all select 'undelivered', count(*), min(d.created)
              from webhooks w join webhook_deliveries d on d.webhook = w.id and d.state = 'DEAD'
            union all select 'approvals', count(*), min(asked) from approvals where state = 'WAITING'
            """;

    private final Database database;

    public SystemStore(Database database) {
        this.database = database;
    }

    /// @param version of PostgreSQL
    /// @param schema the last migration
    /// @param bytes of the whole database, with its indexes
    public record Facts(String version, String schema, long bytes) {}

    /// @param queue `jobs` (devices of jobs that have not ended), `errands` (of devices of TR-069),
    ///     `webhooks` (deliveries), `undelivered` (those that were given up) or `approvals`
    /// @param oldest since when the first of them waits; empty where none does
    public record Waiting(String queue, long count, Optional<Instant> oldest) {}

    private <T> T whole(Database.Work<T> work) {
        return Tenant.ofServer(() -> database.with(work));
    }

    public Facts facts() {
        return whole(handle -> handle.createQuery("""
                        select current_setting('server_version') as version,
                          pg_database_size(current_database()) as bytes,
                          (select version from schema_history where success order by installed_rank desc limit 1)
                            as schema
                        """)
                .map((rows, context) -> new Facts(
                        // what the distribution adds is of no use here
                        rows.getString("version").split(" ")[0],
                        String.valueOf(rows.getString("schema")),
                        rows.getLong("bytes")))
                .one());
    }

    public List<Waiting> waiting() {
        return whole(handle -> handle.createQuery(WAITING)
                .map((rows, context) -> waiting(rows))
                .list());
    }

    private static Waiting waiting(ResultSet rows) throws SQLException {
        @Nullable Timestamp oldest = rows.getTimestamp("oldest");
        return new Waiting(
                rows.getString("queue"),
                rows.getLong("waiting"),
                Optional.ofNullable(oldest).map(Timestamp::toInstant));
    }

    /// When the last backup was made; empty where none was, as far as the audit log goes back.
    public Optional<Instant> lastBackup() {
        return whole(handle -> handle.createQuery(
                        "select time from audit where action = '" + BACKUP_MADE + "' order by seq desc limit 1")
                .map((rows, context) -> rows.getTimestamp("time").toInstant())
                .findOne());
    }
}
