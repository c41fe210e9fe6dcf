// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// The answer to an Add; with a search path several entries share one requested path.
public record AddResponse(List<CreatedObjectResult> createdObjectResults) implements Response {
    public AddResponse {
        createdObjectResults = Frozen.list(createdObjectResults);
    }

    public record CreatedObjectResult(String requestedPath, OperationStatus operationStatus) {}

    public sealed interface OperationStatus {}

    public record OperationFailure(Fault fault) implements OperationStatus {}

    /// @param instantiatedPath the new row, with instance number and trailing dot
    /// @param uniqueKeys all keys of the row that the requester may read, those that the Agent made included
    public record OperationSuccess(
            String instantiatedPath, List<ParameterError> paramErrors, Map<String, String> uniqueKeys)
            implements OperationStatus {
        public OperationSuccess {
            paramErrors = Frozen.list(paramErrors);
            uniqueKeys = Frozen.map(uniqueKeys);
        }
    }
}
