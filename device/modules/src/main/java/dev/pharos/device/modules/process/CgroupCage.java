// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// A control group of the kernel, of either version: nothing that is born in it gets out of it.
final class CgroupCage implements Cage {
    private static final long PERIOD = 100_000;

    private final Map<String, Path> folders;
    private final boolean unified;
    private final Bounds bounds;

    /// @param folders by controller; of version 2 all the same
    private CgroupCage(Map<String, Path> folders, boolean unified, Bounds bounds) {
        this.folders = folders;
        this.unified = unified;
        this.bounds = bounds;
    }

    /// Makes it, with its bounds.
    ///
    /// @throws IOException where the kernel does not take them
    static CgroupCage make(Map<String, Path> folders, boolean unified, Bounds bounds) throws IOException {
        CgroupCage cage = new CgroupCage(folders, unified, bounds);
        for (Path folder : Set.copyOf(folders.values())) {
            Files.createDirectories(folder);
        }
        cage.bound();
        return cage;
    }

    private void bound() throws IOException {
        if (folders.containsKey("pids")) {
            write("pids", "pids.max", Integer.toString(bounds.processes()));
        }
        if (bounds.memory() >= 0 && folders.containsKey("memory")) {
            String bytes = Long.toString(bounds.memory() << 10);
            write("memory", unified ? "memory.max" : "memory.limit_in_bytes", bytes);
            // with swap the bound would be none
            String swap = unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
            if (Files.exists(folder("memory").resolve(swap))) {
                write("memory", swap, unified ? "0" : bytes);
            }
        }
        if (bounds.cpu() >= 0 && folders.containsKey("cpu")) {
            long quota = Math.max(1000, PERIOD * Runtime.getRuntime().availableProcessors() * bounds.cpu() / 100);
            if (unified) {
                write("cpu", "cpu.max", quota + " " + PERIOD);
            } else {
                write("cpu", "cpu.cfs_period_us", Long.toString(PERIOD));
                write("cpu", "cpu.cfs_quota_us", Long.toString(quota));
            }
        }
    }

    private Path folder(String controller) {
        Path folder = folders.get(controller);
        if (folder == null) {
            throw new IllegalStateException("no controller " + controller);
        }
        return folder;
    }

    private void write(String controller, String file, String value) throws IOException {
        Files.writeString(folder(controller).resolve(file), value);
    }

    @Override
    public List<Path> entrances() {
        return folders.values().stream()
                .distinct()
                .map(folder -> folder.resolve("cgroup.procs"))
                .toList();
    }

    @Override
    public OptionalLong addressSpace() {
        return bounds.memory() < 0 || folders.containsKey("memory")
                ? OptionalLong.empty()
                : OptionalLong.of(bounds.memory() << 10);
    }

    @Override
    public Set<Long> processes() {
        Set<Long> found = new HashSet<>();
        for (Path entrance : entrances()) {
            try {
                Files.readAllLines(entrance).stream()
                        .filter(line -> !line.isEmpty())
                        .map(Long::parseLong)
                        .filter(pid -> pid > 0 && Sessions.process(pid).isPresent())
                        .forEach(found::add);
            } catch (IOException | NumberFormatException gone) {
                // then nothing is in it
            }
        }
        return found;
    }

    @Override
    public OptionalLong memory() {
        return number("memory", unified ? "memory.current" : "memory.usage_in_bytes", "");
    }

    @Override
    public OptionalLong computed() {
        if (!unified) {
            return number("cpuacct", "cpuacct.usage", "");
        }
        OptionalLong micros = number("cpu", "cpu.stat", "usage_usec");
        return micros.isEmpty() ? micros : OptionalLong.of(micros.getAsLong() * 1000);
    }

    @Override
    public String broken() {
        if (number("pids", "pids.events", "max").orElse(0) > 0) {
            return "it wants more than the " + bounds.processes() + " processes that it may have";
        }
        if (number("memory", unified ? "memory.events" : "memory.oom_control", "oom_kill")
                        .orElse(0)
                > 0) {
            return "it wants more than the " + bounds.memory() + " KiB of memory that it may have";
        }
        return "";
    }

    /// @param name of the line; empty for a file with nothing but a number
    private OptionalLong number(String controller, String file, String name) {
        Path folder = folders.get(controller);
        if (folder == null) {
            return OptionalLong.empty();
        }
        try {
            List<String> lines = Files.readAllLines(folder.resolve(file));
            return lines.stream()
                    .map(line -> line.split(" "))
                    .filter(words -> name.isEmpty() || (words.length == 2 && words[0].equals(name)))
                    .mapToLong(words -> Long.parseLong(words[words.length - 1]))
                    .findFirst();
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void freeze() {
        try {
            if (folders.containsKey("pids")) {
                write("pids", "pids.max", "0");
            }
            if (unified && Files.exists(folder("pids").resolve("cgroup.kill"))) {
                write("pids", "cgroup.kill", "1");
            }
        } catch (IOException | IllegalStateException gone) {
            // then they are killed one by one
        }
    }

    @Override
    public void remove() throws IOException {
        for (Path folder : Arrays.stream(folders.values().toArray(Path[]::new)).collect(Collectors.toSet())) {
            Files.deleteIfExists(folder);
        }
    }
}
