// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.JobBody;
import dev.pharos.server.rest.json.JobPreview;
import dev.pharos.server.rest.json.StepText;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Scope;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What jobs would concern, and making them.
public final class JobDesk {
    private static final int FIRST = 10;

    private final DeviceStore devices;
    private final JobRunner runner;
    private final DeviceQueries queries;
    private final ModuleCatalogue catalogue;
    private final Clock clock;

    /// @param catalogue of modules, beside the images
    public JobDesk(
            DeviceStore devices, JobRunner runner, DeviceQueries queries, ModuleCatalogue catalogue, Clock clock) {
        this.devices = devices;
        this.runner = runner;
        this.queries = queries;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    JobPreview preview(JobPlan plan) {
        if (plan.work() instanceof JobWork.Upgrade(long image, String _)
                && catalogue.repository().find(image).isEmpty()) {
            throw new BadRequestException("firmware", "must be the number of an image that there is, not " + image);
        }
        if (plan.work() instanceof JobWork.Deploy(long _, Rollout rollout, String _)
                && catalogue.find(rollout.module()).isEmpty()) {
            throw new BadRequestException(
                    "module.id", "must be the number of a software module that there is, not " + rollout.module());
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

    /// For whoever has a scope, also when the job begins: its query is of that scope, and each device that is
    /// named must be in it.
    JobPlan within(JobPlan plan) {
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
                        .filter(device -> devices.find(device).isEmpty())
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
        return devices.list(new DeviceQuery(condition, DeviceQuery.Sort.ID, false, limit, ""));
    }

    private Found reach(List<EndpointId> named) {
        List<DeviceRecord> known = named.stream()
                .distinct()
                .map(devices::find)
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

    /// What it would concern.
    ///
    /// @throws ApiException where that is no device, or too many
    JobPreview possible(JobPlan plan) {
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
        return concerns;
    }

    /// What was asked for earlier, as it is possible now.
    Job make(JobBody body, String by) {
        JobPlan plan = body.toPlan(clock.instant());
        possible(plan);
        return add(plan, by);
    }

    Job add(JobPlan plan, String by) {
        Job job = runner.store()
                .add(plan, by, clock.instant())
                .orElseThrow(() -> new ApiException(
                        409, "Too many jobs", "As many jobs as may be have not ended; cancel one, or wait for one."));
        wake();
        return job;
    }

    /// Has what was made begin.
    void wake() {
        runner.wake();
    }

    static String audience(JobPlan plan) {
        return switch (plan.audience()) {
            case Audience.Matching(String query, boolean _) -> query.isEmpty() ? "all devices" : query;
            case Audience.Span(long campaign, int _, int _) -> "devices of campaign " + campaign;
            case Audience.Changed(long job) -> "what job " + job + " changed";
            case Audience.Named(List<EndpointId> devices) ->
                devices.stream().limit(FIRST).map(EndpointId::toString).collect(Collectors.joining(", "))
                        + (devices.size() > FIRST ? " and " + (devices.size() - FIRST) + " more" : "");
        };
    }
}
