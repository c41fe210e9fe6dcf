// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.EndpointId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/// What parameters were: which are to be kept, and what was kept of them.
public final class SeriesStore {
    /// Of numbers, this long is kept in one.
    public static final Duration ROLLED = Duration.ofMinutes(5);

    private static final String OF_PARAMETER = "s.device_no = (select no from devices where id = :id)"
            + " and s.path_no = (select no from series_paths where path = :path)";

    private static final String SAMPLES =
            "select s.time, coalesce(s.text, s.number::text) as value from series s where " + OF_PARAMETER
                    + " and s.time >= :from and s.time < :to order by s.time desc limit :most";

    /// Of five minutes that are not counted yet the samples themselves are.
    private static final String STEPS = """
            with uncounted as materialized (
                select time from series_unrolled
                where device_no = (select no from devices where id = :id) and time >= :from and time < :to
            ), counted as (
                select s.time, s.low, s.high, s.total, s.count from series_rolled s
                where %1$s and s.time >= :from and s.time < :to and s.time not in (select time from uncounted)
                union all
                select u.time, min(s.number), max(s.number), sum(s.number), count(*)
                from uncounted u join series s on s.time >= u.time and s.time < u.time + interval '5 minutes'
                where %1$s and s.number is not null group by u.time
            )
            select date_bin(make_interval(secs => :step), time, timestamptz 'epoch') as begin,
                min(low) as low, max(high) as high, sum(total) / sum(count) as average, sum(count) as count
            from counted group by begin order by begin
            """.formatted(OF_PARAMETER);

    /// Nobody waits for those that somebody else counts or adds to: they are counted the next time.
    private static final String UNCOUNTED = """
            select u.device_no, (extract(epoch from u.time) * 1000000)::bigint as time, u.paths::text as paths
            from series_unrolled u join devices d on d.no = u.device_no
            where u.time < :before order by u.device_no, u.time limit :some
            for update of u skip locked for key share of d skip locked
            """;

    private static final String FORGET_NOTES = "delete from series_unrolled u using"
            + " unnest(:devices, :times) as c (device_no, micros) where u.device_no = c.device_no"
            + " and u.time = timestamptz 'epoch' + c.micros * interval '1 microsecond'";

    /// All samples of the five minutes.
    private static final String COUNT = """
            insert into series_rolled (device_no, path_no, time, low, high, total, count)
            select c.device_no, s.path_no, c.time, s.low, s.high, s.total, s.count
            from (select device_no, timestamptz 'epoch' + micros * interval '1 microsecond' as time, paths::integer[] as paths
                    from unnest(:devices, :times, :paths) as u (device_no, micros, paths)) as c
                cross join lateral (
                    select path_no, min(number) as low, max(number) as high, sum(number) as total, count(*) as count
                    from series
                    where device_no = c.device_no and path_no = any (c.paths)
                        and time >= c.time and time < c.time + interval '5 minutes' and number is not null
                    group by path_no
                ) s
            order by 1, 2, 3
            """;

    /// Once more where some were counted before. Where samples are past their keeping, what was counted of them stays.
    private static final String COUNT_AGAIN = COUNT + """
            on conflict (device_no, path_no, time) do update
                set low = excluded.low, high = excluded.high, total = excluded.total, count = excluded.count
                where excluded.count >= series_rolled.count
            """;

    private final Database database;
    private final SeriesKeeping keeping;
    private final TimePartitions samples = TimePartitions.ofSamples();
    private final TimePartitions rolled = TimePartitions.ofRolledSamples();
    private final AtomicLong changes = new AtomicLong();

    public SeriesStore(Database database, SeriesKeeping keeping) {
        this.database = database;
        this.keeping = keeping;
    }

    /// For how long.
    public SeriesKeeping keeping() {
        return keeping;
    }

    /// How often it was changed here what is kept: whoever remembers that asks anew where this is another number.
    long changes() {
        return changes.get();
    }

    /// A parameter that somebody wants to be kept.
    ///
    /// @param pattern a path whose instance numbers may be `*`
    public record Kept(String pattern, Instant added, String addedBy) {}

    /// By path.
    public List<Kept> kept() {
        return database.with(handle -> handle.createQuery("select * from series_kept order by pattern")
                .map((rows, context) -> new Kept(
                        rows.getString("pattern"), rows.getTimestamp("added").toInstant(), rows.getString("added_by")))
                .list());
    }

    /// Keeps it from now on; one that is kept already stays as it is.
    ///
    /// @return whether it is kept; not where there are as many as may be
    public boolean keep(Kept parameter) {
        Tenant.ofServer(() -> database.inTransaction(handle -> {
            ready(handle, parameter.added());
            return true;
        }));
        return changed(() -> database.inTransaction(handle -> {
            handle.execute(
                    "insert into series_kept (pattern, added, added_by) select ?, ?, ?"
                            + " where (select count(*) from series_kept) < ? on conflict (tenant, pattern) do nothing",
                    Storable.text(parameter.pattern()),
                    Storable.time(parameter.added()),
                    Storable.text(parameter.addedBy()),
                    Limits.SERIES_KEPT);
            return handle.createQuery("select count(*) from series_kept where pattern = :pattern")
                            .bind("pattern", Storable.text(parameter.pattern()))
                            .mapTo(Integer.class)
                            .one()
                    > 0;
        }));
    }

