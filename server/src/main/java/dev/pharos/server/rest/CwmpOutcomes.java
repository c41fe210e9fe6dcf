// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.OperFailure;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.ParamError;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a device did over TR-069, in the words of USP.
final class CwmpOutcomes {
    private CwmpOutcomes() {}

    static List<SetAnswer.UpdatedObjectResult> written(SetRequest request) {
        return request.updateObjects().stream()
                .map(object -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    object.paramSettings().forEach(each -> values.put(each.param(), each.value()));
                    return new SetAnswer.UpdatedObjectResult(
                            object.objPath(),
                            new SetAnswer.SetStatus(
                                    new SetAnswer.SetSuccess(List.of(
                                            new SetAnswer.UpdatedInstanceResult(object.objPath(), List.of(), values))),
                                    null));
                })
                .toList();
    }

    /// None of it was done, since a device of TR-069 does all or nothing.
    static List<SetAnswer.UpdatedObjectResult> refused(SetRequest request, UspError error) {
        return request.updateObjects().stream()
                .map(object -> new SetAnswer.UpdatedObjectResult(
                        object.objPath(),
                        new SetAnswer.SetStatus(
                                null,
                                new SetAnswer.SetFailure(
                                        error.fault().errCode().code(),
                                        error.fault().errMsg(),
                                        List.of(new SetAnswer.UpdatedInstanceFailure(
                                                object.objPath(), errors(object, error)))))))
                .toList();
    }

    static AddAnswer.CreatedObjectResult added(AddRequest.CreateObject wanted, ErrandEnd end) {
        return new AddAnswer.CreatedObjectResult(
                wanted.objPath(),
                end instanceof ErrandEnd.Added(String row)
                        ? new AddAnswer.AddStatus(new AddAnswer.AddSuccess(row, List.of(), Map.of()), null)
                        : new AddAnswer.AddStatus(null, failure(end)));
    }

    /// Rows before the one that was refused are gone; which it was the device does not say.
    static List<DeleteAnswer.DeletedObjectResult> deleted(DeleteRequest request, ErrandEnd end) {
        return request.objPaths().stream()
                .map(path -> new DeleteAnswer.DeletedObjectResult(
                        path,
                        FaultMeaning.refusal(end).isPresent()
                                ? new DeleteAnswer.DeleteStatus(null, failure(end))
                                : new DeleteAnswer.DeleteStatus(
                                        new DeleteAnswer.DeleteSuccess(List.of(path), List.of()), null)))
                .toList();
    }

    static OperateAnswer.OperationResult operated(String command, ErrandEnd end) {
        if (end instanceof ErrandEnd.UnderWay) {
            return underWay(command);
        }
        return FaultMeaning.refusal(end).isPresent()
                ? new OperateAnswer.OperationResult(command, null, null, failure(end))
                : new OperateAnswer.OperationResult(command, null, new OperateAnswer.OutputArgs(Map.of()), null);
    }

    /// An event tells how it ends; no row stands for it meanwhile.
    static OperateAnswer.OperationResult underWay(String command) {
        return new OperateAnswer.OperationResult(command, "", null, null);
    }

    private static OperFailure failure(ErrandEnd end) {
        UspError error = FaultMeaning.refusal(end).orElseThrow(() -> new IllegalStateException("not refused: " + end));
        StringBuilder words = new StringBuilder(error.fault().errMsg());
        error.parameterErrors()
                .forEach(each -> words.append("; ")
                        .append(each.paramPath())
                        .append(": ")
                        .append(each.fault().errMsg()));
        return new OperFailure(error.fault().errCode().code(), words.toString());
    }

    private static List<ParamError> errors(SetRequest.UpdateObject object, UspError error) {
        List<ParamError> errors = new ArrayList<>();
        for (ParameterSetting setting : object.paramSettings()) {
            error.parameterErrors().stream()
                    .filter(each -> each.paramPath().equals(object.objPath() + setting.param()))
                    .forEach(each -> errors.add(new ParamError(
                            setting.param(),
                            each.fault().errCode().code(),
                            each.fault().errMsg())));
        }
        return errors;
    }
}
