// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.ubus;

import dev.pharos.agent.UspAgent;
import dev.pharos.cli.contact.Contacts;
import dev.pharos.cli.settings.UspSync;
import dev.pharos.device.prplos.ubus.UbusCall;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The agent as the object `usp` on ubus, for scripts and people on the gateway: `ubus call usp status`. Who
/// may call it, ubusd says by its access lists.
///
/// `get`, `set`, `add_object`, `del_object`, `operate`, `notify` and `instances` answer with `results`, a
/// row for each value, object, command, event or failure, in the words that bbfdm has for them: `path` and
/// `data`, or `path`, `fault` and `fault_msg`; of a command `output`, or `request` where it goes on.
public final class UspOnUbus {
    private static final String NAME = "usp";
    private static final Map<String, UbusValue.Kind> PATH = Map.of("path", UbusValue.Kind.TEXT);

    /// The longest mark of a command, as `CommandKey` of the data model has it.
    private static final int COMMAND_KEY = 32;

    private final UspAgent agent;

    private UspOnUbus(UspAgent agent) {
        this.agent = agent;
    }

    /// @param agent carries requests out, with the rights of whoever administers the device; started
    /// @param contacts how its controllers are reached
    /// @param settings what `reload` reads again; empty where the agent was told all on its command line
    public static UbusObject of(UspAgent agent, Contacts contacts, Optional<UspSync> settings) {
        UspOnUbus usp = new UspOnUbus(agent);
        Map<String, UbusMethod> methods = new LinkedHashMap<>();
        methods.put("status", UbusMethod.of(_ -> List.of(AgentStatus.of(agent::administer, contacts))));
        methods.put("get", new UbusMethod(and(PATH, "maxdepth", UbusValue.Kind.INT32), usp::get));
        methods.put(
                "set",
                new UbusMethod(and(and(PATH, "value", UbusValue.Kind.TEXT), "values", UbusValue.Kind.TABLE), usp::set));
        methods.put("add_object", new UbusMethod(and(PATH, "values", UbusValue.Kind.TABLE), usp::add));
        methods.put("del_object", new UbusMethod(PATH, usp::delete));
        methods.put(
                "operate",
                new UbusMethod(
                        and(and(PATH, "input", UbusValue.Kind.TABLE), "command_key", UbusValue.Kind.TEXT),
                        usp::operate));
        methods.put("notify", new UbusMethod(and(PATH, "values", UbusValue.Kind.TABLE), usp::raise));
        methods.put("instances", new UbusMethod(PATH, usp::instances));
        methods.put("reload", UbusMethod.of(_ -> List.of(reload(settings))));
        return new UbusObject(NAME, methods);
    }

    /// `changed` says how many controllers are otherwise now, `restart` which options count from the next
    /// start on.
    private static UbusTable reload(Optional<UspSync> settings) {
        UspSync.Reloaded reloaded = settings.map(UspSync::reload)
                .orElseGet(
                        () -> new UspSync.Reloaded(
                                0,
                                List.of(),
                                List.of(
                                        "no file is followed: the command line says who the controllers are, or one is looked for")));
        return UbusTable.EMPTY
                .with("changed", reloaded.changed())
                .with("restart", texts(reloaded.restart()))
                .with("warnings", texts(reloaded.warnings()));
    }

    private static UbusValue.Array texts(List<String> texts) {
        return new UbusValue.Array(
                texts.stream().<UbusValue>map(UbusValue.Text::new).toList());
    }

    private static Map<String, UbusValue.Kind> and(
            Map<String, UbusValue.Kind> arguments, String name, UbusValue.Kind kind) {
        Map<String, UbusValue.Kind> more = new LinkedHashMap<>(arguments);
        more.put(name, kind);
        return more;
    }

    private List<UbusTable> get(UbusCall call) throws UbusException {
        int depth = Math.clamp(call.arguments().number("maxdepth").orElse(0), 0, Integer.MAX_VALUE);
        return answer(path(call), new GetRequest(List.of(path(call)), depth));
    }

