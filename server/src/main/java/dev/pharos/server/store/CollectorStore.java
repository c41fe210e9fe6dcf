// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the collector of bulk data has taken and refused, of each device and of strangers.
public final class CollectorStore {
    private static final String KEEP = """
            insert into bulk_deliveries as b
                (device_no, deliveries, reports, kept, unknown, refused, last, last_way, last_refused)
            select d.no, :deliveries, :reports, :kept, :unknown, :refused, :last, :way, :lastRefused
            from devices d where d.id = :device
            on conflict (device_no) do update set
                deliveries = b.deliveries + excluded.deliveries,
                reports = b.reports + excluded.reports,
                kept = b.kept + excluded.kept,
                unknown = b.unknown + excluded.unknown,
                refused = b.refused + excluded.refused,
                last = greatest(b.last, excluded.last),
                last_way = coalesce(excluded.last_way, b.last_way),
                last_refused = greatest(b.last_refused, excluded.last_refused)
            """;

    private static final String REFUSED = """
            insert into bulk_refusals (time, device_no, said, address, way, status, reason)
            select :time, (select no from devices where id = :device), :said, :address, :way, :status, :reason
            """;

    /// Of each device its last ones, and those of strangers together.
    private static final String TRIM = """
            delete from bulk_refusals r using (
                select id, device_no, row_number() over (partition by device_no order by id desc) as place
                from bulk_refusals
            ) as ranked
            where r.id = ranked.id
                and ranked.place > case when ranked.device_no is null then :strangers else :ofDevice end
            """;

    private final Database database;

    public CollectorStore(Database database) {
        this.database = database;
    }

