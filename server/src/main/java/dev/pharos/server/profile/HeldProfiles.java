// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfileBook;
import dev.pharos.controller.profile.StoredProfile;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.ProfileStore;
import dev.pharos.server.store.ProfileStore.Kept;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.yaml.YamlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The profiles of each tenant that hold now, read anew after a moment, for other servers change them too.
/// Whose they are says the thread that asks, see [Tenant#current]. Thread-safe.
public final class HeldProfiles implements ProfileBook {
    /// A change of another server counts here after this.
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ProfileStore store;
    private final ProfilePlanner planner;
    private final Map<Tenant, Held> held = new ConcurrentHashMap<>();

    /// @param lookout for all of them
    /// @param active for those that are to hold now
    private record Held(List<StoredProfile> profiles, Lookout lookout, Lookout active, Set<String> names, long read) {
        boolean isFresh() {
            return System.nanoTime() - read < FRESH.toNanos();
        }
    }

    public HeldProfiles(ProfileStore store, ProfilePlanner planner) {
        this.store = store;
        this.planner = planner;
    }

    /// By name.
    public List<StoredProfile> all() {
        return current().profiles();
    }

    /// All of them, each meant.
    public Lookout lookout() {
        return current().lookout();
    }

    /// All of them have a say, and those are meant that are to hold now: whose job was neither paused nor cancelled.
    Lookout active() {
        return current().active();
    }

    /// The same as of now.
    Lookout reread() {
        return read().active();
    }

    /// Whose there are any.
    List<Tenant> owners() {
        return store.owners();
    }

    /// Whether those of any tenant want a parameter that is called so, as they were a moment ago; asks nobody.
    boolean wants(String name) {
        return held.values().stream().anyMatch(each -> each.names().contains(name));
    }

    /// Which job brought devices to a profile.
    OptionalLong job(String profile) {
        return current().profiles().stream()
                .filter(each -> each.name().equals(profile))
                .map(StoredProfile::job)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Lookout> lookout(String profile, int version) {
        if (store.find(profile).filter(kept -> kept.version() == version).isEmpty()) {
            return Optional.empty();
        }
        Held now = current();
        if (!has(now, profile, version)) {
            now = read();
        }
        return has(now, profile, version)
                ? Optional.of(new Lookout(now.lookout().profiles(), Set.of(profile)))
                : Optional.empty();
    }

    @Override
    public Lookout once(String written) {
        try {
            Profile profile = ProfileFile.read(written).getFirst().profile();
            return new Lookout(
                    List.of(new Lookout.Meant(profile, new Condition.All(List.of()))), Set.of(profile.name()));
        } catch (YamlException damaged) {
            throw new StoreException("What a job is to bring a device to cannot be read: " + damaged.reason());
        }
    }

    private static boolean has(Held held, String profile, int version) {
        return held.profiles().stream().anyMatch(each -> each.name().equals(profile) && each.version() == version);
    }

    /// What was changed here counts at once.
    public void changed() {
        read();
    }

    private static Tenant owner() {
        return Tenant.current().orElse(Tenant.MAIN);
    }

    private Held current() {
        @Nullable Held now = held.get(owner());
        return now != null && now.isFresh() ? now : read();
    }

    private synchronized Held read() {
        long begin = System.nanoTime();
        @Nullable Held older = held.get(owner());
        List<StoredProfile> before = older == null ? List.of() : older.profiles();
        List<StoredProfile> profiles = new ArrayList<>();
        for (Kept kept : store.all()) {
            Optional<StoredProfile> same = before.stream()
                    .filter(each -> each.name().equals(kept.name()) && each.version() == kept.version())
                    .findFirst();
            profiles.add(new StoredProfile(
                    same.isPresent() ? same.get().profile() : parsed(kept),
                    kept.version(),
                    kept.changed(),
                    kept.changedBy(),
                    kept.job()));
        }
        Lookout all =
                planner.lookout(profiles.stream().map(StoredProfile::profile).toList());
        Set<String> resting = profiles.isEmpty() ? Set.of() : store.resting();
        Set<String> active =
                all.meant().stream().filter(name -> !resting.contains(name)).collect(Collectors.toSet());
        Lookout holding = active.isEmpty() ? new Lookout(List.of(), Set.of()) : new Lookout(all.profiles(), active);
        Set<String> names =
                holding.reads().stream().map(ParameterPattern::parameter).collect(Collectors.toSet());
        Held now = new Held(List.copyOf(profiles), all, holding, names, begin);
        held.put(owner(), now);
        return now;
    }

    /// @throws StoreException where it is none that we know
    static Profile parsed(Kept kept) {
        try {
            return ProfileFile.read(kept.body().orElse("")).getFirst().profile();
        } catch (YamlException damaged) {
            throw new StoreException("The stored profile " + kept.name() + " cannot be read: " + damaged.reason());
        }
    }
}
