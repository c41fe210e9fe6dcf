// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignState;
import dev.pharos.controller.campaign.CampaignStore;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.Compared;
import dev.pharos.controller.campaign.JobTally;
import dev.pharos.controller.campaign.Limits;
import dev.pharos.controller.campaign.Measure;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.migration.MigrationPlace;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Campaigns in the tables `campaigns` and `campaign_devices`, their jobs in `jobs`. What changes a campaign
/// takes its
/// row first, and then those of its jobs.
public final class PostgresCampaignStore implements CampaignStore {
    private static final Set<CampaignState.Kind> ENDED =
            Set.of(CampaignState.Kind.STOPPED, CampaignState.Kind.DONE, CampaignState.Kind.ROLLED_BACK);

    private final Database database;
    private final Owners owners;

    public PostgresCampaignStore(Database database) {
        this.database = database;
        this.owners = new Owners(database, "campaigns");
    }

    @Override
    public void forOwner(Campaign campaign, Runnable work) {
        owners.within(campaign.id(), () -> {
            work.run();
            return true;
        });
    }

    @Override
    public Optional<Campaign> add(CampaignPlan plan, String createdBy, Instant now) {
        CampaignState state = plan.rules().approval() ? new CampaignState.Unapproved() : new CampaignState.Ready();
        Campaign.Course course = new Campaign.Course(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new Campaign.Note(
                        now,
                        "made by " + createdBy + (plan.rules().approval() ? "" : ", who wants nobody's approval"))));
        return database.with(handle -> {
            Query insert = handle.createQuery("""
                    insert into campaigns (image, plan, created, created_by, revision, state, why, leg, wave, since, job, course)
                    select cast(:image as bigint), cast(:plan as jsonb), :created, :by, 0, :state, :why, cast(:leg as text), cast(:wave as integer),
                        cast(:since as timestamptz), cast(:job as bigint), cast(:course as jsonb)
                    where (select count(*) from campaigns) < :most
                    returning *
                    """);
            CampaignRows.bind(insert, state, course);
            return insert.bind("image", brought(plan.work()))
                    .bind("plan", CampaignJson.plan(plan))
                    .bind("created", Storable.time(now))
                    .bind("by", Storable.text(createdBy))
                    .bind("most", Limits.CAMPAIGNS)
                    .map((rows, context) -> CampaignRows.campaign(rows))
                    .findOne();
        });
    }

    /// Of which row of the repository devices get something; null where of none.
    private static @Nullable Long brought(CampaignWork work) {
        return switch (work) {
            case CampaignWork.Firmware(long image) -> image;
            case CampaignWork.Modules(Rollout rollout) -> rollout.module();
            case CampaignWork.Migration _ -> null;
        };
    }

    @Override
    public Optional<Campaign> find(long campaign) {
        return database.with(handle -> handle.createQuery("select * from campaigns where id = :id")
                .bind("id", campaign)
                .map((rows, context) -> CampaignRows.campaign(rows))
                .findOne());
    }

    @Override
    public List<Campaign> list(long before, int limit) {
        return database.with(
                handle -> handle.createQuery("select * from campaigns where id < :before order by id desc limit :limit")
                        .bind("before", before)
                        .bind("limit", limit)
                        .map((rows, context) -> CampaignRows.campaign(rows))
                        .list());
    }

    @Override
    public List<Campaign> atWork() {
        return database.with(handle -> handle.createQuery(
                        "select * from campaigns where state in ('RUNNING', 'ROLLING_BACK') order by id")
                .map((rows, context) -> CampaignRows.campaign(rows))
                .list());
    }

    @Override
    public List<Long> with(long image) {
        return database.with(handle -> handle.createQuery(
                        "select id from campaigns where image = :image and not state = any (:ended) order by id")
                .bind("image", image)
                .bindArray(
                        "ended",
                        String.class,
                        ENDED.stream().map(CampaignState.Kind::name).toList())
                .mapTo(Long.class)
                .list());
    }

    @Override
    public boolean move(Campaign from, Campaign to, JobsThen jobs) {
        return database.inTransaction(handle -> {
            boolean moved = keep(handle, from, to);
            if (moved) {
                then(handle, to, jobs);
            }
            return moved;
        });
    }

    private static boolean keep(Handle handle, Campaign from, Campaign to) {
        Update update = handle.createUpdate("""
                update campaigns set revision = :revision, state = :state, why = :why, leg = cast(:leg as text),
                    wave = cast(:wave as integer), since = cast(:since as timestamptz), job = cast(:job as bigint),
                    course = cast(:course as jsonb)
                where id = :id and revision = :before
                """);
        CampaignRows.bind(update, to.state(), to.course());
        return update.bind("revision", to.revision())
                        .bind("id", from.id())
                        .bind("before", from.revision())
                        .execute()
                > 0;
    }

    private static void then(Handle handle, Campaign campaign, JobsThen jobs) {
        String note = campaign.state().why();
        switch (jobs) {
            case STAY -> {}
            case PAUSE ->
                handle.execute(
                        "update jobs set state = 'PAUSED', note = ? where campaign = ? and ended is null"
                                + " and state in ('WAITING', 'RUNNING')",
                        Storable.text(note),
                        campaign.id());
            case RESUME ->
                handle.execute(
                        "update jobs set state = case when started is null then 'WAITING' else 'RUNNING' end, note = ''"
                                + " where campaign = ? and ended is null and state = 'PAUSED'",
                        campaign.id());
            case CANCEL ->
                PostgresJobStore.cancelAll(
                        handle,
                        handle.createQuery(
                                        "select id from jobs where campaign = :campaign and ended is null for update")
                                .bind("campaign", campaign.id())
                                .mapTo(Long.class)
                                .list(),
                        note);
        }
    }

    @Override
    public Optional<Integer> fix(Campaign from, Optional<Condition> condition, int most) {
        return database.inTransaction(handle -> {
            boolean ours = handle.execute(
                            "update campaigns set revision = revision + 1 where id = ? and revision = ?",
                            from.id(),
                            from.revision())
                    > 0;
            if (!ours) {
                return Optional.empty();
            }
            handle.execute("delete from campaign_devices where campaign = ?", from.id());
            int devices = fixed(handle, from, condition, most + 1);
            if (devices > most) {
                handle.execute("delete from campaign_devices where campaign = ?", from.id());
            }
            return Optional.of(devices);
        });
    }

    private static int fixed(Handle handle, Campaign campaign, Optional<Condition> condition, int limit) {
        String insert =
                """
                insert into campaign_devices (campaign, position, device, version)
                select cast(:campaign as bigint), row_number() over (order by md5(:campaign || '/' || id), id) - 1, id, %s
                from devices where\s""".formatted(campaign.plan().work() instanceof CampaignWork.Modules ? "''" : "software_version");
        if (campaign.plan().target() instanceof Audience.Named(List<EndpointId> devices)) {
            return handle.createUpdate(insert + "id = any (:devices) limit :limit")
                    .bind("campaign", campaign.id())
                    .bindArray(
                            "devices",
                            String.class,
                            devices.stream().map(EndpointId::toString).toList())
                    .bind("limit", limit)
                    .execute();
        }
        ConditionSql meant = ConditionSql.of(condition.orElse(Condition.EVERYTHING));
        Update update = handle.createUpdate(insert + meant.text() + " limit :limit");
        meant.bind(update);
        return update.bind("campaign", campaign.id()).bind("limit", limit).execute();
    }

    @Override
    public Optional<Campaign> begin(Campaign from, JobPlan plan, LongFunction<Campaign> with, Instant now) {
        return database.inTransaction(handle -> {
            boolean ours = handle.createQuery(
                            "select 1 from campaigns where id = :id and revision = :revision for update")
                    .bind("id", from.id())
                    .bind("revision", from.revision())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (!ours) {
                return Optional.empty();
            }
            return PostgresJobStore.added(handle, plan, from.createdBy(), now).map(job -> {
                Campaign next = with.apply(job.id());
                keep(handle, from, next);
                return next;
            });
        });
    }

    @Override
    public JobTally tally(long job) {
        return tallies("j.id = :of", query -> query.bind("of", job))
                .getOrDefault(job, new JobTally(true, false, 0, 0, 0, 0, 0));
    }

    @Override
    public Map<Long, JobTally> tallies(Collection<Long> campaigns) {
        return tallies("j.campaign = any (:of)", query -> query.bindArray("of", Long.class, List.copyOf(campaigns)));
    }

    /// A device that never began is told from one that failed by its tries.
    private Map<Long, JobTally> tallies(String which, UnaryOperator<Query> bind) {
        Map<Long, JobTally> tallies = new HashMap<>();
        database.with(handle -> bind.apply(handle.createQuery("""
            select j.id, j.ended is not null as ended, j.state not in ('CANCELLED', 'FAILED') as whole,
                count(*) filter (where t.state = 'DONE') as done,
                count(*) filter (where t.state = 'UNCERTAIN' or (t.state = 'FAILED' and t.tries > 0)) as failed,
                count(*) filter (where t.state = 'CANCELLED' or (t.state = 'FAILED' and t.tries = 0)) as absent,
                count(*) filter (where t.state = 'OFFLINE') as offline,
                count(*) filter (where t.state in ('WAITING', 'RUNNING')) as open
            from jobs j left join job_targets t on t.job = j.id where %s group by j.id
            """.formatted(which)))
                        .map((rows, context) -> Map.entry(rows.getLong("id"), tally(rows)))
                        .list())
                .forEach(each -> tallies.put(each.getKey(), each.getValue()));
        return tallies;
    }

    private static JobTally tally(ResultSet rows) throws SQLException {
        return new JobTally(
                rows.getBoolean("ended"),
                rows.getBoolean("whole"),
                rows.getLong("done"),
                rows.getLong("failed"),
                rows.getLong("absent"),
                rows.getLong("offline"),
                rows.getLong("open"));
    }

    @Override
    public Set<EndpointId> devices(long campaign, int from, int to) {
        return ids(handle -> handle.createQuery(
                        "select device from campaign_devices where campaign = :campaign and position >= :from"
                                + " and position < :to")
                .bind("campaign", campaign)
                .bind("from", from)
                .bind("to", to));
    }

    @Override
    public Set<EndpointId> done(long job) {
        return ids(handle -> handle.createQuery("select device from job_targets where job = :job and state = 'DONE'")
                .bind("job", job));
    }

    private Set<EndpointId> ids(Database.Work<Query> query) {
        return new LinkedHashSet<>(database.with(handle -> query.on(handle)
                .map((rows, context) -> EndpointId.of(rows.getString("device")))
                .list()));
    }

    @Override
    public Compared.Counts counts(
            Campaign campaign, long job, int position, Measure.Subject subject, Instant from, Instant until) {
        String event = switch (subject) {
            case Measure.Subject.Named(String name) -> name;
            case Measure.Subject.OfKind(EventKind kind) -> kind.name();
            case Measure.Subject.Parameter _ -> throw new IllegalArgumentException("no event: " + subject);
        };
        return database.with(handle -> handle.createQuery(
                        """
                        with sides as (
                            select device, true as updated from job_targets where job = :job and state = 'DONE'
                            union all
                            select device, false from campaign_devices where campaign = :campaign and position >= :position
                        ), heard as (
                            select s.updated, (select count(*) from events e where e.device = s.device and e.time >= :from and e.time < :until
                                and %s = :event) as events
                            from sides s join devices d on d.id = s.device where d.status <> 'OFFLINE' or d.last_seen >= :from
                        )
                        select count(*) filter (where updated) as updated, coalesce(sum(events) filter (where updated), 0) as updated_events,
                            count(*) filter (where not updated) as others, coalesce(sum(events) filter (where not updated), 0) as other_events
                        from heard
                        """.formatted(subject instanceof Measure.Subject.OfKind ? "e.kind" : "e.name"))
                .bind("job", job)
                .bind("campaign", campaign.id())
                .bind("position", position)
                .bind("from", Storable.time(from))
                .bind("until", Storable.time(until))
                .bind("event", Storable.text(event))
                .map((rows, context) -> new Compared.Counts(
                        rows.getLong("updated"),
                        rows.getLong("updated_events"),
                        rows.getLong("others"),
                        rows.getLong("other_events"),
                        Duration.between(from, until)))
                .one());
    }

    @Override
    public Optional<String> former(long campaign, EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select version from campaign_devices where campaign = :campaign and device = :device")
                .bind("campaign", campaign)
                .bind("device", device.toString())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void begun(long campaign, EndpointId device, String version) {
        database.with(handle -> handle.createUpdate("""
                        update campaign_devices set version = :version
                        where campaign = :campaign and device = :device and version = ''
                        """)
                .bind("version", Storable.text(version))
                .bind("campaign", campaign)
                .bind("device", device.toString())
                .execute());
    }

    @Override
    public List<Standing> report(long campaign, Optional<MigrationPlace> place, int after, int limit) {
        return database.with(handle -> handle.createQuery(
                        """
                        select c.position, c.device, c.version, u.state, u.why, u.changed,
                            b.state as back_state, b.why as back_why, b.changed as back_changed, %3$s as place
                        from campaign_devices c
                        left join lateral (select t.* from job_targets t join jobs j on j.id = t.job
                            where j.campaign = c.campaign and %1$s and t.device = c.device limit 1) u on true
                        left join lateral (select t.* from job_targets t join jobs j on j.id = t.job
                            where j.campaign = c.campaign and %2$s and t.device = c.device limit 1) b on true
                        left join devices d on d.id = c.device
                        left join device_migrations m on m.device_no = d.no and m.campaign = c.campaign
                        where c.campaign = :campaign and c.position > :after and (%3$s = :place or :place = '')
                        order by c.position limit :limit
                        """.formatted(JobRows.FORTH, JobRows.BACK, PostgresMigrationStore.PLACE))
                .bind("campaign", campaign)
                .bind("after", after)
                .bind("limit", limit)
                .bind("place", place.map(MigrationPlace::text).orElse(""))
                .map((rows, context) -> new Standing(
                        rows.getInt("position"),
                        EndpointId.of(rows.getString("device")),
                        rows.getString("version"),
                        step(rows, "").orElse(new Step("pending", "", Optional.empty())),
                        step(rows, "back_"),
                        MigrationPlace.of(rows.getString("place"))))
                .list());
    }

    private static Optional<Step> step(ResultSet rows, String prefix) throws SQLException {
        @Nullable String state = rows.getString(prefix + "state");
        @Nullable Timestamp changed = rows.getTimestamp(prefix + "changed");
        return state == null
                ? Optional.empty()
                : Optional.of(new Step(
                        dev.pharos.controller.job.TargetState.Kind.valueOf(state)
                                .text(),
                        rows.getString(prefix + "why"),
                        Optional.ofNullable(changed).map(Timestamp::toInstant)));
    }

    @Override
    public boolean delete(Campaign campaign) {
        return database.with(handle -> handle.createUpdate("""
                                delete from campaigns c where id = :id and revision = :revision
                                    and not exists (select 1 from jobs where campaign = c.id and ended is null)
                                """)
                        .bind("id", campaign.id())
                        .bind("revision", campaign.revision())
                        .execute()
                > 0);
    }
}
