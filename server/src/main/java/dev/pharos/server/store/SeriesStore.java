// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What parameters were: which are to be kept, and what was kept of them.
public final class SeriesStore {
    /// Of numbers, this long is kept in one.
    public static final Duration ROLLED = Duration.ofMinutes(5);

    private static final String OF_PARAMETER = " from %s s where s.device_no = (select no from devices where id = :id)"
            + " and s.path_no = (select no from series_paths where path = :path)"
            + " and s.time >= :from and s.time < :to";

    private final Database database;
    private final SeriesKeeping keeping;
    private final TimePartitions samples = TimePartitions.ofSamples();
    private final TimePartitions rolled = TimePartitions.ofRolledSamples();

    public SeriesStore(Database database, SeriesKeeping keeping) {
        this.database = database;
        this.keeping = keeping;
    }

    /// For how long.
    public SeriesKeeping keeping() {
        return keeping;
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
        return database.inTransaction(handle -> {
            ready(handle, parameter.added());
            handle.execute(
                    "insert into series_kept (pattern, added, added_by) select ?, ?, ?"
                            + " where (select count(*) from series_kept) < ? on conflict (pattern) do nothing",
                    Storable.text(parameter.pattern()),
                    Storable.time(parameter.added()),
                    Storable.text(parameter.addedBy()),
                    Limits.SERIES_KEPT);
            return handle.createQuery("select count(*) from series_kept where pattern = :pattern")
                            .bind("pattern", Storable.text(parameter.pattern()))
                            .mapTo(Integer.class)
                            .one()
                    > 0;
        });
    }

    /// Keeps it no longer; what was kept stays until it is past its keeping.
    ///
    /// @return whether it was there
    public boolean forget(String pattern) {
        return database.with(
                handle -> handle.execute("delete from series_kept where pattern = ?", Storable.text(pattern)) > 0);
    }

    /// A value as it was told.
    public record Sample(Instant time, String value) {}

    /// The newest samples from a time up to another, the oldest of them first.
    ///
    /// @param most how many
    public List<Sample> samples(EndpointId device, String path, Instant from, Instant to, int most) {
        return database.with(handle -> handle.createQuery("select s.time, coalesce(s.text, s.number::text) as value"
                                + OF_PARAMETER.formatted("series") + " order by s.time desc limit :most")
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
        return database.with(handle -> handle.createQuery(
                        "select date_bin(make_interval(secs => :step), s.time, timestamptz 'epoch') as begin,"
                                + " min(s.low) as low, max(s.high) as high, sum(s.total) / sum(s.count) as average,"
                                + " sum(s.count) as count" + OF_PARAMETER.formatted("series_rolled")
                                + " group by begin order by begin")
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

    /// Drops what is past its keeping, and makes room for tomorrow, so that nobody waits at midnight.
    public void tidy(Instant now) {
        database.inTransaction(handle -> {
            ready(handle, now);
            return true;
        });
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
