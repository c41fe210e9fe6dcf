// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.acs.ModuleCommands;
import dev.pharos.controller.acs.TimerCommand;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.NextSession;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Changes of devices that are managed over TR-069: at once where the device can be called, else in its next session.
public final class CwmpChanges {
    private static final Pattern PARAMETER = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)+[A-Za-z0-9_-]+");
    private static final Pattern OBJECT = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)+");

    private final CwmpVisits visits;
    private final CwmpModules modules;

    CwmpChanges(CwmpVisits visits, TwinStore twins) {
        this.visits = visits;
        this.modules = new CwmpModules(this, twins);
    }

    /// How it ended, or that it waits.
    sealed interface Outcome {
        record Ended(ErrandEnd end, NextSession session) implements Outcome {}

        record Waits(NextSession session) implements Outcome {}
    }

    Outcome ask(EndpointId device, Errand errand, Duration wait, HttpServletResponse response) {
        return switch (visits.ask(device, errand, wait)) {
            case Asked.Ended(ErrandEnd.GivenUp _) ->
                throw new ApiException(502, "Given up", "Session after session with " + device + " ended over it.");
            case Asked.Ended(ErrandEnd.Uncertain _) ->
                throw new ApiException(
                        502,
                        "Not known",
                        "The session with " + device + " ended over it: nobody knows whether it was done.");
            case Asked.Ended(ErrandEnd end)
            when FaultMeaning.refusal(end).isPresent() ->
                new Outcome.Ended(end, visits.session(device, false, "The device refuses it."));
            case Asked.Ended(ErrandEnd end) ->
                new Outcome.Ended(
                        end,
                        visits.session(
                                device,
                                false,
                                switch (end) {
                                    case ErrandEnd.UnderWay(String how) -> how;
                                    case ErrandEnd.Done(boolean inEffect)
                                    when !inEffect -> "It is in effect after a restart.";
                                    default -> "The device was called for it.";
                                }));
            case Asked.Waits(String because) -> {
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
                yield new Outcome.Waits(visits.session(
                        device,
                        true,
                        "The device is managed over TR-069: this waits for its next session, and an event tells what"
                                + " came of it. " + because));
            }
            case Asked.NoRoom _ -> throw CwmpVisits.noRoom(device);
        };
    }

    /// All of it or nothing.
    SetAnswer set(EndpointId device, SetRequest request, Duration wait, HttpServletResponse response) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SetRequest.UpdateObject object : request.updateObjects()) {
            for (var setting : object.paramSettings()) {
                String path = object.objPath() + setting.param();
                if (!PARAMETER.matcher(path).matches()) {
                    throw new BadRequestException(
                            "updateObjects", "of a device that is managed over TR-069 have whole paths: " + path);
                }
                values.put(path, setting.value());
            }
        }
        if (values.isEmpty()) {
            throw new BadRequestException("updateObjects", "must have at least one parameter");
        }
        return switch (ask(device, new Errand.SetValues(values), wait, response)) {
            case Outcome.Waits(NextSession session) -> new SetAnswer(List.of(), session);
            case Outcome.Ended(ErrandEnd end, NextSession session) ->
                new SetAnswer(
                        FaultMeaning.refusal(end)
                                .map(error -> CwmpOutcomes.refused(request, error))
                                .orElseGet(() -> CwmpOutcomes.written(request)),
                        session);
        };
    }

    AddAnswer add(EndpointId device, AddRequest request, Duration wait, HttpServletResponse response) {
        if (request.createObjects().size() != 1) {
            throw new BadRequestException(
                    "createObjects", "must be one, of a device that is managed over TR-069: one row at a time");
        }
        AddRequest.CreateObject wanted = request.createObjects().getFirst();
        mustBeObject("createObjects", wanted.objPath());
        Map<String, String> values = new LinkedHashMap<>();
        wanted.paramSettings().forEach(setting -> values.put(setting.param(), setting.value()));
        return switch (ask(device, new Errand.AddRow(wanted.objPath(), values), wait, response)) {
            case Outcome.Waits(NextSession session) -> new AddAnswer(List.of(), session);
            case Outcome.Ended(ErrandEnd end, NextSession session) ->
                new AddAnswer(List.of(CwmpOutcomes.added(wanted, end)), session);
        };
    }

    DeleteAnswer delete(EndpointId device, DeleteRequest request, Duration wait, HttpServletResponse response) {
        request.objPaths().forEach(path -> mustBeObject("objPaths", path));
        return switch (ask(device, new Errand.DeleteRows(request.objPaths()), wait, response)) {
            case Outcome.Waits(NextSession session) -> new DeleteAnswer(List.of(), session);
            case Outcome.Ended(ErrandEnd end, NextSession session) ->
                new DeleteAnswer(CwmpOutcomes.deleted(request, end), session);
        };
    }

    OperateAnswer operate(EndpointId device, OperateRequest request, Duration wait, HttpServletResponse response) {
        if (ModuleCommands.isOne(request.command())) {
            return modules.operate(device, request, wait, response);
        }
        Errand errand = switch (request.command()) {
            case "Device.Reboot()" -> new Errand.Restart(false);
            case "Device.FactoryReset()" -> new Errand.Restart(true);
            case TimerCommand.COMMAND -> timer(request);
            default ->
                throw new ApiException(
                        409,
                        "Not over TR-069",
                        device + " is managed over TR-069: of commands it can be asked for Device.Reboot(),"
                                + " Device.FactoryReset(), Device.ScheduleTimer() and those of software modules"
                                + " only.");
        };
        return switch (ask(device, errand, wait, response)) {
            case Outcome.Waits(NextSession session) -> new OperateAnswer(List.of(), session);
            case Outcome.Ended(ErrandEnd end, NextSession session) ->
                new OperateAnswer(List.of(CwmpOutcomes.operated(request.command(), end)), session);
        };
    }

    private static Errand timer(OperateRequest request) {
        try {
            return TimerCommand.of(request);
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException("inputArgs", "cannot be done over TR-069: " + wrong.getMessage());
        }
    }

    private static void mustBeObject(String field, String path) {
        if (!OBJECT.matcher(path).matches()) {
            throw new BadRequestException(
                    field, "of a device that is managed over TR-069 have whole paths that end with a dot: " + path);
        }
    }
}
