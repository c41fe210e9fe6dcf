// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.GetResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a device says of its software modules, and of the commands that it works on.
///
/// @param keys the command keys of what it works on
record ModuleShelf(List<Unit> units, List<Environment> environments, List<String> architectures, List<String> keys) {
    static final String MODULES = "Device.SoftwareModules.";
    private static final String ENVIRONMENTS = MODULES + "ExecEnv.";
    private static final String UNITS = MODULES + "DeploymentUnit.";
    private static final String EXECUTIONS = MODULES + "ExecutionUnit.";
    private static final String PROCESSORS = "Device.DeviceInfo.Processor.";
    private static final String REQUESTS = "Device.LocalAgent.Request.";
    private static final int LONGEST_VERSION = 64;
    private static final Pattern ROW = Pattern.compile("(.+\\.)[0-9]+\\.");

    static final List<String> PATHS = List.of(ENVIRONMENTS, UNITS, EXECUTIONS, PROCESSORS, REQUESTS);

    /// The same without what devices of TR-069 have not.
    static final List<String> OVER_TR069 = List.of(ENVIRONMENTS, UNITS, EXECUTIONS, PROCESSORS);

    ModuleShelf {
        units = Frozen.list(units);
        environments = Frozen.list(environments);
        architectures = Frozen.list(architectures);
        keys = Frozen.list(keys);
    }

    /// A deployment unit.
    ///
    /// @param path with its dot
    /// @param executions its execution units
    record Unit(
            String path,
            String uuid,
            String name,
            String vendor,
            String version,
            String status,
            List<Execution> executions) {
        Unit {
            executions = Frozen.list(executions);
        }

        boolean isInstalled() {
            return status.equals("Installed");
        }

        /// The number of its row.
        String row() {
            return path.substring(path.lastIndexOf('.', path.length() - 2) + 1, path.length() - 1);
        }

        private boolean is(StoredModule module) {
            return uuid.equalsIgnoreCase(module.uuid())
                    || (name.equals(module.image().name()) && vendor.equals(module.vendor()));
        }
    }

    /// An execution unit.
    record Execution(String name, String status, String fault, String message) {
        boolean isOnItsWay() {
            return List.of("Starting", "Restarting", "Stopping").contains(status);
        }

        /// Why it does not run; empty where it runs, or need not.
        Optional<String> trouble() {
            return fault.isEmpty() || fault.equals("NoFault")
                    ? Optional.empty()
                    : Optional.of(name + " does not run: " + fault + (message.isEmpty() ? "" : ", " + message));
        }
    }

    /// An execution environment.
    ///
    /// @param path with its dot
    /// @param memory KiB that are free, -1 where the device does not say
    /// @param disk KiB, as of memory
    record Environment(String path, String name, String type, boolean up, long memory, long disk) {}

    static ModuleShelf of(GetResponse answer) {
        Map<String, Map<String, String>> objects = new TreeMap<>();
        answer.requestedPathResults()
                .forEach(path -> path.resolvedPathResults()
                        .forEach(object -> objects.computeIfAbsent(object.resolvedPath(), _ -> new TreeMap<>())
                                .putAll(object.resultParams())));
        List<Unit> units = new ArrayList<>();
        List<Environment> environments = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        objects.forEach((path, values) -> {
            Matcher row = ROW.matcher(path);
            switch (row.matches() ? row.group(1) : "") {
                case UNITS -> units.add(unit(path, values, objects));
                case ENVIRONMENTS -> environments.add(environment(path, values));
                case PROCESSORS -> architectures.add(values.getOrDefault("Architecture", ""));
                case REQUESTS -> keys.add(values.getOrDefault("CommandKey", ""));
                default -> {}
            }
        });
        List<String> words = architectures.stream()
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        return new ModuleShelf(units, environments, words, keys);
    }

    private static Unit unit(String path, Map<String, String> values, Map<String, Map<String, String>> objects) {
        List<Execution> executions = Arrays.stream(
                        values.getOrDefault("ExecutionUnitList", "").split(","))
                .map(String::strip)
                .map(reference -> objects.get(reference.endsWith(".") ? reference : reference + "."))
                .flatMap(found -> Optional.ofNullable(found).stream())
                .map(one -> new Execution(
                        one.getOrDefault("Name", ""),
                        one.getOrDefault("Status", ""),
                        one.getOrDefault("ExecutionFaultCode", ""),
                        one.getOrDefault("ExecutionFaultMessage", "")))
                .toList();
        return new Unit(
                path,
                values.getOrDefault("UUID", ""),
                values.getOrDefault("Name", ""),
                values.getOrDefault("Vendor", ""),
                bounded(values.getOrDefault("Version", "")),
                values.getOrDefault("Status", ""),
                executions);
    }

    /// A version has 32 characters in TR-181; what a device says beyond that is not compared.
    private static String bounded(String version) {
        return version.length() > LONGEST_VERSION ? version.substring(0, LONGEST_VERSION) : version;
    }

    private static Environment environment(String path, Map<String, String> values) {
        return new Environment(
                path,
                values.getOrDefault("Name", ""),
                values.getOrDefault("Type", ""),
                !"false".equals(values.get("Enable")) && "Up".equals(values.get("Status")),
                number(values.get("AvailableMemory")),
                number(values.get("AvailableDiskSpace")));
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    /// What is there of a module, in whatever version.
    List<Unit> of(StoredModule module) {
        return units.stream().filter(unit -> unit.is(module)).toList();
    }

    boolean isBusyWith(String key) {
        return keys.contains(key);
    }
}
