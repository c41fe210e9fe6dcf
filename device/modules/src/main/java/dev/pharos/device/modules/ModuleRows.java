// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.modules.process.RestartPolicy;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.process.UnitState;
import dev.pharos.device.modules.process.UnitState.Fault;
import dev.pharos.device.modules.process.UnitState.Status;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.Manifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What there is, as rows of the data model.
final class ModuleRows {
    private static final UnitState UNKNOWN =
            new UnitState(Status.IDLE, Fault.NO_FAULT, "", Optional.empty(), 0, Optional.empty(), Optional.empty());

    private final RunningUnits units;
    private final Deployer deployer;
    private final Environments environments;

    ModuleRows(Environments environments, RunningUnits units, Deployer deployer) {
        this.environments = environments;
        this.units = units;
        this.deployer = deployer;
    }

    /// Writes what has changed since the last time.
    ///
    /// @param restarting execution environments that are between stopping and starting
    void write(Transaction transaction, Inventory now, Set<EnvironmentKind> restarting) {
        keepRows(transaction, now);
        // strong references lead to rows that are there
        now.units().forEach(unit -> unit.units().forEach(one -> writeExecution(transaction, now, unit, one)));
        environments.there().forEach(kind -> writeEnvironment(transaction, now, kind, restarting.contains(kind)));
        now.units().forEach(unit -> writeUnit(transaction, unit));
    }

    private void keepRows(Transaction transaction, Inventory now) {
        Set<String> wanted = new HashSet<>();
        for (EnvironmentKind kind : environments.there()) {
            wanted.add(row(transaction, ModelPaths.ENVIRONMENTS, kind.number(), Map.of("Name", kind.label())));
        }
        for (DeploymentUnit unit : now.units()) {
            for (ExecutionUnit one : unit.units()) {
                wanted.add(row(
                        transaction,
                        ModelPaths.EXECUTIONS,
                        one.number(),
                        Map.of("EUID", unit.kind().label() + "-" + one.number())));
            }
            wanted.add(row(
                    transaction,
                    ModelPaths.UNITS,
                    unit.number(),
                    Map.of(
                            "UUID",
                            unit.uuid(),
                            "Version",
                            unit.manifest().version(),
                            "ExecutionEnvRef",
                            unit.kind().reference())));
        }
        for (String table : List.of("DeploymentUnit", "ExecutionUnit", "ExecEnv")) {
            for (ObjectInstance row : rows(transaction.snapshot(), table)) {
                if (!wanted.contains(row.path())) {
                    transaction.delete(row.path());
                }
            }
        }
    }

    private static List<ObjectInstance> rows(Snapshot snapshot, String table) {
        return snapshot.object(ModelPaths.MODULES)
                .map(modules -> modules.rows(table))
                .orElse(List.of());
    }

    /// @return its path
    private static String row(Transaction transaction, String table, long number, Map<String, String> keys) {
        String path = table + number + ".";
        if (transaction.snapshot().object(path).isEmpty()) {
            String _ = transaction.add(table, number);
        }
        write(transaction, path, keys);
        return path;
    }

    private void writeEnvironment(Transaction transaction, Inventory now, EnvironmentKind kind, boolean restarting) {
        Inventory.Environment environment = now.environment(kind);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Enable", Boolean.toString(environment.enabled()));
        String up = environments.problem(kind).isEmpty() ? "Up" : "Error";
        values.put("Status", restarting ? "Restarting" : environment.enabled() ? up : "Disabled");
        boolean containers = kind == EnvironmentKind.CONTAINERS;
        values.put("Type", containers ? environments.runtime().type() : "Linux processes");
        values.put("Vendor", containers ? environments.runtime().vendor() : "dev.pharos");
        values.put("Version", containers ? environments.runtime().version() : "1");
        values.put("InitialRunLevel", Integer.toString(environment.initialRunLevel()));
        values.put("CurrentRunLevel", Integer.toString(units.runLevel(kind)));
        values.put("InitialExecutionUnitRunLevel", Integer.toString(environment.initialUnitRunLevel()));
        values.put("CreatedAt", time(environment.created()));
        values.put("RestartReason", environment.restartReason());
        values.put("RestartCount", Long.toString(environment.restartCount()));
        environment.lastRestarted().ifPresent(when -> values.put("LastRestarted", time(when)));
        values.put(
                "ActiveExecutionUnits",
                now.executions(kind).stream()
                        .filter(unit -> state(unit).status() == Status.ACTIVE)
                        .map(unit -> ModelPaths.execution(unit.number()))
                        .collect(Collectors.joining(",")));
        write(transaction, kind.path(), values);
    }

