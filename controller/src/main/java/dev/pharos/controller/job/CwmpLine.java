// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.acs.ModuleCommands;
import dev.pharos.controller.acs.TimerCommand;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Calls devices over USP, and those that are managed over TR-069 by errands in a session now: what is not done in that
/// is not done later behind the job's back.
///
/// @param usp for all others
public record CwmpLine(DeviceLine usp, AcsOffice office, TwinStore twins) implements DeviceLine {
    private static final Pattern PARAMETER = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)+[A-Za-z0-9_-]+");
    private static final Pattern OBJECT = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)+");

    @Override
    public Response call(EndpointId device, Request<?> request, Duration timeout) throws CallException {
        if (!office.isManaged(device)) {
            return usp.call(device, request, timeout);
        }
        Errand errand = errand(device, request);
        return switch (office.askOnly(device, errand, timeout)) {
            case Asked.Ended(ErrandEnd end) -> answer(device, request, end);
            case Asked.Waits(String because) -> throw away(device, because);
            case Asked.NoRoom _ ->
                throw new TooManyCallsException(device, "too much waits for its next session already");
        };
    }

    /// Tells a device of TR-069 to fetch a file, in a session now. Returns when the device has taken the order.
    ///
    /// @throws CallException where it does not, or nobody knows whether it has
    public void fetch(EndpointId device, Errand.FetchFile order, Duration timeout) throws CallException {
        switch (office.askOnly(device, order, timeout)) {
            case Asked.Ended(ErrandEnd.Done _) -> {}
            case Asked.Ended(ErrandEnd.Refused(CwmpFault fault)) ->
                throw new RequestFailedException(device, FaultMeaning.of(fault));
            case Asked.Ended(ErrandEnd.Declined(UspError error)) -> throw new RequestFailedException(device, error);
            case Asked.Ended _ ->
                throw new CallTimedOutException(device, "the session ended before the device answered", true);
            case Asked.Waits(String because) -> throw away(device, because);
            case Asked.NoRoom _ ->
                throw new TooManyCallsException(device, "too much waits for its next session already");
        }
    }

    private static CallException away(EndpointId device, String because) {
        return Thread.currentThread().isInterrupted()
                ? new CallTimedOutException(device, because, false)
                : new DeviceUnreachableException(
                        device, "it is managed over TR-069. " + because, Optional.empty(), false);
    }

    private Errand errand(EndpointId device, Request<?> request) throws RequestFailedException {
        return switch (request) {
            case GetRequest get -> {
                for (String path : get.paramPaths()) {
                    mustBe(device, path, path.endsWith(".") ? OBJECT : PARAMETER);
                }
                yield new Errand.ReadValues(get.paramPaths());
            }
            case SetRequest set -> {
                Map<String, String> values = new LinkedHashMap<>();
                for (SetRequest.UpdateObject object : set.updateObjects()) {
                    for (ParameterSetting setting : object.paramSettings()) {
                        mustBe(device, object.objPath() + setting.param(), PARAMETER);
                        values.put(object.objPath() + setting.param(), setting.value());
                    }
                }
                yield new Errand.SetValues(values);
            }
            case AddRequest add
            when add.createObjects().size() == 1 -> {
                AddRequest.CreateObject wanted = add.createObjects().getFirst();
                mustBe(device, wanted.objPath(), OBJECT);
                Map<String, String> values = new LinkedHashMap<>();
                wanted.paramSettings().forEach(setting -> values.put(setting.param(), setting.value()));
                yield new Errand.AddRow(wanted.objPath(), values);
            }
            case DeleteRequest delete -> {
                for (String path : delete.objPaths()) {
                    mustBe(device, path, OBJECT);
                }
                yield new Errand.DeleteRows(delete.objPaths());
            }
            case OperateRequest operate
            when ModuleCommands.isOne(operate.command()) ->
                switch (ModuleCommands.of(device, operate, twins)) {
                    case ModuleCommands.Meaning.ToDo(Errand errand, var _) -> errand;
                    case ModuleCommands.Meaning.NoUnit _ ->
                        throw new RequestFailedException(
                                device,
                                new UspError(new Fault(
                                        StandardErrorCode.OBJECT_DOES_NOT_EXIST,
                                        "the device had no such unit when it was last here")));
                    case ModuleCommands.Meaning.Impossible(String why) -> throw notOverCwmp(device, why);
                };
            case OperateRequest operate when operate.command().equals("Device.Reboot()") -> new Errand.Restart(false);
            case OperateRequest operate
            when operate.command().equals("Device.FactoryReset()") -> new Errand.Restart(true);
            case OperateRequest operate
            when operate.command().equals(TimerCommand.COMMAND) -> {
                try {
                    yield TimerCommand.of(operate);
                } catch (IllegalArgumentException wrong) {
                    throw notOverCwmp(device, String.valueOf(wrong.getMessage()));
                }
            }
            default -> throw notOverCwmp(device, "this request is one of USP alone");
        };
    }

    private static void mustBe(EndpointId device, String path, Pattern pattern) throws RequestFailedException {
        if (!pattern.matcher(path).matches()) {
            throw notOverCwmp(device, "paths must be whole there, without wildcards and searches: " + path);
        }
    }

    private static RequestFailedException notOverCwmp(EndpointId device, String why) {
        return new RequestFailedException(
                device,
                new UspError(new Fault(
                        StandardErrorCode.MESSAGE_NOT_SUPPORTED, "the device is managed over TR-069, and " + why)));
    }

    private Response answer(EndpointId device, Request<?> request, ErrandEnd end) throws CallException {
        return switch (end) {
            case ErrandEnd.Refused(CwmpFault fault) -> throw new RequestFailedException(device, FaultMeaning.of(fault));
            case ErrandEnd.Declined(UspError error) -> throw new RequestFailedException(device, error);
            case ErrandEnd.Uncertain _ ->
                throw new CallTimedOutException(device, "the session ended before the device answered", true);
            case ErrandEnd.GivenUp _ ->
                throw new CallTimedOutException(device, "session after session ended over it", true);
            case ErrandEnd.Read(List<String> missing) -> read(device, (GetRequest) request, missing);
            case ErrandEnd.Added(String row) ->
                new AddResponse(List.of(new AddResponse.CreatedObjectResult(
                        ((AddRequest) request).createObjects().getFirst().objPath(),
                        new AddResponse.OperationSuccess(row, List.of(), Map.of()))));
            case ErrandEnd.Done _, ErrandEnd.Answered _ -> done(request);
            // as over USP, where the answer says no more than that the device goes on with it
            case ErrandEnd.UnderWay _ ->
                new OperateResponse(List.of(new OperateResponse.OperationResult(
                        ((OperateRequest) request).command(), new OperateResponse.RequestObject(""))));
            case ErrandEnd.Met _, ErrandEnd.Left _, ErrandEnd.Overdue _ ->
                throw new IllegalStateException("no errand of a job: " + end);
        };
    }

    private static Response done(Request<?> request) {
        return switch (request) {
            case SetRequest set ->
                new SetResponse(set.updateObjects().stream()
                        .map(object -> {
                            Map<String, String> values = new LinkedHashMap<>();
                            object.paramSettings().forEach(each -> values.put(each.param(), each.value()));
                            return new SetResponse.UpdatedObjectResult(
                                    object.objPath(),
                                    new SetResponse.OperationSuccess(List.of(new SetResponse.UpdatedInstanceResult(
                                            object.objPath(), List.of(), values))));
                        })
                        .toList());
            case DeleteRequest delete ->
                new DeleteResponse(delete.objPaths().stream()
                        .map(path -> new DeleteResponse.DeletedObjectResult(
                                path, new DeleteResponse.OperationSuccess(List.of(path), List.of())))
                        .toList());
            case OperateRequest operate ->
                new OperateResponse(List.of(new OperateResponse.OperationResult(
                        operate.command(), new OperateResponse.OutputArgs(Map.of()))));
            default -> throw new IllegalStateException("no errand ends so: " + request);
        };
    }

    /// What was just read stands in the twin.
    private GetResponse read(EndpointId device, GetRequest request, List<String> missing) {
        List<GetResponse.RequestedPathResult> results = new ArrayList<>();
        for (String path : request.paramPaths()) {
            boolean absent = missing.contains(path);
            results.add(new GetResponse.RequestedPathResult(
                    path,
                    absent
                            ? Optional.of(new Fault(StandardErrorCode.INVALID_PATH, "the device has nothing there"))
                            : Optional.empty(),
                    absent ? List.of() : objects(device, path)));
        }
        return new GetResponse(results);
    }

    private List<GetResponse.ResolvedPathResult> objects(EndpointId device, String path) {
        Map<String, Map<String, String>> objects = new LinkedHashMap<>();
        for (TwinValue value : twins.list(device, path, Limits.TR069_VALUES)) {
            if (path.endsWith(".") || value.path().equals(path)) {
                int end = value.path().lastIndexOf('.') + 1;
                objects.computeIfAbsent(value.path().substring(0, end), _ -> new LinkedHashMap<>())
                        .put(value.path().substring(end), value.value());
            }
        }
        return objects.entrySet().stream()
                .map(object -> new GetResponse.ResolvedPathResult(object.getKey(), object.getValue()))
                .toList();
    }
}
