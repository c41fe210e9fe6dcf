// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is asked of one device for its profiles, over USP or TR-069: what it has, and to change some of it and no more.
record DeviceTalk(DeviceLine line, EndpointId device, String transport, MaskedMessages masked) {

    /// @param values by path
    /// @param faults why a path was not answered, as sentences
    record Answered(SortedMap<String, String> values, Map<String, String> faults) {}

    /// @param done the paths that were written
    /// @param faults why others were not, as sentences with the path
    /// @param response masked; empty where the device refused all of it
    record Changed(Set<String> done, List<String> faults, Optional<Response> response) {}

    private boolean overCwmp() {
        return transport.equals(AcsOffice.TRANSPORT);
    }

    /// @param known where a path has `*` and devices of TR-069 know none: what rows there were, as far as known
    Answered read(List<ParameterPattern> wanted, Known known) throws CallException {
        Set<String> paths = new LinkedHashSet<>();
        for (ParameterPattern pattern : wanted) {
            if (pattern.single() || !overCwmp()) {
                paths.add(pattern.object() + pattern.parameter());
            } else if (pattern.object().endsWith(".*.")
                    && pattern.object().indexOf('*') == pattern.object().length() - 2) {
                // the whole table, so that rows are found that nobody knows yet
                paths.add(pattern.prefix());
            } else {
                paths.addAll(known.paths(pattern));
            }
        }
        Answered all = new Answered(new TreeMap<>(), new LinkedHashMap<>());
        List<String> rest = new ArrayList<>(paths);
        while (!rest.isEmpty()) {
            List<String> some = rest.subList(0, Math.min(Limits.AT_ONCE, rest.size()));
            collect(line.call(device, new GetRequest(List.copyOf(some), 0), Limits.ANSWER), all);
            some.clear();
        }
        return all;
    }

    private void collect(Response response, Answered all) {
        if (!(response instanceof GetResponse got)) {
            return;
        }
        for (GetResponse.RequestedPathResult result : got.requestedPathResults()) {
            result.fault()
                    .ifPresent(fault -> all.faults()
                            .put(result.requestedPath(), masked.secrets().masked(fault.toString())));
            for (GetResponse.ResolvedPathResult object : result.resolvedPathResults()) {
                object.resultParams().forEach((name, value) -> all.values().put(object.resolvedPath() + name, value));
            }
        }
    }

    /// Each parameter by itself: what the device refuses does not keep the others.
    Changed set(SortedMap<String, String> values) throws CallException {
        Map<String, List<ParameterSetting>> objects = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            int end = path.lastIndexOf('.') + 1;
            objects.computeIfAbsent(path.substring(0, end), _ -> new ArrayList<>())
                    .add(new ParameterSetting(path.substring(end), value, false));
        });
        SetRequest request = new SetRequest(
                true,
                objects.entrySet().stream()
                        .map(object -> new SetRequest.UpdateObject(object.getKey(), object.getValue()))
                        .toList());
        List<String> faults = new ArrayList<>();
        Optional<Response> response = asked(request, faults);
        Set<String> done = new LinkedHashSet<>();
        if (response.isPresent() && response.get() instanceof SetResponse set) {
            set.updatedObjectResults().forEach(result -> outcome(result, done, faults, request));
            for (String path : values.keySet()) {
                if (!done.contains(path) && faults.stream().noneMatch(fault -> fault.endsWith("(" + path + ")"))) {
                    faults.add("the device did not say that it wrote it (" + path + ")");
                }
            }
        }
        return new Changed(done, faults, response.map(each -> masked.response(request, each)));
    }

    private void outcome(
            SetResponse.UpdatedObjectResult result, Set<String> done, List<String> faults, Request<?> request) {
        switch (result.operationStatus()) {
            case SetResponse.OperationSuccess success ->
                success.updatedInstanceResults().forEach(row -> {
                    row.updatedParams().keySet().forEach(name -> done.add(row.affectedPath() + name));
                    row.paramErrors().forEach(error -> faults.add(fault(row.affectedPath(), error, request)));
                });
            case SetResponse.OperationFailure failure -> {
                List<ParameterError> errors = new ArrayList<>();
                failure.updatedInstanceFailures().forEach(row -> errors.addAll(row.paramErrors()));
                if (errors.isEmpty()) {
                    errors.add(new ParameterError("", failure.fault()));
                }
                errors.forEach(error -> faults.add(fault(result.requestedPath(), error, request)));
            }
        }
    }

    private String fault(String object, ParameterError error, Request<?> request) {
        return masked.text(request, error.fault().toString()) + " (" + object + error.param() + ")";
    }

    /// One row, whole or not at all.
    Changed add(Findings.Addition row) throws CallException {
        AddRequest request = new AddRequest(
                false,
                List.of(new AddRequest.CreateObject(
                        row.object(),
                        row.values().entrySet().stream()
                                .map(value -> new ParameterSetting(value.getKey(), value.getValue(), true))
                                .toList())));
        List<String> faults = new ArrayList<>();
        Optional<Response> response = asked(request, faults);
        Set<String> done = new LinkedHashSet<>();
        if (response.isPresent() && response.get() instanceof AddResponse added) {
            for (AddResponse.CreatedObjectResult result : added.createdObjectResults()) {
                switch (result.operationStatus()) {
                    case AddResponse.OperationSuccess success -> done.add(success.instantiatedPath());
                    case AddResponse.OperationFailure failure ->
                        faults.add(masked.text(request, failure.fault().toString()) + " (" + row.path() + ")");
                }
            }
        }
        return new Changed(done, faults, response.map(each -> masked.response(request, each)));
    }

    Changed delete(String row) throws CallException {
        DeleteRequest request = new DeleteRequest(false, List.of(row));
        List<String> faults = new ArrayList<>();
        Optional<Response> response = asked(request, faults);
        Set<String> done = new LinkedHashSet<>();
        if (response.isPresent() && response.get() instanceof DeleteResponse deleted) {
            for (DeleteResponse.DeletedObjectResult result : deleted.deletedObjectResults()) {
                switch (result.operationStatus()) {
                    case DeleteResponse.OperationSuccess _ -> done.add(row);
                    case DeleteResponse.OperationFailure failure -> faults.add(failure.fault() + " (" + row + ")");
                }
            }
        }
        return new Changed(done, faults, response);
    }

    /// @param faults what the device refuses for good goes here, without secrets
    private Optional<Response> asked(Request<?> request, List<String> faults) throws CallException {
        try {
            return Optional.of(line.call(device, request, Limits.ANSWER));
        } catch (RequestFailedException refused) {
            Fault fault = refused.error().fault();
            Fault shown = new Fault(fault.errCode(), masked.text(request, fault.errMsg()));
            if (fault.errCode() == StandardErrorCode.INTERNAL_ERROR
                    || fault.errCode() == StandardErrorCode.RESOURCES_EXCEEDED) {
                // it may pass
                throw new RequestFailedException(device, new UspError(shown));
            }
            List<UspError.ParameterError> errors = refused.error().parameterErrors();
            if (errors.isEmpty()) {
                faults.add(shown.toString());
            }
            errors.forEach(error ->
                    faults.add(masked.text(request, error.fault().toString()) + " (" + error.paramPath() + ")"));
            return Optional.empty();
        }
    }
}
