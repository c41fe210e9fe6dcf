// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What happened to the fleet over time, counted in the database in steps of equal length.
public final class FleetHistoryStore {
    /// With the condition of the index `events_fleet`, word for word. The newest are taken before they are counted, so
    /// that a fleet that comes and goes as a whole costs no more than any other.
    private static final String EVENTS = """
            with newest as (
                select floor(extract(epoch from time) / :step)::bigint * :step as at, device,
                       case when name = 'Boot!' then 'STARTED' when kind = 'ONLINE' then 'CAME'
                            when kind = 'OFFLINE' then 'LOST' else 'REFUSED' end as what
                from events
                where time >= :from and time < :to
                  and (kind in ('ONLINE', 'OFFLINE', 'REFUSED') or name = 'Boot!'){told}
                order by time desc limit :scanned)
            select at, what, coalesce(case when what = 'STARTED' then d.model_name end, '') as model, count(*) as times
            from newest left join devices d on d.id = newest.device
            group by 1, 2, 3
            order by 1, 2, 3
            """;

    private static final String FAILURES = """
            select floor(extract(epoch from t.changed) / :step)::bigint * :step as at, 'FAILED' as what, '' as model,
                   count(*) as times
            from (select id from jobs order by id desc limit :scanned) j
            join job_targets t on t.job = j.id
            where t.state = 'FAILED' and t.changed >= :from and t.changed < :to{told}
            group by 1
            order by 1
            """;

    private final Database database;

    public FleetHistoryStore(Database database) {
        this.database = database;
    }

    /// @param from contained
    /// @param to   not contained
    /// @param step of one count; steps begin at whole multiples of it since 1970
    public record Span(Instant from, Instant to, Duration step) {}

    public enum What {
        /// A device came online.
        CAME,
        /// A device went offline.
        LOST,
        /// Somebody was not let in.
        REFUSED,
        /// A device said that it had started.
        STARTED,
        /// A job failed on a device.
        FAILED
    }

    /// @param time  where the step begins
    /// @param model of the devices that started; empty for all else, and where it is not known
    public record Counted(Instant time, What what, String model, long times) {}

    /// @param counts the oldest first
    /// @param whole  whether all of the span was counted; else its oldest part is missing
    public record Past(List<Counted> counts, boolean whole) {}

    /// @throws StoreException where the database cannot be reached
    public Past past(Span span) {
        return database.inTransaction(handle -> {
            List<Counted> events = counted(handle, EVENTS, "device", span, Limits.FLEET_EVENTS_COUNTED);
            List<Counted> failures = counted(handle, FAILURES, "t.device", span, Limits.JOBS_LOOKED_AT);
            long scanned = events.stream().mapToLong(Counted::times).sum();
            List<Counted> all = new ArrayList<>(events);
            all.addAll(failures);
            return new Past(all, scanned < Limits.FLEET_EVENTS_COUNTED);
        });
    }

    private static List<Counted> counted(Handle handle, String sql, String device, Span span, int scanned) {
        Sight.Clause seen = Sight.clause();
        return seen.bind(handle.createQuery(sql.replace("{told}", seen.over(device))))
                .bind("from", Storable.time(span.from()))
                .bind("to", Storable.time(span.to()))
                .bind("step", span.step().toSeconds())
                .bind("scanned", scanned)
                .map((rows, context) -> new Counted(
                        Instant.ofEpochSecond(rows.getLong("at")),
                        What.valueOf(rows.getString("what")),
                        rows.getString("model"),
                        rows.getLong("times")))
                .list();
    }
}
