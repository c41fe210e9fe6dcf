// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.swap;

import dev.pharos.controller.UspController;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Timing;
import dev.pharos.controller.profile.Finding;
import dev.pharos.controller.profile.ProfileLedger;
import dev.pharos.controller.profile.ProfileLedger.Change;
import dev.pharos.controller.profile.Sameness;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.swap.Limits;
import dev.pharos.controller.swap.Router;
import dev.pharos.controller.swap.RouterModel;
import dev.pharos.controller.swap.SwapPlan;
import dev.pharos.controller.swap.SwapPlan.Action;
import dev.pharos.controller.swap.SwapPlan.Writing;
import dev.pharos.controller.swap.SwapPlanner;
import dev.pharos.controller.swap.WifiKeys;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.profile.ProfileText;
import dev.pharos.server.store.AttributeStore;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Plans what a router gets of the one whose place it takes, has a job do it, and takes that back.
public final class SwapDesk {
    private static final String DEVICE = "Device.";

    /// Characters of the name of a job.
    private static final int NAME = 200;

    /// A router that does not come within this is not connected any more; the swap is asked for again.
    private static final Duration PATIENCE = Duration.ofDays(7);

    private static final Persistence PERSISTENCE = new Persistence(2, Duration.ofMinutes(1), false);
    private static final Pace PACE = new Pace(1, 0);

    private final UspController controller;
    private final ProfileDesk profiles;
    private final ProfileLedger ledger;
    private final JobRunner jobs;
    private final SwapRecord records;
    private final Clock clock;

    /// @param ledger where jobs write down what was there before
    public SwapDesk(
            UspController controller,
            ProfileDesk profiles,
            ProfileLedger ledger,
            AttributeStore attributes,
            JobRunner jobs,
            Clock clock) {
        this.controller = controller;
        this.profiles = profiles;
        this.ledger = ledger;
        this.jobs = jobs;
        this.records = new SwapRecord(controller, attributes);
        this.clock = clock;
    }

    /// The two routers, and what is done.
    ///
    /// @param tags that the new one gets of the old one
    /// @param attributes the names of those that it gets
    public record Planned(
            DeviceRecord old, DeviceRecord now, SwapPlan plan, List<String> tags, List<String> attributes) {}

    /// @param old the router that goes
    /// @param now the router that takes its place
    /// @param forbidden why whoever asks may not write something, as a sentence
    public Planned plan(
            DeviceRecord old, DeviceRecord now, WifiKeys keys, Function<Writing, Optional<String>> forbidden)
            throws SwapRefusedException {
        if (old.id().equals(now.id())) {
            throw new SwapRefusedException(400, "A router cannot take its own place; name another one in \"from\".");
        }
        Router from = router(old);
        Router to = router(now);
        SwapPlan plan = SwapPlanner.plan(from, to, keys).without(forbidden).without(held(now.id()));
        SwapRecord.Moved moved = records.planned(old, now);
        return new Planned(
                old, now, plan, moved.tags(), List.copyOf(moved.attributes().keySet()));
    }

    private Router router(DeviceRecord device) throws SwapRefusedException {
        List<TwinValue> values = controller.stores().twins().list(device.id(), DEVICE, Limits.VALUES);
        if (values.isEmpty()) {
            throw new SwapRefusedException(
                    409,
                    "Nothing is known of " + device.id() + " yet; it must have been read once, which is done when it"
                            + " connects for the first time.");
        }
        return new Router(
                values,
                new RouterModel(
                        device.modelHash().isEmpty()
                                ? Optional.empty()
                                : controller.stores().models().find(device.modelHash())));
    }

