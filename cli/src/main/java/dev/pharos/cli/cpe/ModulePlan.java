// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What an operation of TR-069 on deployment units comes to, by what is installed.
sealed interface ModulePlan {
    String MODULES = "Device.SoftwareModules.";

    /// One command of the data model.
    record Run(String command, Map<String, String> arguments) implements ModulePlan {
        /// Without arguments, which may be secret.
        @Override
        public String toString() {
            return command;
        }
    }

    /// It means several units, or none: one operation for each.
    record Several(List<DuOperation> each) implements ModulePlan {}

    record Impossible(FaultCode code, String why) implements ModulePlan {}

    Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    static ModulePlan of(DuOperation operation, Snapshot snapshot) {
        String uuid = ModuleResults.uuid(operation);
        if (!uuid.isEmpty() && !UUID.matcher(uuid).matches()) {
            return new Impossible(StandardFaultCode.INVALID_UUID_FORMAT, "UUID: no UUID of RFC 4122");
        }
        List<ObjectInstance> units = snapshot.object(MODULES).stream()
                .flatMap(modules -> modules.rows("DeploymentUnit").stream())
                .toList();
        return switch (operation) {
            case DuOperation.Install install -> install(install);
            case DuOperation.Update update -> update(update, units);
            case DuOperation.Uninstall uninstall -> uninstall(uninstall, units);
        };
    }

    private static ModulePlan install(DuOperation.Install install) {
        if (install.location().url().isEmpty()) {
            return new Impossible(StandardFaultCode.INVALID_ARGUMENTS, "URL: there is none");
        }
        Map<String, String> arguments = from(install.location());
        put(arguments, "UUID", install.uuid());
        put(arguments, "ExecutionEnvRef", install.executionEnvRef());
        return new Run(MODULES + "InstallDU()", arguments);
    }

    /// Without a UUID those that came from the URL, and without that all. Their data stays.
    private static ModulePlan update(DuOperation.Update update, List<ObjectInstance> units) {
        String url = update.location().url();
        List<ObjectInstance> meant = units.stream()
                .filter(is("UUID", update.uuid()))
                .filter(is("Version", update.version()))
                .filter(update.uuid().isEmpty() ? is("URL", url) : _ -> true)
                .toList();
        boolean all = update.uuid().isEmpty() && url.isEmpty();
        if (meant.isEmpty() && !all) {
            return unknown();
        }
        if (!update.uuid().isEmpty() && update.version().isEmpty() && meant.size() > 1) {
            return new Impossible(
                    StandardFaultCode.VERSION_NOT_SPECIFIED, "Version: several are installed, and none is said");
        }
        if (update.uuid().isEmpty()) {
            return new Several(meant.stream()
                    .<DuOperation>map(unit ->
                            new DuOperation.Update(value(unit, "UUID"), value(unit, "Version"), update.location()))
                    .toList());
        }
        Map<String, String> arguments = from(update.location());
        arguments.put("RetainData", "true");
        return new Run(meant.getFirst().path() + "Update()", arguments);
    }

    private static ModulePlan uninstall(DuOperation.Uninstall uninstall, List<ObjectInstance> units) {
        if (uninstall.uuid().isEmpty()) {
            return new Impossible(StandardFaultCode.INVALID_ARGUMENTS, "UUID: there is none");
        }
        List<ObjectInstance> meant = units.stream()
                .filter(is("UUID", uninstall.uuid()))
                .filter(is("Version", uninstall.version()))
                .filter(unit -> uninstall.executionEnvRef().isEmpty()
                        || undotted(value(unit, "ExecutionEnvRef")).equals(undotted(uninstall.executionEnvRef())))
                .toList();
        if (meant.isEmpty()) {
            return unknown();
        }
        if (meant.size() > 1 && uninstall.version().isEmpty()) {
            return new Several(meant.stream()
                    .<DuOperation>map(unit -> new DuOperation.Uninstall(
                            value(unit, "UUID"), value(unit, "Version"), value(unit, "ExecutionEnvRef")))
                    .toList());
        }
        return new Run(meant.getFirst().path() + "Uninstall()", Map.of());
    }

    private static ModulePlan unknown() {
        return new Impossible(StandardFaultCode.UNKNOWN_DEPLOYMENT_UNIT, "no such deployment unit is installed");
    }

    /// Whether a parameter has this value, where one is said; UUIDs are written in either case of letters.
    private static Predicate<ObjectInstance> is(String parameter, String wanted) {
        return unit -> wanted.isEmpty()
                || (parameter.equals("UUID")
                        ? value(unit, parameter).equalsIgnoreCase(wanted)
                        : value(unit, parameter).equals(wanted));
    }

    private static String value(ObjectInstance unit, String parameter) {
        return unit.value(parameter).orElse("");
    }

    private static String undotted(String path) {
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }

    private static Map<String, String> from(FileLocation location) {
        Map<String, String> arguments = new LinkedHashMap<>();
        put(arguments, "URL", location.url());
        put(arguments, "Username", location.username());
        put(arguments, "Password", location.password());
        return arguments;
    }

    private static void put(Map<String, String> arguments, String name, String value) {
        if (!value.isEmpty()) {
            arguments.put(name, value);
        }
    }
}
