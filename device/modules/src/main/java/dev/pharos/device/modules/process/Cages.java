// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How this host can bound processes: by cgroups of version 2 or 1 where this process may make some, else by little.
/// Immutable.
public final class Cages {
    private static final Logger LOG = LoggerFactory.getLogger(Cages.class);
    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu", "cpuacct");

    private final Map<String, Path> bases;
    private final boolean unified;
    private final Optional<Path> beside;

    /// @param beside version 2 where it is beside version 1 and has controllers
    private Cages(Map<String, Path> bases, boolean unified, Optional<Path> beside) {
        this.bases = bases;
        this.unified = unified;
        this.beside = beside;
    }

    /// Looks what there is, and ends what an earlier process left in it.
    ///
    /// @param cgroups where the host has them, `/sys/fs/cgroup`
    /// @param name of the group that holds all of ours
    public static Cages find(Path cgroups, String name) throws InterruptedException {
        Cages found =
                Files.exists(cgroups.resolve("cgroup.controllers")) ? unified(cgroups, name) : each(cgroups, name);
        found.clear();
        return found;
    }

    private static Cages unified(Path cgroups, String name) {
        Path base = cgroups.resolve(name);
        Map<String, Path> bases = new HashMap<>();
        try {
            Set<String> there = Set.of(Files.readString(cgroups.resolve("cgroup.subtree_control"))
                    .strip()
                    .split("\\s+"));
            Files.createDirectories(base);
            for (String controller : CONTROLLERS) {
                if (there.contains(controller)) {
                    Files.writeString(base.resolve("cgroup.subtree_control"), "+" + controller);
                    bases.put(controller, base);
                }
            }
        } catch (IOException | IllegalArgumentException refused) {
            LOG.info("no cgroups for software modules: {}", refused.getMessage());
            return new Cages(Map.of(), true, Optional.empty());
        }
        return new Cages(bases.containsKey("pids") ? Map.copyOf(bases) : Map.of(), true, Optional.empty());
    }

    private static Cages each(Path cgroups, String name) {
        Map<String, Path> bases = new HashMap<>();
        for (String controller : CONTROLLERS) {
            Path base = cgroups.resolve(controller).resolve(name);
            try {
                if (Files.exists(cgroups.resolve(controller).resolve("cgroup.procs"))) {
                    Files.createDirectories(base);
                    bases.put(controller, base);
                }
            } catch (IOException refused) {
                LOG.info("no cgroups for software modules: {}", refused.getMessage());
            }
        }
        return new Cages(bases.containsKey("pids") ? Map.copyOf(bases) : Map.of(), false, beside(cgroups));
    }

    private static Optional<Path> beside(Path cgroups) {
        Path place = cgroups.resolve("unified");
        try {
            boolean any = !Files.readString(place.resolve("cgroup.controllers")).isBlank();
            return any ? Optional.of(place) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// Where version 2 is mounted beside version 1 and has controllers of its own, which runtimes of
    /// containers do not put up with.
    public Optional<Path> mixed() {
        return beside;
    }

    /// Whether nothing gets away from a unit, and its processes are bounded.
    public boolean confine() {
        return !bases.isEmpty();
    }

    /// Whether a bound of memory holds for a unit as a whole.
    public boolean boundsMemory() {
        return bases.containsKey("memory");
    }

    /// Whether a bound of processor time holds.
    public boolean boundsProcessor() {
        return bases.containsKey("cpu");
    }

    Cage make(String name, Bounds bounds) throws IOException {
        if (bases.isEmpty()) {
            return new SessionCage(bounds);
        }
        Map<String, Path> folders = new HashMap<>();
        bases.forEach((controller, base) -> folders.put(controller, base.resolve(name)));
        return CgroupCage.make(Map.copyOf(folders), unified, bounds);
    }

    private void clear() throws InterruptedException {
        for (Map.Entry<String, Path> base : bases.entrySet()) {
            try (DirectoryStream<Path> left =
                    Files.newDirectoryStream(base.getValue(), entry -> Files.isDirectory(entry))) {
                for (Path one : left) {
                    CgroupCage cage = CgroupCage.make(Map.of(base.getKey(), one), unified, new Bounds(-1, -1, 1, -1));
                    if (!cage.kill()) {
                        LOG.warn("processes of an earlier agent cannot be ended: {}", cage.processes());
                    }
                    cage.remove();
                }
            } catch (IOException stays) {
                LOG.warn("what an earlier agent left cannot be removed: {}", stays.getMessage());
            }
        }
    }

    /// Removes what [#find] has made; no unit runs any more.
    public void close() {
        for (Path base : Set.copyOf(bases.values())) {
            try {
                Files.deleteIfExists(base);
            } catch (IOException stays) {
                LOG.warn("a cgroup cannot be removed: {}", stays.getMessage());
            }
        }
    }
}
