// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;

/// The answer to a Register, one entry for each path.
public record RegisterResponse(List<RegisteredPathResult> registeredPathResults) implements Response {
    public RegisterResponse {
        registeredPathResults = Frozen.list(registeredPathResults);
    }

    public record RegisteredPathResult(String requestedPath, OperationStatus operationStatus) {}

    public sealed interface OperationStatus {}

    public record OperationFailure(Fault fault) implements OperationStatus {}

    public record OperationSuccess(String registeredPath) implements OperationStatus {}
}
