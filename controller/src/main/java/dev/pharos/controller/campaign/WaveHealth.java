// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobStore;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the devices of a wave do beside those of the campaign that come later.
///
/// @param wave the first is 0
/// @param since when the pause after it began
/// @param until until when was counted: the end of the pause, or now
/// @param figures of each measure of the gate
public record WaveHealth(int wave, Instant since, Instant until, List<MeasureFigures> figures) {
    public WaveHealth {
        figures = Frozen.list(figures);
    }

    /// Of each wave but the last that has been updated; none where the campaign has no gate.
    static List<WaveHealth> all(CampaignStore campaigns, JobStore jobs, Campaign campaign, Instant now) {
        List<WaveHealth> all = new ArrayList<>();
        Optional<HealthGate> gate = campaign.plan().gate();
        if (gate.isPresent()) {
            for (int wave = 0; wave + 1 < campaign.course().sizes().size(); wave++) {
                of(campaigns, jobs, campaign, gate.get(), wave, now).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<WaveHealth> of(
            CampaignStore campaigns, JobStore jobs, Campaign campaign, HealthGate gate, int wave, Instant now) {
        Optional<Instant> updated = since(jobs, campaign, wave);
        if (updated.isEmpty()) {
            return Optional.empty();
        }
        Instant since = updated.get();
        Instant end = since.plus(campaign.plan().rules().soak());
        Instant until = end.isBefore(now) ? end : now;
        GateReadings readings = new GateReadings(campaigns, jobs, campaign, wave);
        boolean read = campaign.job(wave, Purpose.READ).isPresent()
                && campaign.job(wave, Purpose.CHECK).isPresent();
        List<MeasureFigures> figures = new GateJudge(gate)
                .figures(measure -> measure.isRead() && !read ? Compared.NOTHING : readings.of(measure, since, until));
        return Optional.of(new WaveHealth(wave, since, until, figures));
    }

    private static Optional<Instant> since(JobStore jobs, Campaign campaign, int wave) {
        Optional<Leg> leg = campaign.state().leg().filter(at -> at.wave() == wave);
        if (leg.isPresent() && leg.get() instanceof Leg.Soaking(int _, Instant began)) {
            return Optional.of(began);
        }
        return campaign.job(wave, Purpose.UPDATE)
                .flatMap(jobs::find)
                .map(Job::course)
                .flatMap(Job.Course::ended);
    }
}
