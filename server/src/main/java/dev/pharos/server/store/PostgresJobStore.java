// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.job.Attempt;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Gate;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Limits;
import dev.pharos.controller.job.Settlement;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.query.Condition;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Response;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// Jobs in the tables `jobs`, `job_targets` and `job_answers`. What claims and what moves a job take its row first, so
/// that they come one after the other.
///
/// Which devices a job concerns is found for its owner. What is claimed and settled of these is the server's own work,
/// which names job and device.
public final class PostgresJobStore implements JobStore {
    private static final String UNSETTLED = "('WAITING', 'OFFLINE', 'RUNNING')";

    /// Devices of a campaign that it has begun with.
    private static final String BEGUN = """
            and exists (select 1 from job_targets t join jobs j on j.id = t.job
                where j.campaign = c.campaign and %s and t.device = c.device and t.tries > 0)
            """.formatted(JobRows.FORTH);

    private final Database database;
    private final Owners owners;

    public PostgresJobStore(Database database) {
        this.database = database;
        this.owners = new Owners(database, "jobs");
    }

    @Override
    public void forOwner(Job job, Runnable work) {
        owners.within(job.id(), () -> {
            work.run();
            return true;
        });
    }

    @Override
    public Optional<Job> add(JobPlan plan, String createdBy, Instant now) {
        return database.with(handle -> added(handle, plan, createdBy, now));
    }

    static Optional<Job> added(Handle handle, JobPlan plan, String createdBy, Instant now) {
        Query insert = handle.createQuery(JobRows.INSERT);
        JobRows.bind(insert, plan);
        return insert.bind("created", Storable.time(now))
                .bind("by", Storable.text(createdBy))
                .bind("most", Limits.OPEN_JOBS)
                .map((rows, context) -> JobRows.job(rows))
                .findOne();
    }

    @Override
    public Optional<Job> find(long job) {
        Sight.Clause seen = Sight.clause();
        return database.with(
                handle -> seen.bindJobs(handle.createQuery("select * from jobs where id = :id" + seen.jobs()))
                        .bind("id", job)
                        .map((rows, context) -> JobRows.job(rows))
                        .findOne());
    }

    @Override
    public List<Job> list(long before, int limit) {
        Sight.Clause seen = Sight.clause();
        return database.with(handle -> seen.bindJobs(handle.createQuery(
                        "select * from jobs where id < :before" + seen.jobs() + " order by id desc limit :limit"))
                .bind("before", before)
                .bind("limit", limit)
                .map((rows, context) -> JobRows.job(rows))
                .list());
    }

    @Override
    public List<Job> open() {
        return database.with(handle -> handle.createQuery("select * from jobs where ended is null order by id")
                .map((rows, context) -> JobRows.job(rows))
                .list());
    }

    private record Count(long job, TargetState.Kind kind, long many) {}

    private record Answer(String device, int step, Response response) {}

    @Override
    public Map<Long, JobProgress> progress(Collection<Long> jobs) {
        Map<Long, EnumMap<TargetState.Kind, Long>> counts = new HashMap<>();
        jobs.forEach(job -> counts.put(job, new EnumMap<>(TargetState.Kind.class)));
        Sight.Clause seen = Sight.clause();
        List<Count> counted = database.with(handle -> seen.bind(handle.createQuery(
                        "select job, state, count(*) as many from job_targets where job = any (:jobs)"
                                + seen.over("device") + " group by job, state"))
                .bindArray("jobs", Long.class, List.copyOf(jobs))
                .map((rows, context) -> new Count(
                        rows.getLong("job"), TargetState.Kind.valueOf(rows.getString("state")), rows.getLong("many")))
                .list());
        counted.forEach(each -> counts.computeIfAbsent(each.job(), _ -> new EnumMap<>(TargetState.Kind.class))
                .put(each.kind(), each.many()));
        Map<Long, JobProgress> progress = new HashMap<>();
        counts.forEach((job, each) -> progress.put(job, new JobProgress(each)));
        return progress;
    }

