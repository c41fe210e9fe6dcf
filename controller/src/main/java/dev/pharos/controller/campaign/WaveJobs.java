// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Timing;
import dev.pharos.usp.message.GetRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The jobs of which a campaign is made.
final class WaveJobs {
    private final Campaign campaign;
    private final int wave;
    private final Instant now;

    WaveJobs(Campaign campaign, int wave, Instant now) {
        this.campaign = campaign;
        this.wave = wave;
        this.now = now;
    }

    JobPlan plan(Purpose purpose) {
        return switch (purpose) {
            case READ -> reading("read before " + name());
            case CHECK -> reading("read after " + name());
            case UPDATE ->
                change(
                        name(),
                        new Audience.Span(campaign.id(), campaign.from(wave), campaign.from(wave + 1)),
                        campaign.plan().work().forth(campaign.id()));
            case ROLL_BACK ->
                change(
                        "roll-back",
                        new Audience.Span(campaign.id(), 0, campaign.devices()),
                        campaign.plan().work().back(campaign.id()));
        };
    }

    private String name() {
        return "wave " + (wave + 1) + " of " + campaign.course().sizes().size();
    }

    private JobPlan change(String what, Audience audience, JobWork work) {
        CampaignPlan.Hours hours = campaign.plan().hours();
        return new JobPlan(
                campaign.plan().name() + ": " + what,
                audience,
                work,
                hours.pace(),
                new Timing(now, now.plus(hours.patience()), hours.window(), hours.zone()),
                Limits.PERSISTENCE);
    }

    /// Of the last devices of the wave, and of those that come next.
    private JobPlan reading(String what) {
        List<String> paths = campaign.plan().gate().orElseThrow().paths();
        int end = campaign.from(wave + 1);
        Audience audience = new Audience.Span(
                campaign.id(),
                Math.max(campaign.from(wave), end - Limits.SAMPLE),
                Math.min(campaign.devices(), end + Limits.SAMPLE));
        return new JobPlan(
                campaign.plan().name() + ": " + what,
                audience,
                List.of(new GetRequest(paths, 0)),
                Limits.READING_PACE,
                new Timing(now, now.plus(Limits.READING), Optional.empty(), Optional.empty()),
                new Persistence(0, dev.pharos.controller.job.Limits.DEFAULT_BACKOFF, false));
    }
}
