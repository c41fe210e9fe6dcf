// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciAdoption;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciCommit;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciRefusedException;
import dev.pharos.device.prplos.uci.UciStamp;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.device.prplos.uci.UciWatch;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The packages of a mapping, with the daemons that are told of what is committed.
final class Packages {
    private static final Logger LOG = LoggerFactory.getLogger(Packages.class);

    /// The package of this agent, which procd would end in the middle of its work if it heard of another file.
    private static final String OUR_OWN = "usp";

    private final Mapping mapping;
    private final UciStore store;
    private final Daemons daemons;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Set<String> names;
    /// What a daemon may have read otherwise than it is, so that it is to be told again.
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    /// A package as it was read.
    ///
    /// @param stamp taken before
    private record Known(UciStamp stamp, UciPackage content) {}

    Packages(Mapping mapping, UciStore store, Daemons daemons) {
        this.mapping = mapping;
        this.store = store;
        this.daemons = daemons;
        this.names = names(mapping);
    }

    private static Set<String> names(Mapping mapping) {
        Set<String> names = new HashSet<>();
        for (Mapping.Table table : mapping.tables()) {
            names.add(table.packageName());
            for (Mapping.Parameter parameter : table.content().parameters()) {
                if (parameter.conversion() instanceof Conversion.HostAddress(PoolEnd end)) {
                    names.add(end.packageName());
                }
            }
        }
        mapping.listings().stream()
                .flatMap(listing -> listing.content().within().stream())
                .forEach(within -> names.add(within.packageName()));
        return names;
    }

    /// Gives names to the sections that have none and are rows.
    void adopt() {
        names.forEach(this::adopt);
    }

    private void adopt(String packageName) {
        Set<String> types = new HashSet<>();
        mapping.tables().stream()
                .filter(table -> table.packageName().equals(packageName) && !table.isSingle())
                .forEach(table -> types.add(table.type()));
        mapping.listings().stream()
                .filter(listing -> listing.table().packageName().equals(packageName))
                .forEach(listing -> {
                    if (listing.fixed().orElse(null) instanceof FixedSections sections) {
                        types.add(sections.type());
                    }
                    listing.switches().stream()
                            .map(Observed::reading)
                            .filter(Observed.Reading.Absent.class::isInstance)
                            .map(Observed.Reading.Absent.class::cast)
                            .forEach(absent -> types.add(absent.type()));
                });
        if (types.isEmpty() || !store.has(packageName)) {
            return;
        }
        try {
            if (store.commit(packageName, UciAdoption.of(store.read(packageName), types))
                    .changed()) {
                named(packageName);
            }
        } catch (IOException | UciRefusedException failed) {
            LOG.warn("the sections of {} could not be named: {}", packageName, failed.getMessage());
        } catch (MalformedInputException malformed) {
            LOG.warn("the package {} cannot be read: {}", packageName, malformed.detail());
        }
    }

    /// netifd tells of a network by the name of its section, and knows the one that it had when it last read
    /// the file. Those that procd tells do not.
    private void named(String packageName) {
        Mapping.Reload reload = mapping.reloads().get(packageName);
        if (reload != null && !reload.isByProcd()) {
            untold.add(packageName);
        }
    }

    /// Tells daemons once more of what they may have read otherwise than it is now; may wait for them.
    void tellAgain() {
        for (String packageName : Set.copyOf(untold)) {
            try {
                reload(packageName);
            } catch (UspException refused) {
                LOG.debug("{}", refused.fault());
            }
        }
    }

    /// Tells from now on that one of them may be another; empty where they must be looked at.
    Optional<UciWatch> watch(Runnable changed) {
        return store.watch(names, changed);
    }

    /// Those that can be read.
    Map<String, UciPackage> read() {
        Map<String, UciPackage> now = new HashMap<>();
        for (String name : names) {
            try {
                now.put(name, read(name));
            } catch (IOException | MalformedInputException unreadable) {
                LOG.debug("the package {} cannot be read: {}", name, unreadable.getMessage());
            }
        }
        return now;
    }

    /// Whether nothing was written since these were read.
    boolean areAs(Map<String, UciPackage> read) {
        return names.stream().allMatch(name -> isAs(name, read.get(name)));
    }

