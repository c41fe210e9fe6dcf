// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What was to be done in a session of TR-069, as requests of USP, and their answers as its end.
final class ErrandInUsp {
    private static final String MODEL = "Device.";
    private static final String DIAGNOSTIC = ".DiagnosticsState";

    /// What a diagnostic of TR-069 has found: over USP there are commands in their place.
    private static final Pattern RESULTS = Pattern.compile(".*[.]Diagnostics[.][A-Za-z]+[.]");

    private ErrandInUsp() {}

    /// The requests, one after the other until one is refused.
    ///
    /// @param key by which the device names a command afterwards, where nobody else has named it
    /// @return none where USP has nothing for it
    static List<Request<?>> requests(Errand errand, String key) {
        return switch (errand) {
            case Errand.SetValues(Map<String, String> values)
            when isInModel(values.keySet()) && values.keySet().stream().noneMatch(path -> path.endsWith(DIAGNOSTIC)) ->
                List.of(set(values));
            case Errand.ReadValues(List<String> paths) when isInModel(paths) -> List.of(new GetRequest(paths, 0));
            case Errand.AddRow(String table, Map<String, String> values)
            when isInModel(List.of(table)) ->
                List.of(new AddRequest(false, List.of(new AddRequest.CreateObject(table, settings(values)))));
            case Errand.DeleteRows(List<String> rows) when isInModel(rows) -> List.of(new DeleteRequest(false, rows));
            case Errand.ChangeModules change ->
                change.changes().stream()
                        .<Request<?>>map(each -> command(each.command(), each.commandKey(), arguments(each)))
                        .toList();
            case Errand.RequestStates request ->
                request.changes().stream()
                        .<Request<?>>map(each ->
                                command(each.command(), each.commandKey(), Map.of("RequestedState", each.state())))
                        .toList();
            case Errand.Restart(boolean factoryReset) ->
                List.of(command(factoryReset ? "Device.FactoryReset()" : "Device.Reboot()", key, Map.of()));
            case Errand.CallMethod(ScheduleInform later) ->
                List.of(command(
                        TimerCommand.COMMAND,
                        later.commandKey().isEmpty() ? key : later.commandKey(),
                        Map.of("DelaySeconds", Long.toString(later.delay().toSeconds()))));
            case Errand.CallMethod _ -> List.of();
            case Errand.SetValues _, Errand.ReadValues _, Errand.AddRow _, Errand.DeleteRows _ -> List.of();
            case Errand.MeetController _, Errand.LeaveController _, Errand.FetchFile _, Errand.SendFile _ -> List.of();
        };
    }

    /// Whether a session of TR-069 is to do it as long as there may be one: USP has nothing for it, or finds less.
    static boolean isForSession(Errand errand) {
        return requests(errand, "").isEmpty()
                || (errand instanceof Errand.ReadValues(List<String> paths)
                        && paths.stream().anyMatch(path -> RESULTS.matcher(path).matches()));
    }

    private static boolean isInModel(Collection<String> paths) {
        return !paths.isEmpty() && paths.stream().allMatch(path -> path.startsWith(MODEL));
    }

    private static SetRequest set(Map<String, String> values) {
        Map<String, List<ParameterSetting>> objects = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            int name = path.lastIndexOf('.') + 1;
            objects.computeIfAbsent(path.substring(0, name), _ -> new ArrayList<>())
                    .add(new ParameterSetting(path.substring(name), value, true));
        });
        return new SetRequest(
                false,
                objects.entrySet().stream()
                        .map(object -> new SetRequest.UpdateObject(object.getKey(), object.getValue()))
                        .toList());
    }

    private static List<ParameterSetting> settings(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> new ParameterSetting(each.getKey(), each.getValue(), true))
                .toList();
    }

    private static OperateRequest command(String command, String key, Map<String, String> arguments) {
        return new OperateRequest(command, key, true, arguments);
    }

    /// As they were asked for; which unit is meant says the command.
    private static Map<String, String> arguments(ModuleChange change) {
        Map<String, String> arguments = new LinkedHashMap<>();
        switch (change.operation()) {
            case DuOperation.Install(FileLocation from, String uuid, String environment) -> {
                putAll(arguments, from);
                arguments.put("UUID", uuid);
                arguments.put("ExecutionEnvRef", environment);
            }
            case DuOperation.Update(String _, String _, FileLocation from) -> putAll(arguments, from);
            case DuOperation.Uninstall _ -> {}
        }
        arguments.values().removeIf(String::isEmpty);
        return arguments;
    }

    private static void putAll(Map<String, String> arguments, FileLocation from) {
        arguments.put("URL", from.url());
        arguments.put("Username", from.username());
        arguments.put("Password", from.password());
    }

    /// What the answer to one of the requests comes to.
    static ErrandEnd end(Response response) {
        return switch (response) {
            case SetResponse set ->
                refused(set.updatedObjectResults().stream()
                        .map(SetResponse.UpdatedObjectResult::operationStatus)
                        .flatMap(status -> status instanceof SetResponse.OperationFailure failure
                                ? Stream.of(new UspError(failure.fault()))
                                : Stream.empty()));
            case GetResponse got ->
                new ErrandEnd.Read(got.requestedPathResults().stream()
                        .filter(result -> result.fault().isPresent()
                                || result.resolvedPathResults().isEmpty())
                        .map(GetResponse.RequestedPathResult::requestedPath)
                        .toList());
            case AddResponse added -> added(added);
            case DeleteResponse deleted -> deleted(deleted);
            case OperateResponse operated -> operated(operated);
            default -> throw new IllegalArgumentException("no answer to an errand: " + response);
        };
    }

    private static ErrandEnd refused(Stream<UspError> errors) {
        return errors.findFirst().<ErrandEnd>map(ErrandEnd.Declined::new).orElseGet(() -> new ErrandEnd.Done(true));
    }

    private static ErrandEnd added(AddResponse response) {
        return switch (response.createdObjectResults().getFirst().operationStatus()) {
            case AddResponse.OperationSuccess row -> new ErrandEnd.Added(row.instantiatedPath());
            case AddResponse.OperationFailure failure -> new ErrandEnd.Declined(new UspError(failure.fault()));
        };
    }

    /// A row that stays is a refusal, also where the device tells of it beside those that went.
    private static ErrandEnd deleted(DeleteResponse response) {
        return refused(response.deletedObjectResults().stream().flatMap(result -> switch (result.operationStatus()) {
            case DeleteResponse.OperationFailure failure -> Stream.of(new UspError(failure.fault()));
            case DeleteResponse.OperationSuccess success ->
                success.unaffectedPathErrors().stream().map(each -> new UspError(each.fault()));
        }));
    }

    private static ErrandEnd operated(OperateResponse response) {
        List<OperateResponse.OperationOutcome> outcomes = response.operationResults().stream()
                .map(OperateResponse.OperationResult::outcome)
                .toList();
        for (OperateResponse.OperationOutcome outcome : outcomes) {
            if (outcome instanceof OperateResponse.CommandFailure(var fault)) {
                return new ErrandEnd.Declined(new UspError(fault));
            }
        }
        return outcomes.stream().anyMatch(OperateResponse.RequestObject.class::isInstance)
                ? new ErrandEnd.UnderWay("The device is at work, and an event tells how it ended.")
                : new ErrandEnd.Done(true);
    }
}
