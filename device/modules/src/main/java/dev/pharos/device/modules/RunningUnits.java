// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.process.Supervisor;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.device.modules.process.UnitState;
import dev.pharos.device.modules.process.UnitState.Status;
import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The execution environments: a supervisor for each execution unit. Thread-safe.
final class RunningUnits {
    private static final Logger LOG = LoggerFactory.getLogger(RunningUnits.class);

    private final Places places;
    private final UnitHost host;
    private final Runnable changed;
    private final UnitWork works;
    private final Map<Long, Supervisor> supervisors = new HashMap<>();
    private final Map<EnvironmentKind, Integer> runLevels = new EnumMap<>(EnvironmentKind.class);
    private boolean closed;

    /// @param changed told where a unit is in another state, on any thread
    RunningUnits(Places places, UnitHost host, OciRuntime runtime, Runnable changed) {
        this.places = places;
        this.host = host;
        this.works = new UnitWork(places, host.user(), runtime);
        this.changed = changed;
    }

    synchronized int runLevel(EnvironmentKind kind) {
        return runLevels.getOrDefault(kind, 0);
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
        works.prepareData(unit);
        for (ExecutionUnit one : unit.units()) {
            Path log = places.log(one.number());
            host.endOrphans(log);
            Supervisor supervisor = new Supervisor(
                    UnitWork.id(one),
                    () -> works.of(unit, one),
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

    Bounds bounds(DeploymentUnit unit, ExecutionUnit one) {
        return works.bounds(unit, one);
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

    /// Sets the run level of an execution environment, and starts what starts by itself at it, the lowest
    /// levels first.
    void enter(EnvironmentKind kind, int level, List<ExecutionUnit> all) throws InterruptedException {
        synchronized (this) {
            runLevels.put(kind, level);
        }
        startAutomatic(kind, all);
    }

    /// Starts those of these units of an execution environment that start by themselves at the run level that
    /// it has.
    void startAutomatic(EnvironmentKind kind, List<ExecutionUnit> units) throws InterruptedException {
        List<ExecutionUnit> wanted = units.stream()
                .filter(unit -> unit.settings().autoStart() && unit.settings().runLevel() <= runLevel(kind))
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