    private boolean isAs(String name, @Nullable UciPackage read) {
        Known last = known.get(name);
        if (last == null) {
            return read == null && !store.has(name);
        }
        try {
            return last.stamp().equals(store.stamp(name)) && last.content().equals(read);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Not read again where it is as it was.
    private UciPackage read(String name) throws IOException, MalformedInputException {
        UciStamp stamp = store.stamp(name);
        Known last = known.get(name);
        if (last != null && last.stamp().equals(stamp)) {
            return last.content();
        }
        UciPackage content = store.read(name);
        if (stamp.isSettled(Instant.now())) {
            known.put(name, new Known(stamp, content));
        }
        return content;
    }

    /// @throws UspException where they cannot be made
    UciPackage preview(String packageName, List<UciChange> changes) {
        try {
            return store.preview(packageName, changes);
        } catch (IOException | UciRefusedException | MalformedInputException failed) {
            throw failure(packageName, failed);
        }
    }

    /// Commits all of these and has them take effect, or leaves everything as it was.
    ///
    /// @param changes by package
    /// @throws UspException where one cannot be made, or a daemon refuses it
    List<UciCommit> commit(Map<String, List<UciChange>> changes) {
        List<Calls.Tell> tells = mapping.calls().tells().stream()
                .filter(tell -> changes.getOrDefault(tell.packageName(), List.of()).stream()
                        .anyMatch(change -> isOf(change, tell)))
                .toList();
        List<UciCommit> done = reloaded(changes);
        try {
            tells.forEach(this::tell);
            return done;
        } catch (UspException refused) {
            takeBack(done);
            throw refused;
        }
    }

    private List<UciCommit> reloaded(Map<String, List<UciChange>> changes) {
        List<UciCommit> done = new ArrayList<>();
        try {
            for (Map.Entry<String, List<UciChange>> each : changes.entrySet()) {
                done.add(commit(each.getKey(), each.getValue()));
            }
            for (UciCommit commit : done) {
                reload(commit.packageName());
            }
            return done;
        } catch (UspException failed) {
            restore(done);
            // a daemon that did not answer, or was begun anew meanwhile, may have read what is taken back
            done.forEach(commit -> untold.add(commit.packageName()));
            throw failed;
        }
    }

    private void tell(Calls.Tell tell) {
        daemons.call(tell.call().object(), tell.call().method(), tell.call().told(text -> text));
    }

    /// Whether a section of the type that somebody is told of changes.
    private boolean isOf(UciChange change, Calls.Tell tell) {
        return switch (change) {
            case UciChange.AddSection(String _, String type) -> type.equals(tell.type());
            case UciChange.SetOption set -> isOf(set.section(), tell);
            case UciChange.SetItems set -> isOf(set.section(), tell);
            case UciChange.DeleteSection(String section) -> isOf(section, tell);
            default -> true;
        };
    }

    private boolean isOf(String section, Calls.Tell tell) {
        try {
            return read(tell.packageName()).section(section).stream()
                    .anyMatch(present -> present.type().equals(tell.type()));
        } catch (IOException | MalformedInputException unreadable) {
            return true;
        }
    }

    private UciCommit commit(String packageName, List<UciChange> changes) {
        try {
            return store.commit(packageName, changes);
        } catch (IOException | UciRefusedException | MalformedInputException failed) {
            throw failure(packageName, failed);
        }
    }

    /// Puts whole files in the place of packages, those of daemons that the mapping does not know as well,
    /// and has that take effect; or leaves everything as it was, but for an empty file of a package that
    /// there was not.
    ///
    /// @param mustReload whether a daemon that refuses it counts; else it reads them when it starts
    /// @throws UspException where one of them is none of uci, cannot be written, or a daemon refuses it
    List<UciCommit> replace(Map<String, Bytes> files, boolean mustReload) {
        List<UciCommit> done = new ArrayList<>();
        try {
            for (Map.Entry<String, Bytes> each : files.entrySet()) {
                try {
                    done.add(store.put(each.getKey(), each.getValue()));
                } catch (IOException | MalformedInputException failed) {
                    throw failure(each.getKey(), failed);
                }
            }
            for (UciCommit commit : done) {
                if (commit.changed() || !mustReload) {
                    reload(commit.packageName(), mustReload);
                }
            }
            return done;
        } catch (UspException failed) {
            takeBack(done);
            throw failed;
        }
    }

    private void reload(String packageName, boolean mustReload) {
        boolean known = mapping.reloads().containsKey(packageName);
        try {
            if (known) {
                reload(packageName);
                mapping.calls().tells().stream()
                        .filter(tell -> tell.packageName().equals(packageName))
                        .forEach(this::tell);
            } else if (!packageName.equals(OUR_OWN)) {
                daemons.reload(packageName, Mapping.Reload.BY_PROCD);
            }
        } catch (UspException refused) {
            if (known && mustReload) {
                throw refused;
            }
            LOG.warn("{}", refused.fault());
        }
    }

    private static UspException failure(String packageName, Exception failed) {
        return new UspException(StandardErrorCode.INTERNAL_ERROR, packageName + ": " + failed.getMessage());
    }

    private void reload(String packageName) {
        Mapping.Reload reload = mapping.reloads().get(packageName);
        boolean again = untold.remove(packageName);
        if (reload != null) {
            try {
                daemons.reload(packageName, reload);
            } catch (UspException refused) {
                if (again) {
                    untold.add(packageName);
                }
                throw refused;
            }
        }
    }

    private void restore(List<UciCommit> commits) {
        for (UciCommit commit : commits.reversed()) {
            try {
                store.restore(commit);
            } catch (IOException | UciRefusedException | MalformedInputException failed) {
                LOG.error("the package {} could not be restored: {}", commit.packageName(), failed.getMessage());
            }
        }
    }

    /// Makes things as they were before these, and has that take effect.
    void takeBack(List<UciCommit> commits) {
        restore(commits);
        for (String packageName :
                commits.stream().map(UciCommit::packageName).distinct().toList()) {
            try {
                reload(packageName);
                mapping.calls().tells().stream()
                        .filter(tell -> tell.packageName().equals(packageName))
                        .forEach(this::tell);
            } catch (UspException refused) {
                LOG.error("{}; it is told again", refused.fault());
                untold.add(packageName);
            }
        }
    }
}
