// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinStore;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.OperateRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands of USP on software modules, as what TR-069 has for them: ChangeDUState, and RequestedState of execution
/// units. Which unit is meant is known by the device's twin.
public final class ModuleCommands {
    /// What all of them begin with.
    public static final String MODULES = "Device.SoftwareModules.";

    private static final String INSTALL = MODULES + "InstallDU()";
    private static final Pattern ON_ROWS =
            Pattern.compile("Device[.]SoftwareModules[.](DeploymentUnit|ExecutionUnit)[.]"
                    + "(?:([0-9]{1,18})|([*])|\\[Name==\"([^\"]*)\"])[.]([A-Za-z]+\\(\\))");
    private static final Set<String> FROM = Set.of("URL", "Username", "Password");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 12;

    private ModuleCommands() {}

    /// What a command comes to.
    public sealed interface Meaning {
        record ToDo(Errand errand, List<String> commands) implements Meaning {
            public ToDo {
                commands = List.copyOf(commands);
            }
        }

        /// No unit of the device is meant, as far as is known.
        record NoUnit() implements Meaning {}

        /// @param why as a sentence without its dot
        record Impossible(String why) implements Meaning {}
    }

    /// Whether a command is one of software modules at all.
    public static boolean isOne(String command) {
        return command.startsWith(MODULES);
    }

    public static Meaning of(EndpointId device, OperateRequest request, TwinStore twins) {
        String key = freshKey();
        if (request.command().equals(INSTALL)) {
            return install(request, key);
        }
        Matcher rows = ON_ROWS.matcher(request.command());
        if (!rows.matches()) {
            return new Meaning.Impossible("TR-069 has nothing for " + request.command());
        }
        List<String> units = units(device, rows, twins);
        Function command = new Function(request, rows.group(5), units);
        return switch (rows.group(1) + " " + rows.group(5)) {
            case "DeploymentUnit Update()", "DeploymentUnit Uninstall()" -> deploy(device, command, twins, key);
            case "ExecutionUnit SetRequestedState()" -> request(command);
            default -> new Meaning.Impossible("TR-069 has nothing for " + rows.group(5));
        };
    }

    /// By which the device names the operations afterwards, up to 32 characters. Drawn, so that none comes twice, not
    /// even on a server that was restored from a backup.
    private static String freshKey() {
        byte[] drawn = new byte[KEY_BYTES];
        RANDOM.nextBytes(drawn);
        return "du-" + HexFormat.of().formatHex(drawn);
    }

    /// @param name of the command, with its parentheses
    /// @param units the rows that are meant, with their dots
    private record Function(OperateRequest request, String name, List<String> units) {
        String on(String unit) {
            return unit + name;
        }

        String argument(String argument) {
            return request.inputArgs().getOrDefault(argument, "");
        }
    }

    private static Meaning install(OperateRequest request, String key) {
        Map<String, String> arguments = request.inputArgs();
        Optional<String> objection =
                objection(arguments, Set.of("URL", "Username", "Password", "UUID", "ExecutionEnvRef"));
        if (objection.isPresent()) {
            return new Meaning.Impossible(objection.get());
        }
        if (arguments.getOrDefault("URL", "").isEmpty()) {
            return new Meaning.Impossible("URL is missing");
        }
        DuOperation operation = new DuOperation.Install(
                from(arguments), arguments.getOrDefault("UUID", ""), arguments.getOrDefault("ExecutionEnvRef", ""));
        return new Meaning.ToDo(
                new Errand.ChangeModules(
                        key, List.of(new ModuleChange(request.command(), request.commandKey(), operation))),
                List.of(request.command()));
    }

    private static Meaning deploy(EndpointId device, Function command, TwinStore twins, String key) {
        Map<String, String> arguments = command.request().inputArgs();
        boolean update = command.name().equals("Update()");
        Set<String> allowed = new TreeSet<>(update ? FROM : Set.of());
        allowed.add("RetainData");
        Optional<String> objection = objection(arguments, allowed);
        if (objection.isPresent()) {
            return new Meaning.Impossible(objection.get());
        }
        if (!update && command.argument("RetainData").equals("true")) {
            return new Meaning.Impossible("TR-069 cannot say that data is to stay (RetainData)");
        }
        if (command.units().isEmpty()) {
            return new Meaning.NoUnit();
        }
        List<ModuleChange> changes = command.units().stream()
                .map(unit -> {
                    String uuid = value(device, unit + "UUID", twins);
                    String version = value(device, unit + "Version", twins);
                    return new ModuleChange(
                            command.on(unit),
                            command.request().commandKey(),
                            update
                                    ? new DuOperation.Update(uuid, version, from(arguments))
                                    : new DuOperation.Uninstall(
                                            uuid, version, value(device, unit + "ExecutionEnvRef", twins)));
                })
                .toList();
        return new Meaning.ToDo(
                new Errand.ChangeModules(key, changes),
                changes.stream().map(ModuleChange::command).toList());
    }

    private static Meaning request(Function command) {
        Optional<String> objection = objection(command.request().inputArgs(), Set.of("RequestedState"));
        String state = command.argument("RequestedState");
        if (objection.isPresent()) {
            return new Meaning.Impossible(objection.get());
        }
        if (!state.equals("Active") && !state.equals("Idle")) {
            return new Meaning.Impossible("RequestedState must be Active or Idle");
        }
        if (command.units().isEmpty()) {
            return new Meaning.NoUnit();
        }
        List<StateChange> changes = command.units().stream()
                .map(unit -> new StateChange(command.on(unit), command.request().commandKey(), unit, state))
                .toList();
        return new Meaning.ToDo(
                new Errand.RequestStates(changes),
                changes.stream().map(StateChange::command).toList());
    }

    private static Optional<String> objection(Map<String, String> arguments, Set<String> allowed) {
        Set<String> beyond = new TreeSet<>(arguments.keySet());
        beyond.removeAll(allowed);
        return beyond.isEmpty()
                ? Optional.empty()
                : Optional.of("TR-069 cannot say " + String.join(", ", beyond) + ", but "
                        + String.join(", ", new TreeSet<>(allowed)));
    }

    private static FileLocation from(Map<String, String> arguments) {
        return new FileLocation(
                arguments.getOrDefault("URL", ""),
                arguments.getOrDefault("Username", ""),
                arguments.getOrDefault("Password", ""));
    }

    /// The rows of the twin that are meant, each of which has a name there.
    private static List<String> units(EndpointId device, Matcher rows, TwinStore twins) {
        String table = MODULES + rows.group(1) + ".";
        Pattern named = Pattern.compile(Pattern.quote(table) + "([0-9]+)[.]Name");
        String name = rows.group(4) == null
                ? null
                : rows.group(4).replace("%22", "\"").replace("%25", "%");
        return twins.list(device, table, Limits.VALUES).stream()
                .filter(value -> {
                    Matcher row = named.matcher(value.path());
                    return row.matches()
                            && (rows.group(2) == null || rows.group(2).equals(row.group(1)))
                            && (name == null || name.equals(value.value()));
                })
                .map(value -> value.path().substring(0, value.path().length() - "Name".length()))
                .toList();
    }

    private static String value(EndpointId device, String path, TwinStore twins) {
        return twins.find(device, path).map(found -> found.value()).orElse("");
    }
}
