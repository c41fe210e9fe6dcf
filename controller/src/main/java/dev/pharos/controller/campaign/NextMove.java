// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.CampaignState.Done;
import dev.pharos.controller.campaign.CampaignState.Held;
import dev.pharos.controller.campaign.CampaignState.Paused;
import dev.pharos.controller.campaign.CampaignState.Ready;
import dev.pharos.controller.campaign.CampaignState.RolledBack;
import dev.pharos.controller.campaign.CampaignState.RollingBack;
import dev.pharos.controller.campaign.CampaignState.Running;
import dev.pharos.controller.campaign.CampaignState.Stopped;
import dev.pharos.controller.campaign.CampaignState.Unapproved;
import dev.pharos.controller.campaign.Move.Go;
import dev.pharos.controller.campaign.Move.Run;
import dev.pharos.controller.campaign.Move.Stay;
import dev.pharos.controller.campaign.WaveJob.Purpose;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Decides what a campaign does next. It looks at what there is, and changes nothing.
final class NextMove {
    private final Campaign campaign;
    private final Facts facts;
    private final Instant now;

    private NextMove(Campaign campaign, Facts facts, Instant now) {
        this.campaign = campaign;
        this.facts = facts;
        this.now = now;
    }

    /// What is to be known for it.
    interface Facts {
        JobTally tally(long job);

        /// Of the health gate.
        ///
        /// @param since when the pause after the wave began
        Verdict verdict(Campaign campaign, int wave, Instant since);
    }

    static Move of(Campaign campaign, Facts facts, Instant now) {
        NextMove next = new NextMove(campaign, facts, now);
        return switch (campaign.state()) {
            case Running(Leg leg) -> next.running(leg);
            case RollingBack(Optional<Long> job) -> next.rollingBack(job);
            case Unapproved _, Ready _, Paused _, Held _, Stopped _, Done _, RolledBack _ -> new Stay();
        };
    }

    private Move running(Leg leg) {
        return switch (leg) {
            case Leg.Due(int wave) -> new Run(isRead(wave) ? Purpose.READ : Purpose.UPDATE);
            case Leg.Reading(int _, long job) -> isOver(facts.tally(job)) ? new Run(Purpose.UPDATE) : new Stay();
            case Leg.Updating(int wave, long job) -> updating(wave, facts.tally(job));
            case Leg.Soaking(int wave, Instant since) -> soaking(wave, since);
            case Leg.Checking(int wave, long job, Instant since) ->
                isOver(facts.tally(job)) ? judged(wave, since) : new Stay();
        };
    }

    /// Whether devices are read before and after this wave. After the last one there is nothing to compare with.
    private boolean isRead(int wave) {
        return wave < campaign.plan().last()
                && campaign.plan()
                        .gate()
                        .filter(gate -> !gate.paths().isEmpty())
                        .isPresent();
    }

    /// A reading does not wait for those that are away.
    private static boolean isOver(JobTally tally) {
        return tally.ended()
                || (tally.open() == 0 && tally.done() + tally.failed() + tally.absent() + tally.offline() > 0);
    }

    private Move updating(int wave, JobTally tally) {
        int size = campaign.course().sizes().get(wave);
        CampaignPlan.Rules rules = campaign.plan().rules();
        if (rules.errors().isReached(tally.failed(), size)) {
            return stop(String.format(
                    Locale.ROOT,
                    "%,d of the %s of %s failed; it stops at %s",
                    tally.failed(),
                    Words.devices(size),
                    name(wave),
                    rules.errors()));
        }
        if (!tally.ended()) {
            return new Stay();
        }
        if (!tally.whole()) {
            return stop("the job of " + name(wave) + " was cancelled");
        }
        long there = tally.done() + tally.failed();
        String result = String.format(
                        Locale.ROOT,
                        "%,d of %s that were there %s",
                        tally.done(),
                        Words.devices(there),
                        campaign.plan().work().done())
                + Words.absent(tally.absent());
        if (there == 0) {
            return new Go(
                    new Held(wave, "no device of " + name(wave) + " was there, so nothing is known of what it does"),
                    "waits for a person: no device of " + name(wave) + " was there");
        }
        if (tally.done() * 100 < (long) rules.success() * there) {
            return stop(name(wave) + ": " + result + ", which is less than " + rules.success() + " %");
        }
        if (wave == campaign.plan().last()) {
            return new Go(new Done(result), "is done; " + name(wave) + ": " + result);
        }
        if (rules.soak().isZero()) {
            return new Go(new Running(new Leg.Due(wave + 1)), name(wave) + ": " + result);
        }
        return new Go(
                new Running(new Leg.Soaking(wave, now)),
                name(wave) + ": " + result + "; a pause of " + Words.duration(rules.soak()) + " follows");
    }

    private Move soaking(int wave, Instant since) {
        if (now.isBefore(since.plus(campaign.plan().rules().soak()))) {
            return new Stay();
        }
        if (campaign.plan().gate().isEmpty()) {
            return new Go(new Running(new Leg.Due(wave + 1)), "the pause after " + name(wave) + " is over");
        }
        return isRead(wave) ? new Run(Purpose.CHECK) : judged(wave, since);
    }

    private Move judged(int wave, Instant since) {
        return switch (facts.verdict(campaign, wave, since)) {
            case Verdict.Healthy(String why) ->
                new Go(new Running(new Leg.Due(wave + 1)), "healthy after " + name(wave) + ": " + why);
            case Verdict.Worse(String why) -> stop("not healthy after " + name(wave) + ": " + why);
            case Verdict.Unknown(String why) -> unknown(wave, why);
        };
    }

    private Move unknown(int wave, String why) {
        String said = "whether " + name(wave) + " is healthy is not known: " + why;
        return switch (campaign.plan().gate().orElseThrow().unknown()) {
            case HOLD -> new Go(new Held(wave, said), "waits for a person: " + said);
            case GO_ON -> new Go(new Running(new Leg.Due(wave + 1)), "goes on, as it was told to: " + said);
            case STOP -> stop(said);
        };
    }

    private Move rollingBack(Optional<Long> job) {
        if (job.isEmpty()) {
            boolean settled = campaign.course().jobs().stream()
                    .allMatch(each -> facts.tally(each.job()).ended());
            return settled ? new Run(Purpose.ROLL_BACK) : new Stay();
        }
        JobTally tally = facts.tally(job.get());
        if (!tally.ended()) {
            return new Stay();
        }
        long all = tally.done() + tally.failed() + tally.absent();
        String why = String.format(
                        Locale.ROOT,
                        "%,d of %s %s",
                        tally.done(),
                        Words.devices(all),
                        campaign.plan().work().undone())
                + (tally.whole() ? "" : "; its job was cancelled")
                + (tally.failed() > 0 ? String.format(Locale.ROOT, "; %,d failed", tally.failed()) : "")
                + Words.absent(tally.absent());
        return new Go(new RolledBack(why), "is rolled back: " + why);
    }

    private Move stop(String why) {
        return new Go(new Stopped(why), "stops by itself: " + why);
    }

    private String name(int wave) {
        return "wave " + (wave + 1);
    }
}
