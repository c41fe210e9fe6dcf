// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Timing;
import dev.pharos.controller.profile.Finding;
import dev.pharos.controller.profile.Findings;
import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.controller.profile.ProfiledDevices;
import dev.pharos.controller.profile.StoredProfile;
import dev.pharos.controller.query.Groups;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.server.store.ProfileStore;
import dev.pharos.server.store.ProfileStore.Kept;
import dev.pharos.server.store.ProfileUpkeepStore;
import dev.pharos.server.store.ProfileUpkeepStore.Drift;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people do with profiles: plan them, have them hold, and take that back.
public final class ProfileDesk {
    /// Devices that do not come within this are brought to the profile when they come, without the job.
    private static final Duration PATIENCE = Duration.ofDays(7);

    /// A device that does not answer is asked twice more.
    private static final Persistence PERSISTENCE = new Persistence(2, Duration.ofMinutes(1), false);

    private final ProfileStore store;
    private final HeldProfiles held;
    private final ProfilePlanner planner;
    private final ProfiledDevices devices;
    private final ProfileUpkeepStore upkeep;
    private final JobRunner jobs;
    private final Clock clock;

    /// What it works with.
    public record Parts(
            ProfileStore store,
            HeldProfiles held,
            ProfilePlanner planner,
            ProfiledDevices devices,
            ProfileUpkeepStore upkeep,
            JobRunner jobs,
            Clock clock) {}

    ProfileDesk(Parts parts) {
        this.store = parts.store();
        this.held = parts.held();
        this.planner = parts.planner();
        this.devices = parts.devices();
        this.upkeep = parts.upkeep();
        this.jobs = parts.jobs();
        this.clock = parts.clock();
    }

    /// Those that hold, by name.
    public List<StoredVersion> current() {
        return store.all().stream().map(StoredVersion::of).toList();
    }

    /// @return the newest first; empty where there never was such a profile
    public List<StoredVersion> versions(String name) {
        return store.versions(name).stream().map(StoredVersion::of).toList();
    }

    /// A version of a profile.
    ///
    /// @param profile empty where it was deleted with this version
    public record StoredVersion(Kept kept, Optional<Profile> profile) {
        static StoredVersion of(Kept kept) {
            return new StoredVersion(kept, kept.body().map(_ -> HeldProfiles.parsed(kept)));
        }
    }

    public ProfilePlan plan(List<Profile> wanted) throws ProfileRefusedException {
        return planner.plan(
                wanted, held.all().stream().map(StoredProfile::profile).toList());
    }

    /// One device beside all that profiles want of it, from what its twin knows.
    ///
    /// @param profiles the names of those that mean it
    /// @param drift how often what was put right lately, by path
    public record Explanation(List<String> profiles, Findings findings, Map<String, Drift> drift) {}

    /// @return nothing of profiles where none means the device
    public Explanation explain(EndpointId device) {
        Lookout lookout = held.lookout();
        return devices.find(device, lookout)
                .map(found -> new Explanation(
                        found.applying().stream().sorted().toList(),
                        planner.findings(found, lookout, Set.of()),
                        upkeep.drift(device, clock.instant().minus(Limits.LEFT_ALONE))))
                .orElseGet(() -> new Explanation(List.of(), new Findings(List.of(), List.of()), Map.of()));
    }

    /// The profiles that hold whose query means a group by its name.
    public List<String> madeOf(String group) {
        return held.all().stream()
                .map(StoredProfile::profile)
                .filter(profile -> names(profile.query()).contains(group))
                .map(Profile::name)
                .toList();
    }

    private static Set<String> names(String query) {
        try {
            return Groups.named(QueryParser.parse(query));
        } catch (QueryException none) {
            return Set.of();
        }
    }

    /// What was made of a profile.
    ///
    /// @param job that brings devices to it, or back
    public record Made(String profile, int version, Job job) {}

