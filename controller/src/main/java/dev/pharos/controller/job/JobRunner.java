// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.SupportedModelStore;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries jobs out. Any number of them may run over one store, in as many servers: who works on a device has written
/// that down before, and a claim that is not renewed passes to others.
///
/// One virtual thread looks what is due; each device that is at work has one of its own.
public final class JobRunner implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Parts parts;
    private final String owner = UUID.randomUUID().toString();
    private final JobSecrets secrets;
    private final JobNews news;
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private final Set<EndpointId> returned = ConcurrentHashMap.newKeySet();
    private final Semaphore due = new Semaphore(0);
    private final Thread looker;
    private Instant nextSweep = Instant.MIN;
    private Instant nextRecovery = Instant.MIN;
    private volatile boolean stopping;

    /// What it works with.
    ///
    /// @param chore for what is not the same for all devices
    /// @param history where it is told what becomes of jobs
    /// @param zone the server's own, for devices of which nobody knows theirs
    public record Parts(
            JobStore store,
            AudienceReader audiences,
            DeviceLine line,
            DeviceChore chore,
            SupportedModelStore models,
            Consumer<NewEvent> history,
            Clock clock,
            ZoneId zone) {}

    public JobRunner(Parts parts) {
        this.parts = parts;
        this.secrets = new JobSecrets(parts.models());
        this.news = new JobNews(parts.history(), parts.clock());
        this.looker = Thread.ofVirtual().name("jobs").unstarted(this::look);
    }

    public JobStore store() {
        return parts.store();
    }

    /// From now on, by itself.
    public JobRunner start() {
        looker.start();
        return this;
    }

    /// Somebody pauses, resumes or cancels a job.
    ///
    /// @return whether it stood so that this does anything
    public boolean move(Job job, Set<JobState> from, JobState to, String by) {
        String note = to == JobState.PAUSED || to == JobState.CANCELLED ? to.text() + " by " + by : "";
        boolean moved =
                parts.store().move(job.id(), from, to, note, parts.clock().instant());
        if (moved) {
            news.moved(job, to, by);
            wake();
        }
        return moved;
    }

    /// Something is due, or may be. Returns at once.
    public void wake() {
        if (due.availablePermits() == 0) {
            due.release();
        }
    }

    /// Devices that are at work in this server now.
    public int atWork() {
        return atWork.size();
    }

    @Override
    public void deviceChanged(DeviceRecord device) {
        if (device.online() && returned.size() < Limits.TARGETS && returned.add(device.id())) {
            wake();
        }
    }

    private void look() {
        try {
            while (!stopping) {
                try {
                    round();
                } catch (StoreException unavailable) {
                    LOG.warn("jobs wait for the database: {}", unavailable.getMessage());
                    Thread.sleep(Limits.STORING_AGAIN);
                }
                Thread.sleep(Limits.BREATH);
                if (due.tryAcquire(Limits.ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("jobs stop");
        }
    }

    /// Does once what is due; devices that begin go on by themselves.
    public synchronized void round() {
        Instant now = parts.clock().instant();
        List<EndpointId> back = List.copyOf(returned);
        back.forEach(returned::remove);
        List<Job> open = parts.store().open();
        if (open.isEmpty()) {
            return;
        }
        if (!back.isEmpty()) {
            parts.store().returned(back, now);
        }
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(Limits.SWEEP);
            parts.store().sweep(now);
        }
        boolean recover = !now.isBefore(nextRecovery);
        if (recover) {
            nextRecovery = now.plus(Limits.RENEWAL);
            parts.store().renew(owner, now.plus(Limits.LEASE));
        }
        for (Job job : open) {
            if (recover) {
                parts.store().recover(job, owner, now);
            }
            parts.store().forOwner(job, () -> advance(job, now));
        }
    }

    private void advance(Job job, Instant now) {
        boolean over = !now.isBefore(job.plan().timing().deadline());
        switch (job.state()) {
            case WAITING -> {
                if (!now.isBefore(job.plan().timing().startAt())) {
                    begin(job, now);
                    wake();
                }
                return;
            }
            case RUNNING -> {
                if (!over && claim(job, now) > 0) {
                    return;
                }
            }
            case PAUSED -> {
                if (job.course().started().isEmpty()) {
                    return;
                }
            }
            case CANCELLED, DONE, FAILED -> {}
        }
        if (over) {
            parts.store().giveUp(job, now);
        }
        if (parts.store().end(job, job.plan().masked(), now)) {
            news.ended(job, parts.store().progress(List.of(job.id())).getOrDefault(job.id(), JobProgress.NONE));
        }
    }

    private void begin(Job job, Instant now) {
        Optional<Condition> condition;
        try {
            condition = switch (job.plan().audience()) {
                case Audience.Matching(String query, boolean _) ->
                    Optional.of(parts.audiences().read(query));
                case Audience.Named _, Audience.Changed _, Audience.Span _ -> Optional.empty();
            };
        } catch (QueryException wrong) {
            fail(job, "its query cannot be read any more: " + wrong.reason(), now);
            return;
        } catch (UnresolvedGroupException unresolved) {
            fail(job, "its query cannot be read any more: " + unresolved.reason(), now);
            return;
        }
        long targets = parts.store().start(job, condition, Limits.TARGETS, now);
        if (targets < 0) {
            return;
        }
        if (targets > Limits.TARGETS) {
            fail(job, "it would concern more than " + Limits.TARGETS + " devices", now);
        } else if (targets == 0
                && !(job.plan().audience() instanceof Audience.Changed)
                && !(job.plan().audience() instanceof Audience.Span)
                && !(job.plan().audience() instanceof Audience.Matching(String _, boolean empty) && empty)) {
            fail(job, "its query meant no device when it started", now);
        } else {
            LOG.info("job {} starts with {} devices", job.id(), targets);
            news.started(job, targets);
        }
    }

    private void fail(Job job, String why, Instant now) {
        LOG.info("job {} cannot start: {}", job.id(), why);
        if (parts.store().move(job.id(), EnumSet.of(JobState.WAITING, JobState.RUNNING), JobState.FAILED, why, now)) {
            news.failed(job, why);
        }
    }

    /// @return how many began
    private int claim(Job job, Instant now) {
        int room = Limits.AT_WORK - atWork.size();
        if (room <= 0 || stopping) {
            return 0;
        }
        JobStore.Claim claim = new JobStore.Claim(owner, now, now.plus(Limits.LEASE), room);
        List<Attempt> attempts = parts.store().claim(job, new Gate(job.plan(), parts.zone()), claim);
        for (Attempt attempt : attempts) {
            Thread worker = Thread.ofVirtual()
                    .name("job-" + job.id())
                    .unstarted(() -> parts.store().forOwner(job, () -> work(job, attempt)));
            atWork.add(worker);
            worker.start();
        }
        return attempts.size();
    }

    private void work(Job job, Attempt first) {
        try {
            Attempt attempt = first;
            while (settle(attempt, perform(job, attempt)).equals(Optional.of(TargetState.Kind.RUNNING))) {
                attempt = attempt.next();
            }
        } finally {
            atWork.remove(Thread.currentThread());
            if (atWork.size() <= job.plan().pace().concurrency() / 2) {
                wake();
            }
        }
    }

    private Settlement perform(Job job, Attempt attempt) {
        if (stopping) {
            return Settlement.of(new TargetState.Waiting(parts.clock().instant(), "the server was stopped"));
        }
        try {
            MaskedMessages masked = new MaskedMessages(secrets.of(attempt.modelHash()));
            return new StepWork(new Gate(job.plan(), parts.zone()), attempt, parts.line(), masked)
                    .perform(parts.chore(), parts.clock());
        } catch (RuntimeException defect) {
            LOG.error("job {}, {}: a defect of ours", job.id(), attempt.device(), defect);
            String why = "the server has a defect; its log has the details";
            return Settlement.of(
                    job.plan().isRepeatable(attempt.step())
                            ? new TargetState.Failed(why)
                            : new TargetState.Uncertain(why));
        }
    }

    /// What became of a device is not given up because the database is gone for a while.
    private Optional<TargetState.Kind> settle(Attempt attempt, Settlement settlement) {
        for (int tries = 1; ; tries++) {
            try {
                return parts.store()
                        .settle(attempt, owner, settlement, parts.clock().instant());
            } catch (StoreException later) {
                if (stopping && tries > 1) {
                    LOG.warn("job {}, {}: not stored when we stopped", attempt.job(), attempt.device());
                    return Optional.empty();
                }
                LOG.debug("job {}, {}: stored later", attempt.job(), attempt.device(), later);
            }
            try {
                Thread.sleep(Limits.STORING_AGAIN);
            } catch (InterruptedException stop) {
                // one more try, which is the last one
                LOG.debug("job {}: we stop", attempt.job());
            }
        }
    }

    /// Begins nothing more, waits a little for what is under way, and writes down of the rest how it stands.
    @Override
    public void close() {
        stopping = true;
        endRounds();
        if (!drained()) {
            atWork.forEach(Thread::interrupt);
            if (!drained()) {
                LOG.warn("{} devices of jobs could not be settled; the next start does that", atWork.size());
            }
        }
    }

    /// A round that begins devices is not cut short, unless the database keeps it waiting.
    private void endRounds() {
        if (looker.getState() == Thread.State.NEW) {
            return;
        }
        wake();
        try {
            if (!looker.join(Limits.GOODBYE)) {
                looker.interrupt();
                looker.join(Limits.GOODBYE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean drained() {
        Instant end = Instant.now().plus(Limits.GOODBYE);
        try {
            while (!atWork.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(Limits.BREATH);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return atWork.isEmpty();
    }
}
