// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.Compared.Change;
import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// What devices answered before and after a wave, and what they told meanwhile.
final class GateReadings {
    private static final int PAGE = 200;

    private final CampaignStore campaigns;
    private final JobStore jobs;
    private final Campaign campaign;
    private final int wave;
    private final long update;

    /// @param wave that has been updated
    GateReadings(CampaignStore campaigns, JobStore jobs, Campaign campaign, int wave) {
        this.campaigns = campaigns;
        this.jobs = jobs;
        this.campaign = campaign;
        this.wave = wave;
        this.update = campaign.job(wave, Purpose.UPDATE).orElseThrow();
    }

    /// @param since when the pause after the wave began
    Compared of(Measure measure, Instant since, Instant now) {
        return switch (measure.subject()) {
            case Measure.Subject.Parameter(String path) -> values(path);
            case Measure.Subject.Named _, Measure.Subject.OfKind _ ->
                campaigns.counts(
                        campaign, update, campaign.from(wave + 1), measure.subject(), since.plus(Limits.SETTLING), now);
        };
    }

    private Compared values(String path) {
        Map<EndpointId, Double> before = answers(Purpose.READ, path);
        Map<EndpointId, Double> after = answers(Purpose.CHECK, path);
        Set<EndpointId> inWave = campaigns.devices(campaign.id(), campaign.from(wave), campaign.from(wave + 1));
        Set<EndpointId> done = campaigns.done(update);
        List<Change> updated = new ArrayList<>();
        List<Change> others = new ArrayList<>();
        before.forEach((device, was) -> {
            Double is = after.get(device);
            if (is != null && done.contains(device)) {
                updated.add(new Change(was, is));
            } else if (is != null && !inWave.contains(device)) {
                others.add(new Change(was, is));
            }
        });
        return new Compared.Values(updated, others);
    }

    private Map<EndpointId, Double> answers(Purpose purpose, String path) {
        Map<EndpointId, Double> answers = new HashMap<>();
        long job = campaign.job(wave, purpose).orElseThrow();
        String after = "";
        List<Target> page;
        do {
            page = jobs.targets(job, java.util.Optional.of(TargetState.Kind.DONE), after, PAGE);
            for (Target target : page) {
                Response answer = target.answers().get(0);
                if (answer instanceof GetResponse got) {
                    mean(got, path).ifPresent(mean -> answers.put(target.device(), mean));
                }
                after = target.device().toString();
            }
        } while (page.size() == PAGE);
        return answers;
    }

    /// Of all numbers that came for it.
    private static OptionalDouble mean(GetResponse answer, String path) {
        return answer.requestedPathResults().stream()
                .filter(result -> result.requestedPath().equals(path))
                .flatMap(result -> result.resolvedPathResults().stream())
                .flatMap(object -> object.resultParams().values().stream())
                .map(GateReadings::number)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    private static OptionalDouble number(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException text) {
            return OptionalDouble.empty();
        }
    }
}
