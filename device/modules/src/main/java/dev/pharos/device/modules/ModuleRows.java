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

    ModuleRows(RunningUnits units, Deployer deployer) {
        this.units = units;
        this.deployer = deployer;
    }

    /// Writes what has changed since the last time.
    ///
    /// @param restarting whether the execution environment is between stopping and starting
    void write(Transaction transaction, Inventory now, boolean restarting) {
        keepRows(transaction, now);
        // strong references lead to rows that are there
        now.units().forEach(unit -> unit.units().forEach(one -> writeExecution(transaction, now, unit, one)));
        writeEnvironment(transaction, now, restarting);
        now.units().forEach(unit -> writeUnit(transaction, unit));
    }

    private static void keepRows(Transaction transaction, Inventory now) {
        Set<String> wanted = new HashSet<>(Set.of(ModelPaths.ENVIRONMENT));
        row(transaction, ModelPaths.ENVIRONMENTS, 1, Map.of("Name", "Linux"));
        for (DeploymentUnit unit : now.units()) {
            for (ExecutionUnit one : unit.units()) {
                wanted.add(row(transaction, ModelPaths.EXECUTIONS, one.number(), Map.of("EUID", euid(one))));
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
                            ModelPaths.environment())));
        }
        for (String table : List.of("DeploymentUnit", "ExecutionUnit")) {
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

    private static String euid(ExecutionUnit unit) {
        return "Linux-" + unit.number();
    }

    private void writeEnvironment(Transaction transaction, Inventory now, boolean restarting) {
        Inventory.Environment environment = now.environment();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Enable", Boolean.toString(environment.enabled()));
        values.put("Status", restarting ? "Restarting" : environment.enabled() ? "Up" : "Disabled");
        values.put("Type", "Linux processes");
        values.put("Vendor", "dev.pharos");
        values.put("Version", "1");
        values.put("InitialRunLevel", Integer.toString(environment.initialRunLevel()));
        values.put("CurrentRunLevel", Integer.toString(units.runLevel()));
        values.put("InitialExecutionUnitRunLevel", Integer.toString(environment.initialUnitRunLevel()));
        values.put("CreatedAt", time(environment.created()));
        values.put("RestartReason", environment.restartReason());
        values.put("RestartCount", Long.toString(environment.restartCount()));
        environment.lastRestarted().ifPresent(when -> values.put("LastRestarted", time(when)));
        values.put(
                "ActiveExecutionUnits",
                now.units().stream()
                        .flatMap(unit -> unit.units().stream())
                        .filter(unit -> state(unit).status() == Status.ACTIVE)
                        .map(unit -> ModelPaths.execution(unit.number()))
                        .collect(Collectors.joining(",")));
        write(transaction, ModelPaths.ENVIRONMENT, values);
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
        boolean disabled = !now.environment().enabled();
        Bounds bounds = units.bounds(unit, one);
        RunAs user = units.host().user();
        String path = ModelPaths.execution(one.number()) + ".";
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Name", one.name());
        values.put("ExecEnvLabel", "eu-" + one.number());
        values.put("Status", state.status().text());
        values.put(
                "ExecutionFaultCode",
                disabled ? Fault.UNSTARTABLE.text() : state.fault().text());
        values.put("ExecutionFaultMessage", disabled ? "the execution environment is disabled" : state.message());
        values.put("AutoStart", Boolean.toString(one.settings().autoStart()));
        values.put("RunLevel", Integer.toString(one.settings().runLevel()));
        values.put("ShutdownDelay", Long.toString(one.settings().shutdownDelay()));
        values.put("Vendor", unit.manifest().vendor());
        values.put("Version", unit.manifest().version());
        values.put("Description", unit.plan(one).description());
        values.put("Privileged", Boolean.toString(user.isRoot()));
        values.put("AllocatedDiskSpace", Long.toString(bounds.disk()));
        // what nothing enforces is no bound
        boolean memory = units.host().cages().boundsMemory();
        values.put("AllocatedMemory", Long.toString(memory ? bounds.memory() : -1));
        boolean processor = units.host().cages().boundsProcessor();
        values.put("AllocatedCPUPercent", Integer.toString(processor ? bounds.cpu() : -1));
        values.put("AllocatedHostUID", Long.toString(user.uid()));
        values.put("AllocatedHostGID", Long.toString(user.gid()));
        values.put("CreationTime", time(one.created()));
        values.put("ExecutionEnvRef", ModelPaths.environment());
        write(transaction, path, values);
        writeRestart(transaction, path + "AutoRestart.", one.settings().restart(), state);
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
