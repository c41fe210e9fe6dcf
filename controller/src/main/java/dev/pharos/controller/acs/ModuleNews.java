// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.EventKeeper.Told;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a device tells over TR-069 of its software modules, as the events that USP has for the same: `DUStateChange!`
/// for each operation, and the end of the command for each that was asked for here.
record ModuleNews(EndpointId device, Instant now) {
    /// @param order which it was; empty where none of this key is known, or its end was told already
    List<Told> complete(DuStateChangeComplete report, Optional<ModuleOrder> order) {
        List<Told> told = new ArrayList<>();
        Marks marks = new Marks(device + " " + report.commandKey());
        List<DuResult> left = new ArrayList<>(report.results());
        List<ModuleOrder.Item> items = order.map(ModuleOrder::items).orElse(List.of());
        for (ModuleOrder.Item item : items) {
            Optional<DuResult> result = take(left, item);
            result.ifPresent(each -> told.add(Told.of(new NewEvent(
                    change(each, operation(item.command()), report.commandKey()), marks.next(each.toString())))));
            told.add(Told.of(new NewEvent(end(item, result), marks.next(item.toString()))));
        }
        left.forEach(each ->
                told.add(Told.of(new NewEvent(change(each, "", report.commandKey()), marks.next(each.toString())))));
        return told;
    }

    /// Each unit is told of once: by its UUID where that is known, else in the order that was asked for.
    private static Optional<DuResult> take(List<DuResult> left, ModuleOrder.Item item) {
        Optional<DuResult> mine = left.stream()
                .filter(each -> !item.uuid().isEmpty()
                        && item.uuid().equalsIgnoreCase(each.unit().uuid()))
                .findFirst()
                .or(() -> left.stream().findFirst());
        mine.ifPresent(left::remove);
        return mine;
    }

    private static String operation(String command) {
        return command.endsWith("Update()") ? "Update" : command.endsWith("Uninstall()") ? "Uninstall" : "Install";
    }

    List<Told> autonomous(AutonomousDuStateChangeComplete report) {
        List<Told> told = new ArrayList<>();
        Marks marks = new Marks(device + " by itself");
        for (AutonomousDuResult each : report.results()) {
            told.add(Told.of(
                    new NewEvent(change(each.result(), each.operationPerformed(), ""), marks.next(each.toString()))));
        }
        return told;
    }

    private DeviceEvent change(DuResult result, String operation, String key) {
        FaultStruct fault = result.outcome().fault();
        Map<String, String> args = new LinkedHashMap<>();
        args.put("UUID", result.unit().uuid());
        args.put("DeploymentUnitRef", CwmpNames.inModel(result.unit().deploymentUnitRef()));
        args.put("Version", result.unit().version());
        args.put("CurrentState", result.currentState().word());
        args.put("Resolved", String.valueOf(result.resolved()));
        args.put("ExecutionUnitRefList", CwmpNames.valueInModel(result.executionUnitRefList()));
        args.put("StartTime", result.outcome().startTime().text());
        args.put("CompleteTime", result.outcome().completeTime().text());
        if (!operation.isEmpty()) {
            args.put("OperationPerformed", operation);
        }
        args.put(
                "Fault.FaultCode",
                fault.isFault()
                        ? String.valueOf(FaultMeaning.of(fault).errCode().code())
                        : "0");
        args.put("Fault.FaultString", fault.isFault() ? words(fault) : "");
        if (!key.isEmpty()) {
            args.put("CommandKey", key);
        }
        String what = result.unit().uuid().isEmpty()
                ? "a deployment unit"
                : result.unit().uuid();
        String text = ModuleCommands.MODULES + "DUStateChange! happened: " + what + " "
                + result.unit().version() + " is " + result.currentState().word()
                + (fault.isFault() ? ", " + FaultMeaning.of(fault).errCode().code() + " " + words(fault) : "");
        return new DeviceEvent(
                now,
                Optional.of(device),
                EventKind.EVENT,
                ModuleCommands.MODULES,
                "DUStateChange!",
                "",
                args,
                "",
                text);
    }

    private static String words(FaultStruct fault) {
        String words = FaultMeaning.of(fault).errMsg();
        return words.contains("://") ? SecretParameters.BY_NAME.masked(words) : words;
    }

    private DeviceEvent end(ModuleOrder.Item item, Optional<DuResult> result) {
        if (result.isEmpty()) {
            return ended(item.command(), item.commandKey(), Optional.of("the device does not say what became of it"));
        }
        FaultStruct fault = result.get().outcome().fault();
        return ended(
                item.command(),
                item.commandKey(),
                fault.isFault()
                        ? Optional.of(FaultMeaning.of(fault).errCode().code() + " " + words(fault))
                        : Optional.empty());
    }

    /// The end of a command, as over USP.
    ///
    /// @param fault empty where it ended well
    DeviceEvent ended(String command, String commandKey, Optional<String> fault) {
        int name = command.lastIndexOf('.') + 1;
        return new DeviceEvent(
                now,
                Optional.of(device),
                EventKind.OPERATION_COMPLETE,
                command.substring(0, name),
                command.substring(name),
                fault.orElse("success"),
                Map.of("commandKey", commandKey),
                "",
                command + fault.map(why -> " failed: " + why).orElse(" completed"));
    }

    /// The rows that are not there any more.
    static List<String> gone(Stream<DuResult> results) {
        return results.filter(each -> each.currentState() == DuState.UNINSTALLED
                        && !each.outcome().fault().isFault())
                .flatMap(each -> Stream.concat(
                        Stream.of(each.unit().deploymentUnitRef()),
                        Stream.of(each.executionUnitRefList().split(","))))
                .map(each -> CwmpNames.inModel(each.strip()))
                .filter(each -> each.matches("Device[.]SoftwareModules[.](DeploymentUnit|ExecutionUnit)[.][0-9]+[.]?"))
                .map(each -> each.endsWith(".") ? each : each + ".")
                .toList();
    }

    /// Marks by which what a device tells once more is known again, also where it is not known any more who has asked;
    /// what it tells twice in one report has happened twice.
    private static final class Marks {
        private final String report;
        private final Map<String, Integer> before = new HashMap<>();

        Marks(String report) {
            this.report = report;
        }

        String next(String of) {
            int times = before.merge(of, 1, Integer::sum);
            return Telling.digest(report + " modules " + of + " " + times);
        }
    }
}