    private UnitState state(ExecutionUnit unit) {
        return units.state(unit.number()).orElse(UNKNOWN);
    }

    private void writeUnit(Transaction transaction, DeploymentUnit unit) {
        Manifest manifest = unit.manifest();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("DUID", unit.folderName());
        values.put("Name", manifest.name());
        values.put("Status", deployer.status(unit.number()));
        values.put("Resolved", "true");
        values.put("URL", unit.source().url());
        values.put("Description", manifest.description());
        values.put("Vendor", manifest.vendor());
        values.put("Installed", time(unit.installed()));
        values.put("LastUpdate", time(unit.updated()));
        values.put("ModuleVersion", unit.moduleVersion());
        values.put(
                "ExecutionUnitList",
                unit.units().stream()
                        .map(one -> ModelPaths.execution(one.number()))
                        .collect(Collectors.joining(",")));
        write(transaction, ModelPaths.unit(unit.number()) + ".", values);
    }

    private void writeExecution(Transaction transaction, Inventory now, DeploymentUnit unit, ExecutionUnit one) {
        UnitState state = state(one);
        String obstacle = obstacle(now, unit.kind());
        Bounds bounds = units.bounds(unit, one);
        RunAs user = units.host().user();
        String path = ModelPaths.execution(one.number()) + ".";
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Name", one.name());
        values.put("ExecEnvLabel", "eu-" + one.number());
        values.put("Status", state.status().text());
        values.put("ExecutionFaultCode", obstacle.isEmpty() ? state.fault().text() : Fault.UNSTARTABLE.text());
        values.put("ExecutionFaultMessage", obstacle.isEmpty() ? state.message() : obstacle);
        values.put("AutoStart", Boolean.toString(one.settings().autoStart()));
        values.put("RunLevel", Integer.toString(one.settings().runLevel()));
        values.put("ShutdownDelay", Long.toString(one.settings().shutdownDelay()));
        values.put("Vendor", unit.manifest().vendor());
        values.put("Version", unit.manifest().version());
        values.put("Description", unit.plan(one).description());
        values.put("Privileged", Boolean.toString(user.isRoot() && unit.kind() == EnvironmentKind.PROCESSES));
        values.put("AllocatedDiskSpace", Long.toString(bounds.disk()));
        // what nothing enforces is no bound
        boolean memory = units.host().cages().boundsMemory();
        values.put("AllocatedMemory", Long.toString(memory ? bounds.memory() : -1));
        boolean processor = units.host().cages().boundsProcessor();
        values.put("AllocatedCPUPercent", Integer.toString(processor ? bounds.cpu() : -1));
        values.put("AllocatedHostUID", Long.toString(user.uid()));
        values.put("AllocatedHostGID", Long.toString(user.gid()));
        values.put("CreationTime", time(one.created()));
        values.put("ExecutionEnvRef", unit.kind().reference());
        write(transaction, path, values);
        writeRestart(transaction, path + "AutoRestart.", one.settings().restart(), state);
    }

    /// Why no unit of an execution environment can run; empty where they can.
    private String obstacle(Inventory now, EnvironmentKind kind) {
        String why =
                now.environment(kind).enabled() ? environments.problem(kind) : "the execution environment is disabled";
        return why.length() > Limits.MESSAGE ? why.substring(0, Limits.MESSAGE) : why;
    }

    private static void writeRestart(Transaction transaction, String path, RestartPolicy policy, UnitState state) {
        write(
                transaction,
                path,
                Map.of(
                        "Enable", Boolean.toString(policy.enabled()),
                        "RetryMinimumWaitInterval", Long.toString(policy.minimumWait()),
                        "RetryMaximumWaitInterval", Long.toString(policy.maximumWait()),
                        "RetryIntervalMultiplier", Long.toString(policy.multiplier()),
                        "MaximumRetryCount", Long.toString(policy.maximumCount()),
                        "ResetPeriod", Long.toString(policy.resetPeriod()),
                        "RetryCount", Long.toString(state.retries()),
                        "LastRestarted",
                                state.lastRestarted().map(ModuleRows::time).orElse(UnitChange.UNKNOWN_TIME),
                        "NextRestart", state.nextRestart().map(ModuleRows::time).orElse(UnitChange.UNKNOWN_TIME)));
    }

    private static void write(Transaction transaction, String path, Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!transaction.snapshot().value(path + name).orElse("").equals(value)) {
                transaction.set(path + name, value);
            }
        });
    }

    private static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
