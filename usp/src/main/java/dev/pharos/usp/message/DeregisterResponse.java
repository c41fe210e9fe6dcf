// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;

/// The answer to a Deregister, one entry for each path.
public record DeregisterResponse(List<DeregisteredPathResult> deregisteredPathResults) implements Response {
    public DeregisterResponse {
        deregisteredPathResults = Frozen.list(deregisteredPathResults);
    }

    public record DeregisteredPathResult(String requestedPath, OperationStatus operationStatus) {}

    public sealed interface OperationStatus {}

    public record OperationFailure(Fault fault) implements OperationStatus {}

    public record OperationSuccess(List<String> deregisteredPaths) implements OperationStatus {
        public OperationSuccess {
            deregisteredPaths = Frozen.list(deregisteredPaths);
        }
    }
}