    private boolean changed(BooleanSupplier work) {
        boolean done = work.getAsBoolean();
        changes.incrementAndGet();
        return done;
    }

    /// Keeps it no longer; what was kept stays until it is past its keeping.
    ///
    /// @return whether it was there
    public boolean forget(String pattern) {
        return changed(() -> database.with(
                handle -> handle.execute("delete from series_kept where pattern = ?", Storable.text(pattern)) > 0));
    }

    /// A value as it was told.
    public record Sample(Instant time, String value) {}

    /// The newest samples from a time up to another, the oldest of them first.
    ///
    /// @param most how many
    public List<Sample> samples(EndpointId device, String path, Instant from, Instant to, int most) {
        return database.with(handle -> handle.createQuery(SAMPLES)
                        .bind("id", device.toString())
                        .bind("path", Storable.text(path))
                        .bind("from", Storable.time(from))
                        .bind("to", Storable.time(to))
                        .bind("most", most)
                        .map((rows, context) ->
                                new Sample(rows.getTimestamp("time").toInstant(), rows.getString("value")))
                        .list())
                .reversed();
    }

    /// The numbers of a step of time.
    ///
    /// @param time where it begins
    /// @param count of how many samples
    public record Rolled(Instant time, BigDecimal low, BigDecimal average, BigDecimal high, long count) {}

    /// Numbers in steps, the oldest first; steps without a number are left out.
    ///
    /// @param step a multiple of [#ROLLED]; steps begin at its multiples since 1970
    public List<Rolled> rolled(EndpointId device, String path, Instant from, Instant to, Duration step) {
        return database.with(handle -> handle.createQuery(STEPS)
                .bind("id", device.toString())
                .bind("path", Storable.text(path))
                .bind("from", Storable.time(from))
                .bind("to", Storable.time(to))
                .bind("step", (double) step.toSeconds())
                .map((rows, context) -> new Rolled(
                        rows.getTimestamp("begin").toInstant(),
                        rows.getBigDecimal("low"),
                        rows.getBigDecimal("average"),
                        rows.getBigDecimal("high"),
                        rows.getLong("count")))
                .list());
    }

    /// Counts the samples of five minutes that begin before then, of some devices in one transaction each.
    ///
    /// @return of how many devices and five minutes
    public int roll(Instant before) {
        int all = 0;
        int some = Limits.ROLLED_TOGETHER;
        while (some == Limits.ROLLED_TOGETHER) {
            some = rollSome(before);
            all += some;
        }
        return all;
    }

    /// What is counted is hardly ever counted once more, and to look for it first costs as much as to count it.
    private int rollSome(Instant before) {
        try {
            return database.inTransaction(handle -> rollSome(handle, before, COUNT));
        } catch (StoreException failed) {
            if (RepeatedException.isWhy(failed)) {
                return database.inTransaction(handle -> rollSome(handle, before, COUNT_AGAIN));
            }
            throw failed;
        }
    }

    /// Five minutes of a device in which there are samples that are not counted.
    ///
    /// @param micros where they begin, since 1970
    /// @param paths as PostgreSQL writes an array
    private record Uncounted(long device, long micros, String paths) {}

    private int rollSome(Handle handle, Instant before, String count) {
        List<Uncounted> found = handle.createQuery(UNCOUNTED)
                .bind("before", Storable.time(before))
                .bind("some", Limits.ROLLED_TOGETHER)
                .map((rows, context) ->
                        new Uncounted(rows.getLong("device_no"), rows.getLong("time"), rows.getString("paths")))
                .list();
        if (found.isEmpty()) {
            return 0;
        }
        for (Uncounted each : found) {
            rolled.ensure(handle, Instant.EPOCH.plus(each.micros(), ChronoUnit.MICROS));
        }
        List<Long> devices = found.stream().map(Uncounted::device).toList();
        List<Long> times = found.stream().map(Uncounted::micros).toList();
        handle.createUpdate(FORGET_NOTES)
                .bindArray("devices", Long.class, devices)
                .bindArray("times", Long.class, times)
                .execute();
        handle.createUpdate(count)
                .bindArray("devices", Long.class, devices)
                .bindArray("times", Long.class, times)
                .bindArray(
                        "paths",
                        String.class,
                        found.stream().map(Uncounted::paths).toList())
                .execute();
        return found.size();
    }

    /// Drops what is past its keeping, and makes room for tomorrow, so that nobody waits at midnight.
    public void tidy(Instant now) {
        database.inTransaction(handle -> {
            ready(handle, now);
            return true;
        });
        roll(now.minus(keeping.samples()));
        database.inTransaction(handle -> {
            samples.dropBefore(handle, now.minus(keeping.samples()));
            rolled.dropBefore(handle, now.minus(keeping.rolled()));
            return true;
        });
    }

    /// For what comes today and tomorrow.
    private void ready(Handle handle, Instant now) {
        for (Instant day : List.of(now, now.plus(Duration.ofDays(1)))) {
            samples.ensure(handle, day);
            rolled.ensure(handle, day);
        }
    }
}