    /// What a profile wants otherwise would not stay.
    private Function<Writing, Optional<String>> held(EndpointId now) {
        Map<String, Finding> wanted = new HashMap<>();
        profiles.explain(now).findings().all().forEach(finding -> wanted.put(finding.path(), finding));
        return writing -> writing instanceof Writing.Value(String path, String value)
                ? Optional.ofNullable(wanted.get(path))
                        .filter(finding -> finding.secret()
                                || finding.wanted()
                                        .filter(other -> !Sameness.same(other, value))
                                        .isPresent())
                        .map(finding -> "profile " + finding.profile() + " wants it otherwise on the new router")
                : Optional.empty();
    }

    /// What was begun.
    ///
    /// @param job that sets it; empty where nothing is to be set
    /// @param recorded whether tags and attributes went over, and the old router is retired
    public record Begun(Planned planned, Optional<Job> job, boolean recorded) {}

    /// @param record whether the records of the two are changed too
    public Begun begin(Planned planned, boolean record, String by) throws SwapRefusedException {
        if (!planned.now().approved()) {
            throw new SwapRefusedException(
                    409, planned.now().id() + " is not approved yet; let it in first, then it can take the place.");
        }
        Optional<Job> job = planned.plan().count(Action.SET) == 0
                ? Optional.empty()
                : Optional.of(job(
                        "swap of " + planned.old().id() + " by " + planned.now().id(),
                        new Audience.Named(List.of(planned.now().id())),
                        new JobWork.Bring(ProfileText.of(planned.plan().profile("swap"))),
                        by));
        if (record) {
            records.move(planned.old(), planned.now());
        }
        jobs.wake();
        return new Begun(planned, job, record);
    }

    private Job job(String name, Audience audience, JobWork work, String by) throws SwapRefusedException {
        Instant now = clock.instant();
        JobPlan plan = new JobPlan(
                name.length() > NAME ? name.substring(0, NAME) : name,
                audience,
                work,
                PACE,
                new Timing(now, now.plus(PATIENCE), Optional.empty(), Optional.empty()),
                PERSISTENCE);
        return jobs.store()
                .add(plan, by, now)
                .orElseThrow(() -> new SwapRefusedException(
                        409, "As many jobs as may be have not ended; cancel one, or wait for one."));
    }

    /// Which paths taking back a swap would write, or remove.
    ///
    /// @param number of the job that did it
    public List<String> concerned(EndpointId now, long number) throws SwapRefusedException {
        Job job = jobs.store()
                .find(number)
                .filter(found -> found.plan().work() instanceof JobWork.Bring
                        && found.plan().audience() instanceof Audience.Named(List<EndpointId> devices)
                        && devices.equals(List.of(now)))
                .orElseThrow(() -> new SwapRefusedException(
                        404, "Job " + number + " did not put " + now + " in another's place."));
        return ledger.changes(job.id(), now).stream()
                .map(change -> switch (change) {
                    case Change.Written written -> written.path();
                    case Change.Added added -> added.object();
                })
                .toList();
    }

    /// What the router had before is put back where it still is what the job wrote; rows that were added go.
    ///
    /// @param record whether the old router is no longer retired
    /// @return the job that does it
    public Job undo(EndpointId now, long number, boolean record, String by) throws SwapRefusedException {
        if (concerned(now, number).isEmpty()) {
            throw new SwapRefusedException(409, "Job " + number + " has changed nothing so far; cancel it instead.");
        }
        Job back = job("undo of job " + number, new Audience.Changed(number), new JobWork.Restore(number), by);
        if (record) {
            Optional<DeviceRecord> old = replaced(now);
            Optional<DeviceRecord> device = controller.stores().devices().find(now);
            if (old.isPresent() && device.isPresent()) {
                records.back(old.get(), device.get());
            }
        }
        jobs.wake();
        return back;
    }

    private Optional<DeviceRecord> replaced(EndpointId now) {
        String id = records.replaced(now);
        try {
            return id.isEmpty()
                    ? Optional.empty()
                    : controller.stores().devices().find(EndpointId.parse(id));
        } catch (MalformedInputException noted) {
            return Optional.empty(); // somebody has written something else there
        }
    }
}