    private List<UbusTable> set(UbusCall call) throws UbusException {
        String path = path(call);
        if (path.endsWith(".")) {
            return answer(
                    path(call), new SetRequest(false, List.of(new SetRequest.UpdateObject(path, settings(call)))));
        }
        String value = call.arguments()
                .text("value")
                .orElseThrow(() -> new UbusException(UbusStatus.INVALID_ARGUMENT, "set of a parameter wants a value"));
        int dot = path.lastIndexOf('.') + 1;
        return answer(
                path(call),
                new SetRequest(
                        false,
                        List.of(new SetRequest.UpdateObject(
                                path.substring(0, dot),
                                List.of(new ParameterSetting(path.substring(dot), value, true))))));
    }

    private List<UbusTable> add(UbusCall call) throws UbusException {
        return answer(
                path(call), new AddRequest(false, List.of(new AddRequest.CreateObject(path(call), settings(call)))));
    }

    private List<UbusTable> delete(UbusCall call) throws UbusException {
        return answer(path(call), new DeleteRequest(false, List.of(path(call))));
    }

    private List<UbusTable> instances(UbusCall call) throws UbusException {
        return answer(path(call), new GetInstancesRequest(List.of(path(call)), false));
    }

    /// A command that goes on has a row, `request`; how it ends is told as the event `usp.operated`.
    private List<UbusTable> operate(UbusCall call) throws UbusException {
        String key = call.arguments().text("command_key").orElse("");
        if (key.length() > COMMAND_KEY) {
            throw new UbusException(
                    UbusStatus.INVALID_ARGUMENT, "a command_key has " + COMMAND_KEY + " characters at the most");
        }
        return answer(path(call), new OperateRequest(path(call), key, true, values(call, "input")));
    }

    /// Something has happened that a program on the gateway knows of.
    private List<UbusTable> raise(UbusCall call) throws UbusException {
        UbusTable row = UbusTable.EMPTY.with("path", path(call));
        try {
            agent.raise(path(call), values(call, "values"));
            return results(List.of(row));
        } catch (UspException refused) {
            return results(List.of(UbusResults.failed(row, refused.fault())));
        }
    }

    private List<UbusTable> answer(String path, Request<?> request) {
        return results(UbusResults.of(agent.administer(request), path));
    }

    private static List<UbusTable> results(List<UbusValue> rows) {
        return List.of(UbusTable.EMPTY.with("results", new UbusValue.Array(rows)));
    }

    private static String path(UbusCall call) throws UbusException {
        return call.arguments()
                .text("path")
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> new UbusException(UbusStatus.INVALID_ARGUMENT, "a path is wanted"));
    }

    private static List<ParameterSetting> settings(UbusCall call) throws UbusException {
        return values(call, "values").entrySet().stream()
                .map(each -> new ParameterSetting(each.getKey(), each.getValue(), true))
                .toList();
    }

    /// Numbers and truths may be given as such.
    private static Map<String, String> values(UbusCall call, String argument) throws UbusException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, UbusValue> each :
                call.arguments().table(argument).members().entrySet()) {
            values.put(each.getKey(), text(each.getKey(), each.getValue()));
        }
        return values;
    }

    private static String text(String name, UbusValue value) throws UbusException {
        return switch (value) {
            case UbusValue.Text(String text) -> text;
            case UbusValue.Bool(boolean truth) -> Boolean.toString(truth);
            case UbusValue.Int16(short number) -> Short.toString(number);
            case UbusValue.Int32(int number) -> Integer.toString(number);
            case UbusValue.Int64(long number) -> Long.toString(number);
            case UbusValue.Real _, UbusValue.Array _, UbusTable _, UbusValue.Null _ ->
                throw new UbusException(UbusStatus.INVALID_ARGUMENT, "the value of " + name + " is no text or number");
        };
    }
}