    /// Keeps the profiles, and makes a job for each that brings devices to it.
    ///
    /// @throws ProfileRefusedException where they contradict others, or there are too many jobs
    public List<Made> apply(List<Profile> wanted, Pace pace, String by) throws ProfileRefusedException {
        ProfilePlan plan = plan(wanted);
        if (plan.contradictory()) {
            throw new ProfileRefusedException(
                    409,
                    "Profiles of the same priority want different values, so that nothing was done: "
                            + plan.groups().stream()
                                    .filter(group -> group.state() == Finding.State.CONTRADICTION)
                                    .limit(3)
                                    .map(group ->
                                            group.place() + " on " + group.devices() + " devices (" + group.why() + ")")
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
        requireRoom(wanted.size());
        List<Made> made = new ArrayList<>();
        for (Profile profile : wanted) {
            made.add(keep(profile, pace, by));
        }
        held.changed();
        jobs.wake();
        return made;
    }

    private void requireRoom(int wanted) throws ProfileRefusedException {
        if (jobs.store().open().size() + wanted > dev.pharos.controller.job.Limits.OPEN_JOBS) {
            throw new ProfileRefusedException(
                    409, "As many jobs as may be have not ended; cancel one, or wait for one.");
        }
    }

    private Made keep(Profile profile, Pace pace, String by) throws ProfileRefusedException {
        store.find(profile.name()).ifPresent(before -> cancel(before, by));
        int version = store.put(profile.name(), ProfileText.of(profile), clock.instant(), by);
        upkeep.forget(profile.reads());
        Job job = job(
                "profile " + profile.name(),
                new Audience.Matching(profile.query(), true),
                new JobWork.Hold(profile.name(), version),
                pace,
                by);
        store.job(profile.name(), version, job.id());
        return new Made(profile.name(), version, job);
    }

    /// What an earlier version wanted is not wanted any more.
    private void cancel(Kept before, String by) {
        before.job()
                .ifPresent(job -> jobs.store()
                        .move(
                                job,
                                EnumSet.of(JobState.WAITING, JobState.RUNNING, JobState.PAUSED),
                                JobState.CANCELLED,
                                "cancelled by " + by + ", for the profile has changed",
                                clock.instant()));
    }

    private Job job(String name, Audience audience, JobWork work, Pace pace, String by) throws ProfileRefusedException {
        Instant now = clock.instant();
        JobPlan plan = new JobPlan(
                name,
                audience,
                work,
                pace,
                new Timing(now, now.plus(PATIENCE), Optional.empty(), Optional.empty()),
                PERSISTENCE);
        return jobs.store()
                .add(plan, by, now)
                .orElseThrow(() -> new ProfileRefusedException(
                        409, "As many jobs as may be have not ended; cancel one, or wait for one."));
    }

    /// From now on a profile does not hold any more; what it wanted stays on the devices.
    ///
    /// @return whether it was there
    public boolean remove(String name, String by) {
        Optional<Kept> before = store.find(name);
        before.ifPresent(kept -> cancel(kept, by));
        boolean there = store.remove(name, clock.instant(), by);
        held.changed();
        return there;
    }

    /// Has this server see at once what was made of profiles, and begin with it.
    public void changed() {
        held.changed();
        jobs.wake();
    }

    /// On how many devices an undo would write.
    ///
    /// @param profile either this
    /// @param job or this
    public long undoConcerns(@Nullable String profile, @Nullable Long job) throws ProfileRefusedException {
        if (profile == null) {
            return job == null ? 0 : upkeep.changedBy(job);
        }
        OptionalLong last = store.find(profile)
                .orElseThrow(() -> new ProfileRefusedException(404, "There is no profile " + profile + "."))
                .job();
        return last.isPresent() ? upkeep.changedBy(last.getAsLong()) : 0;
    }

    /// Takes back what was done last with a profile: it is what it was before, and so are the devices.
    public Made undo(String name, Pace pace, String by) throws ProfileRefusedException {
        Kept now = store.find(name)
                .orElseThrow(() -> new ProfileRefusedException(404, "There is no profile " + name + "."));
        long last = now.job()
                .orElseThrow(() -> new ProfileRefusedException(
                        409, "No job brought devices to " + name + ", so there is nothing to take back."));
        Job job = jobs.store()
                .find(last)
                .orElseThrow(() -> new ProfileRefusedException(
                        409, "Job " + last + " is forgotten, and what was there before it with it."));
        if (job.plan().work() instanceof JobWork.Restore) {
            throw new ProfileRefusedException(
                    409,
                    "What was done last with " + name + " was taken back already; apply the version that you want.");
        }
        requireRoom(1);
        cancel(now, by);
        Optional<Kept> before = store.versions(name).stream()
                .filter(version -> version.version() < now.version())
                .findFirst()
                .filter(version -> version.body().isPresent());
        upkeep.forget(HeldProfiles.parsed(now).reads());
        int version = 0;
        if (before.isPresent()) {
            version = store.put(name, before.get().body().orElse(""), clock.instant(), by);
        } else {
            store.remove(name, clock.instant(), by);
        }
        Job back = job("undo of profile " + name, new Audience.Changed(last), new JobWork.Restore(last), pace, by);
        if (version > 0) {
            store.job(name, version, back.id());
        }
        held.changed();
        jobs.wake();
        return new Made(name, version, back);
    }

    /// The same by the number of the job that brought devices to a profile.
    public Made undo(long number, Pace pace, String by) throws ProfileRefusedException {
        Job job = jobs.store()
                .find(number)
                .orElseThrow(() -> new ProfileRefusedException(404, "There is no job " + number + "."));
        if (!(job.plan().work() instanceof JobWork.Hold(String name, int version))) {
            throw new ProfileRefusedException(409, "Job " + number + " did not bring devices to a profile.");
        }
        Optional<Kept> now = store.find(name);
        if (now.isEmpty() || now.get().version() != version) {
            throw new ProfileRefusedException(
                    409,
                    "Profile " + name + " has changed since job " + number
                            + now.map(kept -> "; it is version " + kept.version() + ", and what was done last is taken"
                                            + " back first")
                                    .orElse("; it was deleted")
                            + ".");
        }
        return undo(name, pace, by);
    }
}
