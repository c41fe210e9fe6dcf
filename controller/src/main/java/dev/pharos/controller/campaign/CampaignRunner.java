// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.CampaignStore.JobsThen;
import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries campaigns out, and takes people's orders. Any number of them may run over one store, in as many
/// servers: a step and the job that it makes are kept at once or not at all, and of two servers one keeps it.
public final class CampaignRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignRunner.class);

    private final Parts parts;
    private final Semaphore due = new Semaphore(0);
    private final Thread looker = Thread.ofVirtual().name("campaigns").unstarted(this::look);
    private volatile boolean stopping;

    /// What it works with.
    ///
    /// @param jobs which carry the waves out
    /// @param history where it is told what becomes of campaigns
    public record Parts(
            CampaignStore store, JobRunner jobs, AudienceReader audiences, Consumer<NewEvent> history, Clock clock) {}

    /// What somebody wants of a campaign.
    @FunctionalInterface
    public interface Order {
        Campaign of(Orders orders) throws RefusedException;
    }

    public CampaignRunner(Parts parts) {
        this.parts = parts;
    }

    public CampaignStore store() {
        return parts.store();
    }

    /// Of which campaigns are made.
    public JobStore jobs() {
        return parts.jobs().store();
    }

    /// How updated devices do beside the others, for each wave but the last that has been updated; counted anew, so
    /// that it is seen while the pause goes on.
    public List<WaveHealth> health(Campaign campaign) {
        return WaveHealth.all(parts.store(), jobs(), campaign, parts.clock().instant());
    }

    /// From now on, by itself.
    public CampaignRunner start() {
        looker.start();
        return this;
    }

    /// An order holds for the campaign as it stands when it is kept: one that a runner moved on meanwhile is
    /// looked at again, so that a stop is not lost to a wave that ended at that moment.
    ///
    /// @param campaign as whoever gives the order saw it
    /// @param then what becomes of its jobs
    /// @throws RefusedException where it cannot be as it stands
    public Campaign order(Campaign campaign, String by, Order order, JobsThen then) throws RefusedException {
        Campaign seen = campaign;
        for (int tries = 1; tries <= Limits.ORDER_TRIES; tries++) {
            Campaign wanted = order.of(new Orders(seen, by, parts.clock().instant()));
            if (parts.store().move(seen, wanted, then)) {
                return begun(wanted);
            }
            seen = parts.store().find(campaign.id()).orElseThrow(() -> changed(campaign));
        }
        throw changed(campaign);
    }

    /// Fixes its devices, and begins.
    ///
    /// @throws RefusedException where it is not ready, its query cannot be read, or its devices are none or
    ///     too many
    public Campaign start(Campaign campaign, String by) throws RefusedException {
        Instant now = parts.clock().instant();
        new Orders(campaign, by, now).mayStart();
        int most = dev.pharos.controller.job.Limits.TARGETS;
        int devices = parts.store().fix(campaign, condition(campaign), most).orElseThrow(() -> changed(campaign));
        if (devices > most) {
            throw new RefusedException("It would concern more than " + most + " devices.");
        }
        Campaign fixed = campaign.fixed();
        Campaign started = new Orders(fixed, by, now).start(devices);
        if (!parts.store().move(fixed, started, JobsThen.STAY)) {
            throw changed(fixed);
        }
        return begun(started);
    }

    private Optional<Condition> condition(Campaign campaign) throws RefusedException {
        if (!(campaign.plan().target() instanceof Audience.Matching(String query, boolean _))) {
            return Optional.empty();
        }
        try {
            return Optional.of(parts.audiences().read(query));
        } catch (QueryException wrong) {
            throw new RefusedException("Its query cannot be read any more: " + wrong.reason() + ".");
        } catch (UnresolvedGroupException unresolved) {
            throw new RefusedException("Its query cannot be read any more: " + unresolved.reason() + ".");
        }
    }

    /// Tells of an order that is kept, and has it carried out at once.
    private Campaign begun(Campaign campaign) {
        tell(campaign);
        parts.jobs().wake();
        if (due.availablePermits() == 0) {
            due.release();
        }
        return campaign;
    }

    private static RefusedException changed(Campaign campaign) {
        return new RefusedException(
                "Campaign " + campaign.id() + " has changed at this very moment; look at it and try again.");
    }

    private void look() {
        try {
            while (!stopping) {
                try {
                    round();
                } catch (StoreException unavailable) {
                    LOG.warn("campaigns wait for the database: {}", unavailable.getMessage());
                }
                if (due.tryAcquire(Limits.ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("campaigns stop");
        }
    }

    /// Does once what is due.
    public synchronized void round() {
        for (Campaign campaign : parts.store().atWork()) {
            parts.store().forOwner(campaign, () -> moveOn(campaign));
        }
    }

    private void moveOn(Campaign campaign) {
        Optional<Campaign> here = Optional.of(campaign);
        for (int moves = 0; here.isPresent() && moves < Limits.MOVES && !stopping; moves++) {
            here = advance(here.get());
        }
    }

    /// @return how it stands after a move; empty where there was none, or another server made it
    private Optional<Campaign> advance(Campaign campaign) {
        Instant now = parts.clock().instant();
        Optional<Campaign> next = switch (NextMove.of(campaign, new Known(), now)) {
            case Move.Stay _ -> Optional.empty();
            case Move.Go(CampaignState to, String note) -> gone(campaign, campaign.to(to, note, now));
            case Move.Run(Purpose purpose) -> begun(campaign, purpose, now);
        };
        next.ifPresent(this::tell);
        return next;
    }

    private Optional<Campaign> gone(Campaign from, Campaign to) {
        JobsThen then = to.state() instanceof CampaignState.Stopped ? JobsThen.CANCEL : JobsThen.STAY;
        return parts.store().move(from, to, then) ? Optional.of(to) : Optional.empty();
    }

    private Optional<Campaign> begun(Campaign campaign, Purpose purpose, Instant now) {
        int wave = campaign.state().leg().map(Leg::wave).orElse(0);
        Optional<Campaign> begun = parts.store()
                .begin(
                        campaign,
                        new WaveJobs(campaign, wave, now).plan(purpose),
                        job -> {
                            WaveJob made = new WaveJob(wave, purpose, job);
                            return campaign.to(with(campaign, purpose, wave, job), made, note(campaign, made), now);
                        },
                        now);
        begun.ifPresent(_ -> parts.jobs().wake());
        return begun;
    }

    static CampaignState with(Campaign campaign, Purpose purpose, int wave, long job) {
        return switch (purpose) {
            case READ -> new CampaignState.Running(new Leg.Reading(wave, job));
            case UPDATE -> new CampaignState.Running(new Leg.Updating(wave, job));
            case CHECK ->
                new CampaignState.Running(new Leg.Checking(
                        wave,
                        job,
                        campaign.state().leg().orElseThrow() instanceof Leg.Soaking(int _, Instant since)
                                ? since
                                : Instant.MAX));
            case ROLL_BACK -> new CampaignState.RollingBack(Optional.of(job));
        };
    }

    private static String note(Campaign campaign, WaveJob made) {
        List<Integer> sizes = campaign.course().sizes();
        String wave = "wave " + (made.wave() + 1) + " of " + sizes.size();
        return switch (made.purpose()) {
            case READ -> "reads before " + wave + " what is compared after it (job " + made.job() + ")";
            case UPDATE -> wave + " begins with " + Words.devices(sizes.get(made.wave())) + " (job " + made.job() + ")";
            case CHECK -> "reads after " + wave + " what is compared (job " + made.job() + ")";
            case ROLL_BACK -> "takes devices back to what they ran (job " + made.job() + ")";
        };
    }

    /// What it knows of the jobs.
    private final class Known implements NextMove.Facts {
        @Override
        public JobTally tally(long job) {
            return parts.store().tally(job);
        }

        @Override
        public Verdict verdict(Campaign campaign, int wave, Instant since) {
            GateReadings readings = new GateReadings(parts.store(), jobs(), campaign, wave);
            Instant now = parts.clock().instant();
            return new GateJudge(campaign.plan().gate().orElseThrow())
                    .judge(measure -> readings.of(measure, since, now));
        }
    }

    /// Once however many servers look at it.
    private void tell(Campaign campaign) {
        List<Campaign.Note> notes = campaign.course().notes();
        if (notes.isEmpty()) {
            return;
        }
        String text = "campaign " + campaign.id() + ", " + campaign.plan().name() + ": "
                + notes.getLast().text();
        LOG.info("{}", text);
        parts.history()
                .accept(new NewEvent(
                        new DeviceEvent(
                                parts.clock().instant(),
                                Optional.empty(),
                                EventKind.CAMPAIGN,
                                "",
                                "",
                                "",
                                Map.of(
                                        "campaign",
                                        Long.toString(campaign.id()),
                                        "state",
                                        campaign.state().kind().text()),
                                "",
                                text),
                        "campaign " + campaign.id() + " revision " + campaign.revision()));
    }

    /// What is not kept then is done by the next start.
    @Override
    public void close() {
        stopping = true;
        looker.interrupt();
    }
}
