// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.Fault;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.SetResponse;
import java.util.List;
import java.util.Optional;

/// Turns USP's responses into what the REST interface says: the same structure, the names of the specification.
public final class UspAnswers {
    private UspAnswers() {}

    public static GetAnswer of(GetResponse response) {
        return new GetAnswer(response.requestedPathResults().stream()
                .map(result -> new GetAnswer.RequestedPathResult(
                        result.requestedPath(),
                        code(result.fault()),
                        text(result.fault()),
                        result.resolvedPathResults().stream()
                                .map(resolved -> new GetAnswer.ResolvedPathResult(
                                        resolved.resolvedPath(), resolved.resultParams()))
                                .toList()))
                .toList());
    }

    public static SetAnswer of(SetResponse response) {
        return new SetAnswer(response.updatedObjectResults().stream()
                .map(result ->
                        new SetAnswer.UpdatedObjectResult(result.requestedPath(), status(result.operationStatus())))
                .toList());
    }

    private static SetAnswer.SetStatus status(SetResponse.OperationStatus status) {
        return switch (status) {
            case SetResponse.OperationSuccess success ->
                new SetAnswer.SetStatus(
                        new SetAnswer.SetSuccess(success.updatedInstanceResults().stream()
                                .map(updated -> new SetAnswer.UpdatedInstanceResult(
                                        updated.affectedPath(), errors(updated.paramErrors()), updated.updatedParams()))
                                .toList()),
                        null);
            case SetResponse.OperationFailure failure ->
                new SetAnswer.SetStatus(
                        null,
                        new SetAnswer.SetFailure(
                                failure.fault().errCode().code(),
                                failure.fault().errMsg(),
                                failure.updatedInstanceFailures().stream()
                                        .map(failed -> new SetAnswer.UpdatedInstanceFailure(
                                                failed.affectedPath(), errors(failed.paramErrors())))
                                        .toList()));
        };
    }

    public static AddAnswer of(AddResponse response) {
        return new AddAnswer(response.createdObjectResults().stream()
                .map(result -> new AddAnswer.CreatedObjectResult(
                        result.requestedPath(),
                        switch (result.operationStatus()) {
                            case AddResponse.OperationSuccess success ->
                                new AddAnswer.AddStatus(
                                        new AddAnswer.AddSuccess(
                                                success.instantiatedPath(),
                                                errors(success.paramErrors()),
                                                success.uniqueKeys()),
                                        null);
                            case AddResponse.OperationFailure failure ->
                                new AddAnswer.AddStatus(null, failure(failure.fault()));
                        }))
                .toList());
    }

    public static DeleteAnswer of(DeleteResponse response) {
        return new DeleteAnswer(response.deletedObjectResults().stream()
                .map(result -> new DeleteAnswer.DeletedObjectResult(
                        result.requestedPath(),
                        switch (result.operationStatus()) {
                            case DeleteResponse.OperationSuccess success ->
                                new DeleteAnswer.DeleteStatus(
                                        new DeleteAnswer.DeleteSuccess(
                                                success.affectedPaths(),
                                                success.unaffectedPathErrors().stream()
                                                        .map(error -> new DeleteAnswer.UnaffectedPathError(
                                                                error.unaffectedPath(),
                                                                error.fault()
                                                                        .errCode()
                                                                        .code(),
                                                                error.fault().errMsg()))
                                                        .toList()),
                                        null);
                            case DeleteResponse.OperationFailure failure ->
                                new DeleteAnswer.DeleteStatus(null, failure(failure.fault()));
                        }))
                .toList());
    }

    public static OperateAnswer of(OperateResponse response) {
        return new OperateAnswer(response.operationResults().stream()
                .map(result -> switch (result.outcome()) {
                    case OperateResponse.RequestObject going ->
                        new OperateAnswer.OperationResult(result.executedCommand(), going.reqObjPath(), null, null);
                    case OperateResponse.OutputArgs output ->
                        new OperateAnswer.OperationResult(
                                result.executedCommand(),
                                null,
                                new OperateAnswer.OutputArgs(output.outputArgs()),
                                null);
                    case OperateResponse.CommandFailure failure ->
                        new OperateAnswer.OperationResult(
                                result.executedCommand(), null, null, failure(failure.fault()));
                })
                .toList());
    }

    public static InstancesAnswer of(GetInstancesResponse response) {
        return new InstancesAnswer(response.requestedPathResults().stream()
                .map(result -> new InstancesAnswer.InstancesPathResult(
                        result.requestedPath(),
                        code(result.fault()),
                        text(result.fault()),
                        result.currentInstances().stream()
                                .map(row -> new InstancesAnswer.CurrentInstance(
                                        row.instantiatedObjPath(), row.uniqueKeys()))
                                .toList()))
                .toList());
    }

    public static SchemaAnswer of(GetSupportedDmResponse response) {
        return new SchemaAnswer(response.requestedObjectResults().stream()
                .map(result -> new SchemaAnswer.RequestedObjectResult(
                        result.reqObjPath(),
                        code(result.fault()),
                        text(result.fault()),
                        result.dataModelInstUri(),
                        supported(result.supportedObjects())))
                .toList());
    }

    public static ProtocolsAnswer of(GetSupportedProtocolResponse response) {
        return new ProtocolsAnswer(response.agentSupportedProtocolVersions());
    }

    public static List<SupportedObject> supported(List<GetSupportedDmResponse.SupportedObject> objects) {
        return objects.stream().map(UspAnswers::supported).toList();
    }

    private static SupportedObject supported(GetSupportedDmResponse.SupportedObject object) {
        return new SupportedObject(
                object.supportedObjPath(),
                "OBJ_" + object.access(),
                object.isMultiInstance(),
                object.supportedCommands().stream()
                        .map(command -> new SupportedObject.SupportedCommand(
                                command.commandName(),
                                command.inputArgNames(),
                                command.outputArgNames(),
                                "CMD_" + command.commandType()))
                        .toList(),
                object.supportedEvents().stream()
                        .map(event -> new SupportedObject.SupportedEvent(event.eventName(), event.argNames()))
                        .toList(),
                object.supportedParams().stream()
                        .map(param -> new SupportedObject.SupportedParam(
                                param.paramName(),
                                "PARAM_" + param.access(),
                                "PARAM_" + param.valueType(),
                                "VALUE_CHANGE_" + param.valueChange()))
                        .toList(),
                object.divergentPaths(),
                object.uniqueKeySets().stream()
                        .map(keys -> new SupportedObject.UniqueKeySet(keys.keyNames()))
                        .toList());
    }

    private static OperFailure failure(Fault fault) {
        return new OperFailure(fault.errCode().code(), fault.errMsg());
    }

    private static List<ParamError> errors(List<ParameterError> errors) {
        return errors.stream()
                .map(error -> new ParamError(
                        error.param(),
                        error.fault().errCode().code(),
                        error.fault().errMsg()))
                .toList();
    }

    private static long code(Optional<Fault> fault) {
        return fault.map(present -> (long) present.errCode().code()).orElse(0L);
    }

    private static String text(Optional<Fault> fault) {
        return fault.map(Fault::errMsg).orElse("");
    }
}
