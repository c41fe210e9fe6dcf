// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.JobPage;
import dev.pharos.server.rest.json.JobPreview;
import dev.pharos.server.rest.json.JobTargets;
import dev.pharos.server.rest.json.JobView;
import dev.pharos.server.rest.json.StepText;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Scope;
import dev.pharos.usp.EndpointId;
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
import java.util.Locale;
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
    private static final int FIRST = 10;

    private final UspController controller;
    private final JobRunner runner;
    private final DeviceQueries queries;
    private final FirmwareRepository firmware;
    private final Audit audit;
    private final Clock clock;

    public JobController(
            UspController controller,
            JobRunner runner,
            DeviceQueries queries,
            FirmwareRepository firmware,
            Audit audit,
            Clock clock) {
        this.firmware = firmware;
        this.controller = controller;
        this.runner = runner;
        this.queries = queries;
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

    @PostMapping("/preview")
    @Operation(operationId = "previewJob", summary = "Which devices a job would concern; does nothing")
    JobPreview preview(@RequestBody JobBody body) {
        return preview(within(body.toPlan(clock.instant())));
    }

    private JobPreview preview(JobPlan plan) {
        if (plan.work() instanceof JobWork.Upgrade(long image, String _)
                && firmware.find(image).isEmpty()) {
            throw new BadRequestException("firmware", "must be the number of an image that there is, not " + image);
        }
        Found reach = switch (plan.audience()) {
            case Audience.Matching(String query, boolean _) -> reach(queries.read("query", query));
            case Audience.Named(List<EndpointId> devices) -> reach(devices);
            case Audience.Changed _, Audience.Span _ -> throw new IllegalArgumentException("no body says this");
        };
        return new JobPreview(
                reach.devices(),
                reach.online(),
                reach.first(),
                StepText.of(plan.work()),
                String.format(
                        Locale.ROOT,
                        "It would concern %,d devices, of which %,d are online now.",
                        reach.devices(),
                        reach.online()));
    }

    /// For whoever has a scope, also when the job begins: its query is of that scope, and each device that is named
    /// must
    /// be in it.
    private JobPlan within(JobPlan plan) {
        Optional<Scope> scope = Access.current().flatMap(Access::scope);
        if (scope.isEmpty()) {
            return plan;
        }
        Delicate.check(ChangedPaths.of(plan.work()));
        Audience audience = switch (plan.audience()) {
            case Audience.Matching(String query, boolean empty) -> {
                queries.read("query", query);
                String within = scope.get().and(query);
                queries.read("query", within);
                yield new Audience.Matching(within, empty);
            }
            case Audience.Named named -> {
                named.devices().stream()
                        .filter(device ->
                                controller.stores().devices().find(device).isEmpty())
                        .findFirst()
                        .ifPresent(device -> {
                            throw ApiException.unknownDevice(device.toString());
                        });
                yield named;
            }
            case Audience.Changed _, Audience.Span _ -> throw new IllegalArgumentException("no body says this");
        };
        return plan.with(audience);
    }

    private record Found(long devices, long online, List<String> first) {}

    private Found reach(Condition condition) {
        DevicePage all = some(condition, FIRST);
        long online = some(new Condition.All(List.of(condition, new Condition.FlagIs(Flag.ONLINE, true))), 1)
                .total();
        return new Found(
                all.total(),
                online,
                all.items().stream().map(device -> device.id().toString()).toList());
    }

    private DevicePage some(Condition condition, int limit) {
        return controller.stores().devices().list(new DeviceQuery(condition, DeviceQuery.Sort.ID, false, limit, ""));
    }

    private Found reach(List<EndpointId> devices) {
        List<DeviceRecord> known = devices.stream()
                .distinct()
                .map(device -> controller.stores().devices().find(device))
                .flatMap(Optional::stream)
                .toList();
        return new Found(
                known.size(),
                known.stream().filter(DeviceRecord::online).count(),
                known.stream()
                        .limit(FIRST)
                        .map(device -> device.id().toString())
                        .toList());
    }

    @PostMapping
    @Operation(operationId = "createJob", summary = "Make a job")
    JobView create(@RequestBody JobBody body, Principal user) {
        JobPlan plan = within(body.toPlan(clock.instant()));
        JobPreview concerns = preview(plan);
        boolean mayBeEmpty = plan.audience() instanceof Audience.Matching(String _, boolean empty) && empty;
        if (concerns.devices() == 0 && !mayBeEmpty) {
            throw new ApiException(
                    409, "No device", "No device is meant now; say \"allowEmpty\" where that is how it should be.");
        }
        if (concerns.devices() > dev.pharos.controller.job.Limits.TARGETS) {
            throw new ApiException(
                    409,
                    "Too many devices",
                    "A job may concern " + dev.pharos.controller.job.Limits.TARGETS + " devices, and this one would "
                            + concerns.devices() + ".");
        }
        audit.record(user, "create job", plan.name(), audience(plan) + ": " + String.join("; ", concerns.steps()));
        Job job = jobs().add(plan, user.getName(), clock.instant())
                .orElseThrow(() -> new ApiException(
                        409, "Too many jobs", "As many jobs as may be have not ended; cancel one, or wait for one."));
        runner.wake();
        return JobView.of(job, JobProgress.NONE);
    }

    private static String audience(JobPlan plan) {
        return switch (plan.audience()) {
            case Audience.Matching(String query, boolean _) -> query.isEmpty() ? "all devices" : query;
            case Audience.Span(long campaign, int _, int _) -> "devices of campaign " + campaign;
            case Audience.Changed(long job) -> "what job " + job + " changed";
            case Audience.Named(List<EndpointId> devices) ->
                devices.stream().limit(FIRST).map(EndpointId::toString).collect(Collectors.joining(", "))
                        + (devices.size() > FIRST ? " and " + (devices.size() - FIRST) + " more" : "");
        };
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
