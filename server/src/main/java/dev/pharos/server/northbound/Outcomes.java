// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.json.AddAnswer;
import dev.pharos.server.rest.json.DeleteAnswer;
import dev.pharos.server.rest.json.GetAnswer;
import dev.pharos.server.rest.json.OperFailure;
import dev.pharos.server.rest.json.OperateAnswer;
import dev.pharos.server.rest.json.Problem.ProblemParamError;
import dev.pharos.server.rest.json.SetAnswer;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a device answered to one request about one object. Where it refused, all of these throw an [ApiException] with
/// what it said.
final class Outcomes {
    private Outcomes() {}

    /// The parameters that were read, by their whole paths.
    static Map<String, String> read(GetAnswer answer) {
        Map<String, String> values = new LinkedHashMap<>();
        for (GetAnswer.RequestedPathResult result : answer.requestedPathResults()) {
            if (result.errCode() != 0) {
                throw refused(result.errCode(), result.errMsg());
            }
            for (GetAnswer.ResolvedPathResult resolved : result.resolvedPathResults()) {
                resolved.resultParams().forEach((name, value) -> values.put(resolved.resolvedPath() + name, value));
            }
        }
        return values;
    }

    static void written(SetAnswer answer) {
        for (SetAnswer.UpdatedObjectResult result : answer.updatedObjectResults()) {
            SetAnswer.@Nullable SetFailure failure = result.operStatus().operFailure();
            if (failure != null) {
                throw ApiException.refusedByDevice(
                        fault(failure.errCode(), failure.errMsg()),
                        failure.updatedInstanceFailures().stream()
                                .flatMap(instance -> instance.paramErrs().stream()
                                        .map(error -> new ProblemParamError(
                                                instance.affectedPath() + error.param(),
                                                error.errCode(),
                                                error.errMsg())))
                                .toList());
            }
            SetAnswer.@Nullable SetSuccess success = result.operStatus().operSuccess();
            if (success == null || success.updatedInstanceResults().isEmpty()) {
                throw nonsense();
            }
        }
    }

    /// @return the path of the new row
    static String added(AddAnswer answer) {
        AddAnswer.AddStatus status = only(answer.createdObjectResults()).operStatus();
        refuse(status.operFailure());
        AddAnswer.@Nullable AddSuccess success = status.operSuccess();
        if (success == null) {
            throw nonsense();
        }
        return success.instantiatedPath();
    }

    static void deleted(DeleteAnswer answer) {
        DeleteAnswer.DeleteStatus status = only(answer.deletedObjectResults()).operStatus();
        refuse(status.operFailure());
        DeleteAnswer.@Nullable DeleteSuccess success = status.operSuccess();
        if (success == null || success.affectedPaths().isEmpty()) {
            throw nonsense();
        }
    }

    static OperateAnswer.OperationResult operated(OperateAnswer answer) {
        OperateAnswer.OperationResult result = only(answer.operationResults());
        refuse(result.cmdFailure());
        return result;
    }

    private static void refuse(@Nullable OperFailure failure) {
        if (failure != null) {
            throw refused(failure.errCode(), failure.errMsg());
        }
    }

    private static ApiException refused(long errCode, String errMsg) {
        return ApiException.refusedByDevice(fault(errCode, errMsg));
    }

    private static Fault fault(long errCode, String errMsg) {
        return new Fault(ErrorCode.of((int) errCode), errMsg);
    }

    private static <T> T only(List<T> results) {
        if (results.size() != 1) {
            throw nonsense();
        }
        return results.getFirst();
    }

    private static ApiException nonsense() {
        return new ApiException(
                502, "Device answered nonsense", "The device says neither that it was done nor why it was not.");
    }
}