    @Override
    public List<Target> targets(long job, Optional<TargetState.Kind> kind, String after, int limit) {
        Sight.Clause seen = Sight.clause();
        return database.inTransaction(handle -> {
            List<Target> bare = seen.bind(
                            handle.createQuery("select * from job_targets where job = :job and device > :after"
                                    + (kind.isPresent() ? " and state = :state" : "") + seen.over("device")
                                    + " order by device limit :limit"))
                    .bind("job", job)
                    .bind("after", Storable.text(after))
                    .bind("limit", limit)
                    .bindMap(kind.isPresent() ? Map.of("state", kind.get().name()) : Map.of())
                    .map((rows, context) -> target(rows, new TreeMap<>()))
                    .list();
            Map<String, SortedMap<Integer, Response>> answers = new HashMap<>();
            List<Answer> kept = handle.createQuery(
                            "select * from job_answers where job = :job and device = any (:devices)")
                    .bind("job", job)
                    .bindArray(
                            "devices",
                            String.class,
                            bare.stream().map(each -> each.device().toString()).toList())
                    .map((rows, context) -> new Answer(rows.getString("device"), rows.getInt("step"), (Response)
                            JobRows.decoded(rows.getBytes("answer"))))
                    .list();
            kept.forEach(each ->
                    answers.computeIfAbsent(each.device(), _ -> new TreeMap<>()).put(each.step(), each.response()));
            return bare.stream()
                    .map(each -> new Target(
                            each.device(),
                            each.state(),
                            each.step(),
                            each.tries(),
                            each.changed(),
                            answers.getOrDefault(each.device().toString(), new TreeMap<>())))
                    .toList();
        });
    }

    private static Target target(ResultSet rows, SortedMap<Integer, Response> answers) throws SQLException {
        return new Target(
                EndpointId.of(rows.getString("device")),
                JobRows.state(rows),
                rows.getInt("step"),
                rows.getInt("tries"),
                JobRows.time(rows, "changed"),
                answers);
    }

    @Override
    public boolean move(long job, Set<JobState> from, JobState to, String note, Instant now) {
        return database.inTransaction(handle -> {
            boolean moved = handle.createUpdate("""
                            update jobs set state = :to, note = :note,
                                ended = case when :to = 'FAILED' or (:to = 'CANCELLED' and started is null) then cast(:now as timestamptz) end
                            where id = :job and ended is null and state = any (:from)
                            """)
                            .bind("to", to.name())
                            .bind("note", Storable.text(note))
                            .bind("now", Storable.time(now))
                            .bind("job", job)
                            .bindArray(
                                    "from",
                                    String.class,
                                    from.stream().map(JobState::name).toList())
                            .execute()
                    > 0;
            if (moved && to == JobState.CANCELLED) {
                cancel(handle, job, now);
            }
            return moved;
        });
    }

    private static void cancel(Handle handle, long job, Instant now) {
        handle.execute(
                "update job_targets set state = 'CANCELLED', changed = ? where job = ? and state in ('WAITING', 'OFFLINE')",
                Storable.time(now),
                job);
    }

    /// Of a campaign that stops. The caller has these rows.
    static void cancelAll(Handle handle, List<Long> jobs, String note) {
        for (long job : jobs) {
            handle.execute(
                    "update jobs set state = 'CANCELLED', note = ?, ended = case when started is null then now() end"
                            + " where id = ?",
                    Storable.text(note),
                    job);
            handle.execute(
                    "update job_targets set state = 'CANCELLED', changed = now() where job = ?"
                            + " and state in ('WAITING', 'OFFLINE')",
                    job);
        }
    }

    @Override
    public long start(Job job, Optional<Condition> condition, int most, Instant now) {
        return database.inTransaction(handle -> {
            boolean ours = handle.createQuery(
                            "select 1 from jobs where id = :job and state = 'WAITING' and started is null for update")
                    .bind("job", job.id())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (!ours) {
                return handle.createQuery("select count(*) from job_targets where job = :job")
                        .bind("job", job.id())
                        .mapTo(Long.class)
                        .one();
            }
            if (job.plan().audience() instanceof Audience.Changed(long before) && isAtWork(handle, before)) {
                return -1L;
            }
            long targets = fix(handle, job, condition, most, now);
            if (targets > most) {
                handle.execute("delete from job_targets where job = ?", job.id());
                return targets;
            }
            handle.execute("update jobs set state = 'RUNNING', started = ? where id = ?", Storable.time(now), job.id());
            return targets;
        });
    }

    private static boolean isAtWork(Handle handle, long job) {
        return handle.createQuery("select exists (select 1 from job_targets where job = :job and state = 'RUNNING')")
                .bind("job", job)
                .mapTo(Boolean.class)
                .one();
    }

