// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.job.TargetState.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The same requests to many devices, and how far they are.
///
/// @param query which devices it concerns; left out where they were named
/// @param named how many devices were named; left out where a query says which, a campaign, or another job changed them
/// @param campaign of which it is a part; left out where it is of none
/// @param steps as lines for people, secrets masked
/// @param perMinute left out where there is no bound
/// @param note why it stands as it does; empty where there is nothing to say
/// @param started when it was fixed which devices it concerns
@Schema(name = "Job")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        long id,
        String name,
        @Nullable String query,
        @Nullable Integer named,
        @Nullable Long campaign,
        List<String> steps,
        int concurrency,
        @Nullable Integer perMinute,
        Instant startAt,
        Instant deadline,
        @Nullable JobWindow window,
        int retries,
        long backoffSeconds,
        boolean repeatWhenUncertain,

        @Schema(allowableValues = {"waiting", "running", "paused", "done", "cancelled", "failed"})
        String state,

        String note,
        Instant created,
        String createdBy,
        @Nullable Instant started,
        @Nullable Instant ended,
        Counts progress) {

    /// How many of its devices stand how.
    @Schema(name = "JobCounts")
    public record Counts(
            long devices,
            long waiting,
            long offline,
            long running,
            long done,
            long failed,
            long cancelled,
            long uncertain) {
        static Counts of(JobProgress progress) {
            return new Counts(
                    progress.total(),
                    progress.of(Kind.WAITING),
                    progress.of(Kind.OFFLINE),
                    progress.of(Kind.RUNNING),
                    progress.of(Kind.DONE),
                    progress.of(Kind.FAILED),
                    progress.of(Kind.CANCELLED),
                    progress.of(Kind.UNCERTAIN));
        }
    }

    public static JobView of(Job job, JobProgress progress) {
        JobPlan plan = job.plan();
        return new JobView(
                job.id(),
                plan.name(),
                plan.audience() instanceof Audience.Matching(String query, boolean _) ? query : null,
                plan.audience() instanceof Audience.Named(var devices) ? (Integer) devices.size() : null,
                plan.audience() instanceof Audience.Span(long campaign, int _, int _) ? (Long) campaign : null,
                StepText.of(plan.work()),
                plan.pace().concurrency(),
                plan.pace().perMinute() == 0 ? null : (Integer) plan.pace().perMinute(),
                plan.timing().startAt(),
                plan.timing().deadline(),
                JobWindow.of(plan.timing()),
                plan.persistence().retries(),
                plan.persistence().backoff().toSeconds(),
                plan.persistence().repeatWhenUncertain(),
                job.state().text(),
                job.course().note(),
                job.created(),
                job.createdBy(),
                job.course().started().orElse(null),
                job.course().ended().orElse(null),
                Counts.of(progress));
    }
}
