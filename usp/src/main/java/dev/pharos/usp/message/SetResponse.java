// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// The answer to a Set, one entry for each requested path.
public record SetResponse(List<UpdatedObjectResult> updatedObjectResults) implements Response {
    public SetResponse {
        updatedObjectResults = Frozen.list(updatedObjectResults);
    }

    public record UpdatedObjectResult(String requestedPath, OperationStatus operationStatus) {}

    public sealed interface OperationStatus {}

    public record OperationFailure(Fault fault, List<UpdatedInstanceFailure> updatedInstanceFailures)
            implements OperationStatus {
        public OperationFailure {
            updatedInstanceFailures = Frozen.list(updatedInstanceFailures);
        }
    }

    public record OperationSuccess(List<UpdatedInstanceResult> updatedInstanceResults) implements OperationStatus {
        public OperationSuccess {
            updatedInstanceResults = Frozen.list(updatedInstanceResults);
        }
    }

    public record UpdatedInstanceFailure(String affectedPath, List<ParameterError> paramErrors) {
        public UpdatedInstanceFailure {
            paramErrors = Frozen.list(paramErrors);
        }
    }

    /// @param updatedParams every applied parameter, relative to the object, with its value after the update
    public record UpdatedInstanceResult(
            String affectedPath, List<ParameterError> paramErrors, Map<String, String> updatedParams) {
        public UpdatedInstanceResult {
            paramErrors = Frozen.list(paramErrors);
            updatedParams = Frozen.map(updatedParams);
        }
    }
}
