// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.profile.DeviceLenses;
import dev.pharos.controller.profile.Findings;
import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.PlanTally;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.controller.profile.ProfiledDevice;
import dev.pharos.controller.profile.ProfiledDevices;
import dev.pharos.controller.profile.Resolution;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what profiles would change on the whole inventory, from what the twins know: no device is asked.
public final class ProfilePlanner {
    private static final Logger LOG = LoggerFactory.getLogger(ProfilePlanner.class);

    private final AudienceReader queries;
    private final ProfiledDevices devices;
    private final DeviceLenses lenses;
    private final Semaphore places = new Semaphore(Limits.PLANS_AT_ONCE, true);

    public ProfilePlanner(AudienceReader queries, ProfiledDevices devices, DeviceLenses lenses) {
        this.queries = queries;
        this.devices = devices;
        this.lenses = lenses;
    }

    /// @param wanted in place of those of the same names among `held`
    public ProfilePlan plan(List<Profile> wanted, Collection<Profile> held) throws ProfileRefusedException {
        Lookout lookout = lookout(wanted, held);
        Set<String> names = lookout.meant();
        PlanTally tally = new PlanTally();
        inTurn(() -> devices.forEach(lookout, some -> {
            for (ProfiledDevice device : some) {
                tally.add(device.id(), findings(device, lookout, names));
            }
        }));
        return tally.plan();
    }

    /// What profiles of these names want of a device, whoever wins.
    ///
    /// @param names none for all
    public Findings findings(ProfiledDevice device, Lookout lookout, Set<String> names) {
        Resolution resolution = Resolution.of(lookout.applying(device), device.facts(), device.known());
        return Findings.of(resolution, device.known(), lenses.of(device), names);
    }

    private Lookout lookout(List<Profile> wanted, Collection<Profile> held) throws ProfileRefusedException {
        Map<String, Profile> all = new LinkedHashMap<>();
        held.forEach(profile -> all.put(profile.name(), profile));
        wanted.forEach(profile -> all.put(profile.name(), profile));
        if (all.size() > dev.pharos.controller.profile.Limits.PROFILES) {
            throw new ProfileRefusedException(
                    409,
                    "There may be " + dev.pharos.controller.profile.Limits.PROFILES + " profiles, and these would make "
                            + all.size() + ".");
        }
        List<Lookout.Meant> meant = new ArrayList<>();
        for (Profile profile : all.values()) {
            if (wanted.contains(profile)) {
                meant.add(read(profile));
            } else {
                readable(profile).ifPresent(meant::add);
            }
        }
        return new Lookout(meant, Set.copyOf(wanted.stream().map(Profile::name).toList()));
    }

    /// All that hold, each meant. One whose query means a group that is gone means nobody.
    public Lookout lookout(Collection<Profile> held) {
        List<Lookout.Meant> meant =
                held.stream().map(this::readable).flatMap(Optional::stream).toList();
        return new Lookout(
                meant, Set.copyOf(meant.stream().map(Lookout.Meant::name).toList()));
    }

    private Lookout.Meant read(Profile profile) throws ProfileRefusedException {
        try {
            return new Lookout.Meant(profile, queries.read(profile.query()));
        } catch (QueryException wrong) {
            throw new ProfileRefusedException(
                    400, "The query of " + profile.name() + " cannot be read: " + wrong.reason() + ".");
        } catch (UnresolvedGroupException unresolved) {
            throw new ProfileRefusedException(
                    400, "The query of " + profile.name() + " cannot be read: " + unresolved.reason() + ".");
        }
    }

    private Optional<Lookout.Meant> readable(Profile profile) {
        try {
            return Optional.of(read(profile));
        } catch (ProfileRefusedException gone) {
            LOG.warn("profile {} holds on no device: {}", profile.name(), gone.reason());
            return Optional.empty();
        }
    }

    private void inTurn(Runnable work) throws ProfileRefusedException {
        try {
            if (!places.tryAcquire(Limits.PLAN_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProfileRefusedException(429, "Other plans are being made; try again in a moment.");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ProfileRefusedException(503, "The server stops.");
        }
        try {
            work.run();
        } finally {
            places.release();
        }
    }
}
