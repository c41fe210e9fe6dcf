// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.JobPage;
import dev.pharos.server.rest.json.JobPreview;
import dev.pharos.server.rest.json.JobTargets;
import dev.pharos.server.rest.json.JobView;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Jobs: the same requests to many devices, see docs/jobs.md.
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "jobs")
@Needs(Right.FLEET)
@Reaches(Reach.SEEN)
public final class JobController {
    private final JobRunner runner;
    private final JobDesk desk;
    private final FourEyes fourEyes;
    private final Audit audit;
    private final Clock clock;

    public JobController(JobRunner runner, JobDesk desk, FourEyes fourEyes, Audit audit, Clock clock) {
        this.runner = runner;
        this.desk = desk;
        this.fourEyes = fourEyes;
        this.audit = audit;
        this.clock = clock;
    }

    private JobStore jobs() {
        return runner.store();
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "listJobs", summary = "Jobs, newest first")
    JobPage list(
            @RequestParam(required = false) @Nullable Integer limit, @RequestParam(defaultValue = "") String cursor) {
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Job> found = jobs().list(Paging.before(cursor), most + 1);
        List<Job> shown = found.subList(0, Math.min(most, found.size()));
        Map<Long, JobProgress> progress =
                jobs().progress(shown.stream().map(Job::id).toList());
        return new JobPage(
                shown.stream()
                        .map(job -> JobView.of(job, progress.getOrDefault(job.id(), JobProgress.NONE)))
                        .toList(),
                found.size() > most ? Long.toString(shown.getLast().id()) : null);
    }

    @Heavy
    @PostMapping("/preview")
    @Operation(operationId = "previewJob", summary = "Which devices a job would concern; does nothing")
    JobPreview preview(@RequestBody JobBody body) {
        return desk.preview(desk.within(body.toPlan(clock.instant())));
    }

    @Heavy
    @PostMapping
    @Operation(operationId = "createJob", summary = "Make a job")
    JobView create(@RequestBody JobBody body, Principal user) {
        JobPlan plan = desk.within(body.toPlan(clock.instant()));
        JobPreview concerns = desk.possible(plan);
        List<String> changed = ChangedPaths.of(plan.work());
        if (!changed.isEmpty()) {
            fourEyes.check(user, change(body, plan, concerns, changed));
        }
        audit.record(
                user, "create job", plan.name(), JobDesk.audience(plan) + ": " + String.join("; ", concerns.steps()));
        return JobView.of(desk.add(plan, user.getName()), JobProgress.NONE);
    }

    /// What a query means when a job begins later nobody knows now.
    private FourEyes.Change change(JobBody body, JobPlan plan, JobPreview concerns, List<String> changed) {
        boolean later = plan.timing().startAt().isAfter(clock.instant().plus(Limits.AT_ONCE));
        return new FourEyes.Change(
                new HeldWork.MadeJob(body.meaning(plan.audience())),
                "the job " + plan.name() + " on " + JobDesk.audience(plan)
                        + (later ? ", from " + plan.timing().startAt() + " on" : ""),
                concerns.devices(),
                concerns.steps(),
                concerns.first(),
                changed.stream().anyMatch(Delicate::forgetsAll)
                        || (later && plan.audience() instanceof Audience.Matching));
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}")
    @Operation(operationId = "getJob", summary = "One job, and how many of its devices stand how")
    JobView get(@PathVariable long id) {
        Job job = known(id);
        return JobView.of(job, jobs().progress(List.of(id)).getOrDefault(id, JobProgress.NONE));
    }

    private Job known(long id) {
        return jobs().find(id).orElseThrow(() -> new ApiException(404, "Unknown job", "There is no job " + id + "."));
    }

    /// @param state only those that stand so
    @Needs(Right.LOOK)
    @GetMapping("/{id}/targets")
    @Operation(operationId = "listJobTargets", summary = "The devices of a job, how each stands and what it answered")
    JobTargets targets(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor) {
        known(id);
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Target> found = jobs().targets(id, kind(state), cursor, most + 1);
        List<Target> shown = found.subList(0, Math.min(most, found.size()));
        return new JobTargets(
                shown.stream().map(JobTargets.Target::of).toList(),
                found.size() > most ? shown.getLast().device().toString() : null);
    }

    private static Optional<TargetState.Kind> kind(String state) {
        if (state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(TargetState.Kind.values())
                .filter(each -> each.text().equals(state))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(
                        "state",
                        "must be "
                                + Arrays.stream(TargetState.Kind.values())
                                        .map(TargetState.Kind::text)
                                        .collect(Collectors.joining(", ")))));
    }

    @Needs(Right.LOOK)
    @Heavy
    @GetMapping(value = "/{id}/results.csv", produces = "text/csv")
    @Operation(operationId = "jobResults", summary = "What became of a job, a line for each value of each device")
    void results(@PathVariable long id, HttpServletResponse response) throws IOException {
        known(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"job-" + id + ".csv\"");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        JobCsv csv = new JobCsv(out);
        csv.header();
        String after = "";
        List<Target> page = jobs().targets(id, Optional.empty(), after, Limits.CSV_PAGE);
        while (!page.isEmpty()) {
            for (Target target : page) {
                csv.target(JobTargets.Target.of(target));
            }
            after = page.getLast().device().toString();
            page = jobs().targets(id, Optional.empty(), after, Limits.CSV_PAGE);
        }
        out.flush();
    }

    @PostMapping("/{id}/pause")
    @Operation(operationId = "pauseJob", summary = "Begin with no further device until it is resumed")
    JobView pause(@PathVariable long id, Principal user) {
        return move(id, "pause", EnumSet.of(JobState.WAITING, JobState.RUNNING), JobState.PAUSED, user);
    }

    @PostMapping("/{id}/resume")
    @Operation(operationId = "resumeJob", summary = "Go on with a job that is paused")
    JobView resume(@PathVariable long id, Principal user) {
        JobState to = known(id).course().started().isPresent() ? JobState.RUNNING : JobState.WAITING;
        return move(id, "resume", EnumSet.of(JobState.PAUSED), to, user);
    }

    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelJob", summary = "Begin with no further device; what is under way is finished")
    JobView cancel(@PathVariable long id, Principal user) {
        return move(
                id,
                "cancel",
                EnumSet.of(JobState.WAITING, JobState.RUNNING, JobState.PAUSED),
                JobState.CANCELLED,
                user);
    }

    private JobView move(long id, String what, EnumSet<JobState> from, JobState to, Principal user) {
        Job job = known(id);
        boolean limited = Access.current().flatMap(Access::scope).isPresent();
        if (limited && !job.createdBy().equals(user.getName())) {
            throw new ApiException(
                    403,
                    "Not allowed",
                    "Job " + id + " is of " + job.createdBy()
                            + ", and may concern devices that you do not see; those that you make yourself are yours.");
        }
        audit.record(user, what + " job", job.plan().name(), "job " + id);
        if (!runner.move(job, from, to, user.getName())) {
            throw new ApiException(
                    409, "Not now", "Job " + id + " is " + known(id).state().text() + ", so this does nothing.");
        }
        return get(id);
    }
}
