// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What of the fleet needs a look, counted in the database.
public final class AttentionStore {
    private final Database database;

    public AttentionStore(Database database) {
        this.database = database;
    }

    /// @param hour and
    /// @param day  from when on
    public record Since(Instant hour, Instant day) {}

    /// @param lostLastHour devices that are offline, and were seen in the last hour
    /// @param lostLastDay  those of the last day, the hour among them
    /// @param errors       devices that could not be read when they came
    /// @param waiting      devices that wait for approval
    /// @param refused      attempts to connect that were refused in the last hour
    /// @param reboots      of the last day, the most first
    /// @param jobs         of the last day and those that go on, of which a device failed or nobody knows
    public record Look(
            long devices,
            long online,
            long lostLastHour,
            long lostLastDay,
            long errors,
            long waiting,
            long refused,
            List<Reboots> reboots,
            List<FailingJob> jobs) {}

    /// Devices of one model and version that started.
    public record Reboots(String model, String software, long devices, long starts) {}

    public record FailingJob(long id, String name, boolean open, long failed, long uncertain, long devices) {}

    /// With what keeps it to the devices in sight: `{seen}` over devices, `{told}` over the device of an event or a
    /// job.
    private static final String COUNTS = """
            select (select count(*) from devices where true{seen}) as devices,
                   (select count(*) from devices where status <> 'OFFLINE'{seen}) as online,
                   (select count(*) from devices where status = 'OFFLINE' and last_seen >= :hour{seen}) as lost_hour,
                   (select count(*) from devices where status = 'OFFLINE' and last_seen >= :day{seen}) as lost_day,
                   (select count(*) from devices where status <> 'OFFLINE' and status = 'ERROR'{seen}) as errors,
                   (select count(*) from devices where not approved{seen}) as waiting,
                   (select count(*) from events where kind = 'REFUSED' and time >= :hour{told}) as refused
            """;

    /// The starts are bounded before they are joined: a fleet that starts as a whole is known by a part of it.
    private static final String REBOOTS = """
            select d.model_name, d.software_version, count(*) as devices, sum(b.starts) as starts
            from (select device, count(*) as starts
                  from (select device from events where name = 'Boot!' and time >= :day{told} order by time desc limit :scanned) e
                  group by device) b
            join devices d on d.id = b.device
            group by d.model_name, d.software_version
            order by starts desc, devices desc, d.model_name, d.software_version
            limit :most
            """;

    private static final String JOBS = """
            select j.id, j.name, j.ended is null as open, t.failed, t.uncertain, t.devices
            from (select id, name, ended from jobs order by id desc limit :scanned) j
            cross join lateral (
                select count(*) filter (where state = 'FAILED') as failed,
                       count(*) filter (where state = 'UNCERTAIN') as uncertain,
                       count(*) as devices
                from job_targets where job = j.id{told}) t
            where (j.ended is null or j.ended >= :day) and t.failed + t.uncertain > 0
            order by j.id desc
            limit :most
            """;

    /// @throws StoreException where the database cannot be reached
    public Look look(Since since) {
        return database.inTransaction(handle -> look(handle, since));
    }

    private static Look look(Handle handle, Since since) {
        Sight.Clause seen = Sight.clause();
        String told = seen.over("device");
        List<Reboots> reboots = seen.bind(handle.createQuery(REBOOTS.replace("{told}", told)))
                .bind("day", Storable.time(since.day()))
                .bind("scanned", Limits.BOOTS_LOOKED_AT)
                .bind("most", Limits.ATTENTION_LINES)
                .map((rows, context) -> new Reboots(
                        rows.getString("model_name"),
                        rows.getString("software_version"),
                        rows.getLong("devices"),
                        rows.getLong("starts")))
                .list();
        List<FailingJob> jobs = seen.bind(handle.createQuery(JOBS.replace("{told}", told)))
                .bind("day", Storable.time(since.day()))
                .bind("scanned", Limits.JOBS_LOOKED_AT)
                .bind("most", Limits.ATTENTION_LINES)
                .map((rows, context) -> new FailingJob(
                        rows.getLong("id"),
                        rows.getString("name"),
                        rows.getBoolean("open"),
                        rows.getLong("failed"),
                        rows.getLong("uncertain"),
                        rows.getLong("devices")))
                .list();
        return seen.bind(handle.createQuery(
                        COUNTS.replace("{seen}", seen.devices()).replace("{told}", told)))
                .bind("hour", Storable.time(since.hour()))
                .bind("day", Storable.time(since.day()))
                .map((rows, context) -> new Look(
                        rows.getLong("devices"),
                        rows.getLong("online"),
                        rows.getLong("lost_hour"),
                        rows.getLong("lost_day"),
                        rows.getLong("errors"),
                        rows.getLong("waiting"),
                        rows.getLong("refused"),
                        reboots,
                        jobs))
                .one();
    }
}