    private static long fix(Handle handle, Job job, Optional<Condition> condition, int most, Instant now) {
        if (job.plan().audience() instanceof Audience.Named(List<EndpointId> devices)) {
            return handle.createUpdate("""
                            insert into job_targets (job, device, state, due, why, changed)
                            select distinct on (wanted.id) cast(:job as bigint), wanted.id,
                                case when d.id is null then 'FAILED' when d.status = 'OFFLINE' then 'OFFLINE' else 'WAITING' end,
                                cast(:now as timestamptz), case when d.id is null then 'the inventory has no such device' when d.status = 'OFFLINE'
                                    then 'it is done when it returns' else '' end, cast(:now as timestamptz)
                            from unnest(:devices) as wanted (id) left join devices d on d.id = wanted.id
                            """)
                    .bind("job", job.id())
                    .bind("now", Storable.time(now))
                    .bindArray(
                            "devices",
                            String.class,
                            devices.stream().map(EndpointId::toString).toList())
                    .execute();
        }
        if (job.plan().audience() instanceof Audience.Changed(long before)) {
            return handle.createUpdate("""
                            insert into job_targets (job, device, state, due, why, changed)
                            select distinct cast(:job as bigint), d.id, case when d.status = 'OFFLINE' then 'OFFLINE' else 'WAITING' end,
                                cast(:now as timestamptz), case when d.status = 'OFFLINE' then 'it is done when it returns' else '' end,
                                cast(:now as timestamptz)
                            from profile_changes c join devices d on d.id = c.device where c.job = :before limit :most
                            """)
                    .bind("job", job.id())
                    .bind("now", Storable.time(now))
                    .bind("before", before)
                    .bind("most", most + 1)
                    .execute();
        }
        if (job.plan().audience() instanceof Audience.Span(long campaign, int from, int to)) {
            return handle.createUpdate("""
                            insert into job_targets (job, device, state, due, why, changed)
                            select cast(:job as bigint), c.device, case when d.id is null then 'FAILED' when d.status = 'OFFLINE' then 'OFFLINE'
                                    else 'WAITING' end,
                                cast(:now as timestamptz), case when d.id is null then 'the inventory has no such device any more'
                                    when d.status = 'OFFLINE' then 'it is done when it returns' else '' end, cast(:now as timestamptz)
                            from campaign_devices c left join devices d on d.id = c.device
                            where c.campaign = :campaign and c.position >= :from and c.position < :to
                            """ + (takesBack(job.plan().work()) ? BEGUN : ""))
                    .bind("job", job.id())
                    .bind("now", Storable.time(now))
                    .bind("campaign", campaign)
                    .bind("from", from)
                    .bind("to", to)
                    .execute();
        }
        ConditionSql meant = ConditionSql.of(condition.orElse(Condition.EVERYTHING));
        Update insert = handle.createUpdate("""
                insert into job_targets (job, device, state, due, why, changed)
                select cast(:job as bigint), id, case when status = 'OFFLINE' then 'OFFLINE' else 'WAITING' end, cast(:now as timestamptz),
                    case when status = 'OFFLINE' then 'it is done when it returns' else '' end, cast(:now as timestamptz)
                from devices where
                """ + meant.text() + " limit :most");
        meant.bind(insert);
        return insert.bind("job", job.id())
                .bind("now", Storable.time(now))
                .bind("most", most + 1)
                .execute();
    }

    @Override
    public List<Attempt> claim(Job job, Gate gate, Claim claim) {
        return Tenant.ofServer(
                () -> database.inTransaction(handle -> new JobClaim(handle, job, gate, claim).attempts()));
    }

    @Override
    public Optional<TargetState.Kind> settle(Attempt attempt, String owner, Settlement settlement, Instant now) {
        return Tenant.ofServer(
                () -> database.inTurn(() -> database.with(handle -> settled(handle, attempt, owner, settlement, now))));
    }

    private static boolean takesBack(JobWork work) {
        return work instanceof JobWork.RollBack
                || work instanceof JobWork.MigrateBack
                || work instanceof JobWork.DeployBack;
    }

    private static Optional<TargetState.Kind> settled(
            Handle handle, Attempt attempt, String owner, Settlement settlement, Instant now) {
        TargetState state = settlement.state();
        String why = state.why();
        int step = attempt.step() + (settlement.stepDone() ? 1 : 0);
        return handle.createQuery("""
                        with settled as (
                            update job_targets t set
                                state = case when j.state = 'CANCELLED' and :state in %1$s then 'CANCELLED'
                                    when j.state = 'PAUSED' and :state = 'RUNNING' then 'WAITING' else :state end,
                                step = :step, tries = case when :state <> 'RUNNING' then :tries when j.state = 'RUNNING' then 1 else 0 end,
                                due = :due, why = :why, changed = :now
                            from jobs j
                            where t.job = :job and t.device = :device and t.state = 'RUNNING' and t.owner = :owner and t.step = :from
                                and j.id = t.job
                            returning t.state
                        ), kept as (
                            insert into job_answers (job, device, step, answer)
                            select :job, :device, :from, cast(:answer as bytea) from settled where cast(:answer as bytea) is not null
                            on conflict (job, device, step) do update set answer = excluded.answer
                        )
                        select state from settled
                        """.formatted(UNSETTLED))
                .bind("state", state.kind().name())
                .bind("step", step)
                .bind("tries", attempt.tries())
                .bind("due", Storable.time(state instanceof TargetState.Waiting waiting ? waiting.due() : now))
                .bind("why", Storable.text(why.length() > Limits.WHY ? why.substring(0, Limits.WHY) + "…" : why))
                .bind("now", Storable.time(now))
                .bind("job", attempt.job())
                .bind("device", attempt.device().toString())
                .bind("owner", owner)
                .bind("from", attempt.step())
                .bind("answer", settlement.answer().map(JobRows::encoded).orElse(null))
                .mapTo(String.class)
                .findOne()
                .map(TargetState.Kind::valueOf);
    }

