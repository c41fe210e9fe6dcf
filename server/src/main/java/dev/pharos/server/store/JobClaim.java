// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.job.Attempt;
import dev.pharos.controller.job.Candidate;
import dev.pharos.controller.job.Decision;
import dev.pharos.controller.job.Gate;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobStore.Claim;
import dev.pharos.controller.job.Limits;
import dev.pharos.controller.job.TargetState;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Begins with devices of one job, in one transaction that holds the job's row: its pace counts for all servers
/// together. A device that was given to another tenant meanwhile is one that is not there.
record JobClaim(Handle handle, Job job, Gate gate, Claim claim) {

    List<Attempt> attempts() {
        Optional<Instant> next = handle.createQuery(
                        "select next_begin from jobs where id = :job and state = 'RUNNING' and ended is null for update")
                .bind("job", job.id())
                .mapTo(Instant.class)
                .findOne();
        if (next.isEmpty()) {
            return List.of();
        }
        int atWork = handle.createQuery("select count(*) from job_targets where job = :job and state = 'RUNNING'")
                .bind("job", job.id())
                .mapTo(Integer.class)
                .one();
        int most = Math.min(claim.most(), job.plan().pace().allowed(next.get(), claim.now(), atWork));
        List<Candidate> begun = new ArrayList<>();
        for (int looks = 0; looks < Limits.CLAIMS && begun.size() < most; looks++) {
            if (!look(begun, most)) {
                break;
            }
        }
        if (!begun.isEmpty()) {
            handle.execute(
                    "update jobs set next_begin = ? where id = ?",
                    Storable.time(job.plan().pace().next(next.get(), claim.now(), begun.size())),
                    job.id());
        }
        return begun.stream()
                .map(each -> new Attempt(
                        job.id(),
                        each.device(),
                        each.step(),
                        each.tries() + 1,
                        each.standing().map(Candidate.Standing::modelHash).orElse("")))
                .toList();
    }

    /// @return whether more may be due
    private boolean look(List<Candidate> begun, int most) {
        List<Candidate> candidates = candidates();
        List<Candidate> now = new ArrayList<>();
        PreparedBatch stand = handle.prepareBatch("update job_targets set state = :state, due = :due, why = :why,"
                + " changed = :now where job = :job and device = :device");
        for (Candidate candidate : candidates) {
            switch (gate.decide(candidate, claim.now())) {
                case Decision.Begin _ -> {
                    if (begun.size() + now.size() < most) {
                        now.add(candidate);
                    }
                }
                case Decision.Stand(TargetState state) ->
                    stand.bind("state", state.kind().name())
                            .bind(
                                    "due",
                                    Storable.time(
                                            state instanceof TargetState.Waiting waiting ? waiting.due() : claim.now()))
                            .bind("why", Storable.text(state.why()))
                            .bind("now", Storable.time(claim.now()))
                            .bind("job", job.id())
                            .bind("device", candidate.device().toString())
                            .add();
            }
        }
        stand(stand);
        begin(now);
        begun.addAll(now);
        return candidates.size() == Limits.CANDIDATES;
    }

    private static void stand(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private List<Candidate> candidates() {
        return handle.createQuery("""
                        select t.device, t.step, t.tries, d.id is not null as known, d.status, d.transport, d.model_hash,
                            (select w.parameters -> 'LocalTimeZone' ->> 0 from twin w
                                where w.device_no = d.no and w.object_path = 'Device.Time.') as zone
                        from job_targets t left join devices d on d.id = t.device
                            and d.tenant = (select tenant from jobs where id = :job)
                        where t.job = :job and t.state = 'WAITING' and t.due <= :now
                        order by t.due, t.device limit :limit for update of t skip locked
                        """)
                .bind("job", job.id())
                .bind("now", Storable.time(claim.now()))
                .bind("limit", Limits.CANDIDATES)
                .map((rows, context) -> candidate(rows))
                .list();
    }

    private static Candidate candidate(ResultSet rows) throws SQLException {
        String zone = rows.getString("zone");
        return new Candidate(
                EndpointId.of(rows.getString("device")),
                rows.getInt("step"),
                rows.getInt("tries"),
                rows.getBoolean("known")
                        ? Optional.of(new Candidate.Standing(
                                !rows.getString("status").equals("OFFLINE"),
                                rows.getString("transport"),
                                zone == null ? "" : zone,
                                rows.getString("model_hash")))
                        : Optional.empty());
    }

    /// From here on it counts as begun, whatever happens to us.
    private void begin(List<Candidate> begun) {
        if (begun.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        update job_targets set state = 'RUNNING', owner = :owner, lease = :lease, tries = tries + 1, why = '', changed = :now
                        where job = :job and device = any (:devices)
                        """)
                .bind("owner", claim.owner())
                .bind("lease", Storable.time(claim.until()))
                .bind("now", Storable.time(claim.now()))
                .bind("job", job.id())
                .bindArray(
                        "devices",
                        String.class,
                        begun.stream().map(each -> each.device().toString()).toList())
                .execute();
    }
}
