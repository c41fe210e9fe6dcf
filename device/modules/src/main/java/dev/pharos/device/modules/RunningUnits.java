// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.process.Supervisor;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.device.modules.process.UnitState;
import dev.pharos.device.modules.process.UnitState.Status;
import dev.pharos.device.modules.process.Work;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.UnitPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The execution environment: a supervisor for each execution unit. Thread-safe.
final class RunningUnits {
    private static final Logger LOG = LoggerFactory.getLogger(RunningUnits.class);

    private final Places places;
    private final UnitHost host;
    private final Runnable changed;
    private final Map<Long, Supervisor> supervisors = new HashMap<>();
    private int runLevel;
    private boolean closed;

    /// @param changed told where a unit is in another state, on any thread
    RunningUnits(Places places, UnitHost host, Runnable changed) {
        this.places = places;
        this.host = host;
        this.changed = changed;
    }

    synchronized int runLevel() {
        return runLevel;
    }

    synchronized Optional<Supervisor> supervisor(long executionUnit) {
        return Optional.ofNullable(supervisors.get(executionUnit));
    }

    /// How a unit is; as one that does not run where it is not known.
    Optional<UnitState> state(long executionUnit) {
        return supervisor(executionUnit).map(Supervisor::state);
    }

    /// Takes the units of a deployment unit in, none of them running; those that were there are forgotten.
    void adopt(DeploymentUnit unit) throws IOException, InterruptedException {
        prepareData(unit);
        for (ExecutionUnit one : unit.units()) {
            Path log = places.log(one.number());
            host.endOrphans(log);
            Supervisor supervisor = new Supervisor(
                    work(unit, one, log),
                    host,
                    one.settings().restart(),
                    one.settings().patience(),
                    changed);
            boolean late;
            synchronized (this) {
                supervisors.put(one.number(), supervisor);
                late = closed;
            }
            if (late) {
                supervisor.retire(Duration.ZERO);
            }
        }
    }

    private void prepareData(DeploymentUnit unit) throws IOException {
        Path data = places.data(unit.uuid());
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        RunAs user = host.user();
        if (!user.itself()) {
            Files.setAttribute(data, "unix:uid", (int) user.uid());
            Files.setAttribute(data, "unix:gid", (int) user.gid());
        }
    }

    private Work work(DeploymentUnit unit, ExecutionUnit one, Path log) {
        UnitPlan plan = unit.plan(one);
        Path folder = places.release(unit.number(), unit.release()).toAbsolutePath();
        List<String> command = new ArrayList<>(plan.command());
        command.set(0, folder.resolve(command.getFirst()).toString());
        String data = places.data(unit.uuid()).toAbsolutePath().toString();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", data);
        environment.put("PHAROS_DATA", data);
        environment.put("PHAROS_UNIT", one.name());
        environment.putAll(plan.environment());
        environment.putAll(unit.wishes().environment());
        return new Work("eu-" + one.number(), command, folder, environment, bounds(unit, one), log);
    }

    Bounds bounds(DeploymentUnit unit, ExecutionUnit one) {
        return unit.plan(one)
                .bounds()
                .with(unit.wishes().memory(), unit.wishes().cpu(), unit.wishes().disk());
    }

    /// Stops units for good.
    ///
    /// @param longest that each may take over its last work, if that is less than its shutdown delay
    void retire(List<ExecutionUnit> units, Duration longest) throws InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        for (ExecutionUnit unit : units) {
            supervisor(unit.number())
                    .ifPresent(supervisor -> work.add(() -> {
                        supervisor.retire(longest);
                        return null;
                    }));
        }
        atOnce(work);
    }

    /// Stops all units for good, those too that are still to come.
    void close(List<ExecutionUnit> units) throws InterruptedException {
        synchronized (this) {
            closed = true;
        }
        retire(units, Limits.GOODBYE);
    }

    /// No unit has these numbers any more.
    synchronized void forget(List<ExecutionUnit> units) {
        units.forEach(unit -> supervisors.remove(unit.number()));
    }

    /// Those of these units that run, or are about to.
    List<ExecutionUnit> running(List<ExecutionUnit> units) {
        return units.stream()
                .filter(unit -> state(unit.number())
                        .filter(state -> state.status() != Status.IDLE)
                        .isPresent())
                .toList();
    }

    /// Sets the run level, and starts what starts by itself at it, the lowest levels first.
    void enter(int level, Inventory inventory) throws InterruptedException {
        synchronized (this) {
            runLevel = level;
        }
        startAutomatic(inventory.units().stream()
                .flatMap(unit -> unit.units().stream())
                .toList());
    }

    /// Starts those of these units that start by themselves at the run level that there is.
    void startAutomatic(List<ExecutionUnit> units) throws InterruptedException {
        List<ExecutionUnit> wanted = units.stream()
                .filter(unit -> unit.settings().autoStart() && unit.settings().runLevel() <= runLevel())
                .filter(unit -> state(unit.number())
                        .filter(state -> state.status() == Status.IDLE)
                        .isPresent())
                .sorted(Comparator.comparingInt(unit -> unit.settings().runLevel()))
                .toList();
        for (ExecutionUnit unit : wanted) {
            Optional<Supervisor> supervisor = supervisor(unit.number());
            if (supervisor.isPresent()) {
                supervisor.get().start(true);
            }
        }
    }

    /// Stops these units.
    void stop(List<ExecutionUnit> units) throws InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        for (ExecutionUnit unit : units) {
            supervisor(unit.number())
                    .ifPresent(supervisor -> work.add(() -> {
                        supervisor.stop();
                        return null;
                    }));
        }
        atOnce(work);
    }

    private static void atOnce(List<Callable<Void>> work) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> one : threads.invokeAll(work)) {
                if (one.state() == Future.State.FAILED) {
                    LOG.error("a unit could not be stopped", one.exceptionNow());
                }
            }
        }
    }

    /// What management set counts at once.
    void adjust(ExecutionUnit unit) {
        supervisor(unit.number())
                .ifPresent(supervisor -> supervisor.adjust(
                        unit.settings().restart(), unit.settings().patience()));
    }

    UnitHost host() {
        return host;
    }
}
