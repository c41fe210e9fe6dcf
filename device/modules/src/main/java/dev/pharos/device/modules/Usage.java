// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What units use of the host, as it is when it is asked. Thread-safe.
final class Usage {
    static final Set<String> LIVE = Set.of(
            ModelPaths.ENVIRONMENTS + "{i}.AvailableDiskSpace",
            ModelPaths.ENVIRONMENTS + "{i}.AvailableMemory",
            ModelPaths.EXECUTIONS + "{i}.DiskSpaceInUse",
            ModelPaths.EXECUTIONS + "{i}.MemoryInUse",
            ModelPaths.EXECUTIONS + "{i}.CPUPercentInUse",
            ModelPaths.EXECUTIONS + "{i}.Uptime");

    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final Places places;
    private final Store store;
    private final RunningUnits units;
    private final Map<Long, Counted> counted = new ConcurrentHashMap<>();

    /// Disk space, in KiB, as it was then.
    private record Counted(Instant when, long kibibytes) {}

    Usage(Places places, Store store, RunningUnits units) {
        this.places = places;
        this.store = store;
        this.units = units;
    }

    /// @return in KiB, percent or seconds; -1 where it is not known
    long read(long number, String parameter) {
        return switch (parameter) {
            case "AvailableDiskSpace" -> room();
            case "AvailableMemory" -> memory();
            case "DiskSpaceInUse" -> disk(number);
            case "MemoryInUse" ->
                units.supervisor(number).map(Supervisor::memory).orElse(0L);
            case "CPUPercentInUse" ->
                units.supervisor(number).map(Supervisor::processor).orElse(0);
            case "Uptime" ->
                units.state(number)
                        .flatMap(state -> state.since())
                        .map(since -> Duration.between(since, Instant.now()).toSeconds())
                        .orElse(0L);
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private long room() {
        try {
            return Files.getFileStore(places.root()).getUsableSpace() >> 10;
        } catch (IOException unknown) {
            return -1;
        }
    }

    private static long memory() {
        try {
            return Files.readAllLines(MEMORY).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException unknown) {
            return -1;
        }
    }

    /// Archive and data of the whole deployment unit, since they belong to all of its units.
    private long disk(long execution) {
        Optional<DeploymentUnit> owner = store.now().owner(execution);
        if (owner.isEmpty()) {
            return -1;
        }
        DeploymentUnit unit = owner.get();
        Counted before = counted.get(unit.number());
        if (before != null && before.when().plus(Limits.DISK_LOOK).isAfter(Instant.now())) {
            return before.kibibytes();
        }
        long now = Places.kibibytes(Stream.concat(
                        Stream.of(places.release(unit.number(), unit.release())), places.stored(unit.uuid()).stream())
                .toList());
        counted.keySet()
                .retainAll(
                        store.now().units().stream().map(DeploymentUnit::number).toList());
        counted.put(unit.number(), new Counted(Instant.now(), now));
        return now;
    }
}