    @Override
    public void renew(String owner, Instant until) {
        database.with(handle -> handle.execute(
                "update job_targets set lease = ? where state = 'RUNNING' and owner = ?"
                        + " and job in (select id from jobs where ended is null)",
                Storable.time(until),
                owner));
    }

    @Override
    public int recover(Job job, String owner, Instant now) {
        JobPlan plan = job.plan();
        List<Long> repeatable = IntStream.range(0, plan.stepCount())
                .filter(plan::isRepeatable)
                .mapToObj(Long::valueOf)
                .toList();
        return database.with(handle -> handle.createUpdate("""
                        update job_targets t set changed = :now, due = :now,
                            state = case when not t.step = any (:repeatable) then 'UNCERTAIN' when j.state = 'CANCELLED' then 'CANCELLED'
                                when t.tries > :most then 'FAILED' else 'WAITING' end,
                            why = case when not t.step = any (:repeatable)
                                    then 'whether it ran is not known: the server ended before the device''s answer was stored'
                                when t.tries > :most then 'it is given up: the server ended each time that it was asked'
                                else 'the server ended before its answer was stored' end
                        from jobs j
                        where t.job = :job and t.state = 'RUNNING' and t.owner <> :owner and t.lease < :now and j.id = t.job
                        """)
                .bindArray("repeatable", Long.class, repeatable)
                .bind("most", plan.persistence().retries() + Limits.CUT_OFF)
                .bind("now", Storable.time(now))
                .bind("job", job.id())
                .bind("owner", owner)
                .execute());
    }

    @Override
    public void returned(Collection<EndpointId> devices, Instant now) {
        database.with(handle -> handle.createUpdate(
                        "update job_targets set state = 'WAITING', due = :now, why = 'it has returned', changed = :now"
                                + " where state = 'OFFLINE' and device = any (:devices)")
                .bind("now", Storable.time(now))
                .bindArray(
                        "devices",
                        String.class,
                        devices.stream().map(EndpointId::toString).sorted().toList())
                .execute());
    }

    @Override
    public void sweep(Instant now) {
        database.with(handle -> handle.execute(
                "update job_targets t set state = 'WAITING', due = ?, why = '', changed = ? where state = 'OFFLINE'"
                        + " and not exists (select 1 from devices d where d.id = t.device and d.status = 'OFFLINE')",
                Storable.time(now),
                Storable.time(now)));
    }

    @Override
    public void giveUp(Job job, Instant now) {
        database.with(handle -> handle.execute(
                "update job_targets set state = 'FAILED', changed = ?, why = case when state = 'OFFLINE'"
                        + " then 'it did not return before the deadline'"
                        + " else rtrim('the deadline came first; it waited ' || why) end"
                        + " where job = ? and state in ('WAITING', 'OFFLINE')",
                Storable.time(now),
                job.id()));
    }

    @Override
    public boolean end(Job job, JobPlan masked, Instant now) {
        return database.inTransaction(handle -> {
            if (job.state() == JobState.CANCELLED) {
                // what was written while it was being cancelled
                cancel(handle, job.id(), now);
            }
            return handle.createUpdate("""
                            update jobs set ended = :now, steps = :steps, state = case when state = 'CANCELLED' then state else 'DONE' end
                            where id = :job and ended is null and (started is not null or state = 'CANCELLED')
                                and not exists (select 1 from job_targets where job = :job and state in %s)
                            """.formatted(UNSETTLED))
                            .bind("now", Storable.time(now))
                            .bind("steps", JobRows.steps(masked))
                            .bind("job", job.id())
                            .execute()
                    > 0;
        });
    }

    @Override
    public void deleteBefore(Instant ended) {
        database.with(handle ->
                handle.execute("delete from jobs where ended < ? and campaign is null", Storable.time(ended)));
    }
}