    /// What was taken and refused of a device.
    ///
    /// @param deliveries each with one report, or several where earlier ones could not be delivered
    /// @param kept values that went into its twin
    /// @param unknown values under names that are no parameters of it
    /// @param refused deliveries
    /// @param last when one was taken
    /// @param way how that one came
    /// @param lastRefused when one was refused
    public record Collected(
            long deliveries,
            long reports,
            long kept,
            long unknown,
            long refused,
            Optional<Instant> last,
            Optional<String> way,
            Optional<Instant> lastRefused) {
        public static final Collected NOTHING =
                new Collected(0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

        /// Together with what came later.
        public Collected and(Collected later) {
            return new Collected(
                    deliveries + later.deliveries,
                    reports + later.reports,
                    kept + later.kept,
                    unknown + later.unknown,
                    refused + later.refused,
                    later.last.or(() -> last),
                    later.way.or(() -> way),
                    later.lastRefused.or(() -> lastRefused));
        }
    }

    /// A delivery that was not taken.
    ///
    /// @param device whose it was; empty where nobody has shown to be one that is known
    /// @param said who it said that it is; empty where it did not
    /// @param address where it came from
    /// @param status as HTTP has it
    public record Refusal(
            Instant time,
            Optional<EndpointId> device,
            String said,
            String address,
            String way,
            int status,
            String reason) {}

    /// How often something happened.
    public record Outcome(String outcome, long number, Instant last) {}

    /// What has happened since it was last kept.
    ///
    /// @param outcomes how often, of all devices and strangers together
    public record News(Map<EndpointId, Collected> devices, List<Refusal> refusals, Map<String, Long> outcomes) {
        public News {
            devices = Map.copyOf(devices);
            refusals = Frozen.list(refusals);
            outcomes = Map.copyOf(outcomes);
        }
    }

    /// Keeps it, and of the refusals the last ones. What is of a device that is not there any more is left out.
    public void keep(News news, Instant now) {
        // counted together of the devices of all
        int _ = Tenant.ofServer(() -> database.inTurn(() -> database.inTransaction(handle -> {
            // in the order of their names, so that two servers never wait for each other crosswise
            news.devices().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey((a, b) -> a.toString().compareTo(b.toString())))
                    .forEach(each -> keep(handle, each.getKey(), each.getValue()));
            news.outcomes().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> handle.execute(
                            "insert into bulk_outcomes as o (outcome, number, last) values (?, ?, ?) on conflict (outcome)"
                                    + " do update set number = o.number + excluded.number, last = excluded.last",
                            each.getKey(),
                            each.getValue(),
                            Storable.time(now)));
            if (!news.refusals().isEmpty()) {
                news.refusals().forEach(refusal -> refused(handle, refusal));
                handle.createUpdate(TRIM)
                        .bind("strangers", Limits.REFUSALS_OF_STRANGERS)
                        .bind("ofDevice", Limits.REFUSALS_OF_A_DEVICE)
                        .execute();
            }
            return 0;
        })));
    }

    private static void keep(Handle handle, EndpointId device, Collected collected) {
        handle.createUpdate(KEEP)
                .bind("device", Storable.text(device.toString()))
                .bind("deliveries", collected.deliveries())
                .bind("reports", collected.reports())
                .bind("kept", collected.kept())
                .bind("unknown", collected.unknown())
                .bind("refused", collected.refused())
                .bind("last", collected.last().map(Storable::time).orElse(null))
                .bind("way", collected.way().orElse(null))
                .bind("lastRefused", collected.lastRefused().map(Storable::time).orElse(null))
                .execute();
    }

    private static void refused(Handle handle, Refusal refusal) {
        handle.createUpdate(REFUSED)
                .bind("time", Storable.time(refusal.time()))
                .bind(
                        "device",
                        refusal.device().map(id -> Storable.text(id.toString())).orElse(null))
                .bind("said", Storable.text(refusal.said()))
                .bind("address", refusal.address())
                .bind("way", refusal.way())
                .bind("status", refusal.status())
                .bind("reason", Storable.text(refusal.reason()))
                .execute();
    }

    /// Of one device.
    public Collected of(EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select b.* from bulk_deliveries b join devices d on d.no = b.device_no where d.id = :device")
                .bind("device", Storable.text(device.toString()))
                .map((rows, _) -> collected(rows))
                .findOne()
                .orElse(Collected.NOTHING));
    }

    /// Of all devices in sight together.
    public Collected ofAll() {
        Sight.Clause sight = Sight.clause();
        return database.with(handle -> sight.bind(handle.createQuery("""
                        select sum(deliveries) as deliveries, sum(reports) as reports, sum(kept) as kept,
                            sum(unknown) as unknown, sum(refused) as refused, max(last) as last,
                            null as last_way, max(last_refused) as last_refused
                        from bulk_deliveries b join devices d on d.no = b.device_no where true""" + sight.over("d.id")))
                .map((rows, _) -> collected(rows))
                .one());
    }

    /// How many devices in sight have delivered anything.
    public long devices() {
        Sight.Clause sight = Sight.clause();
        return database.with(handle -> sight.bind(
                        handle.createQuery("select count(*) from bulk_deliveries b join devices d on d.no = b.device_no"
                                + " where b.deliveries > 0" + sight.over("d.id")))
                .mapTo(Long.class)
                .one());
    }

    /// Of everybody together; not for those who see some devices only.
    public List<Outcome> outcomes() {
        return database.with(handle -> handle.createQuery("select * from bulk_outcomes order by outcome")
                .map((rows, _) -> new Outcome(
                        rows.getString("outcome"),
                        rows.getLong("number"),
                        rows.getTimestamp("last").toInstant()))
                .list());
    }

    /// Of one device, the newest first.
    public List<Refusal> refusals(EndpointId device) {
        return database.with(handle -> handle.createQuery("""
                        select r.*, d.id as device from bulk_refusals r join devices d on d.no = r.device_no
                        where d.id = :device order by r.id desc
                        """)
                .bind("device", Storable.text(device.toString()))
                .map((rows, _) -> refusal(rows))
                .list());
    }

    /// Of devices in sight, and of strangers where all devices are, the newest first.
    public List<Refusal> refusals(int most) {
        Sight.Clause sight = Sight.clause();
        return database.with(
                handle -> sight.bind(handle.createQuery("""
                        select r.*, d.id as device from bulk_refusals r left join devices d on d.no = r.device_no
                        where true""" + sight.over("d.id") + " order by r.id desc limit :most"))
                        .bind("most", most)
                        .map((rows, _) -> refusal(rows))
                        .list());
    }

    private static Collected collected(ResultSet rows) throws SQLException {
        return new Collected(
                rows.getLong("deliveries"),
                rows.getLong("reports"),
                rows.getLong("kept"),
                rows.getLong("unknown"),
                rows.getLong("refused"),
                time(rows, "last"),
                Optional.ofNullable(rows.getString("last_way")),
                time(rows, "last_refused"));
    }

    private static Refusal refusal(ResultSet rows) throws SQLException {
        return new Refusal(
                rows.getTimestamp("time").toInstant(),
                Optional.ofNullable(rows.getString("device")).map(EndpointId::of),
                rows.getString("said"),
                rows.getString("address"),
                rows.getString("way"),
                rows.getInt("status"),
                rows.getString("reason"));
    }

    private static Optional<Instant> time(ResultSet rows, String column) throws SQLException {
        @Nullable Timestamp time = rows.getTimestamp(column);
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
