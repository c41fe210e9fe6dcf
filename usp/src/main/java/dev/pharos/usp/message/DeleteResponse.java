// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;

/// The answer to a Delete, one entry for each requested path.
public record DeleteResponse(List<DeletedObjectResult> deletedObjectResults) implements Response {
    public DeleteResponse {
        deletedObjectResults = Frozen.list(deletedObjectResults);
    }

    public record DeletedObjectResult(String requestedPath, OperationStatus operationStatus) {}

    public sealed interface OperationStatus {}

    public record OperationFailure(Fault fault) implements OperationStatus {}

    /// @param affectedPaths what is gone: the rows named, not the objects beneath them
    /// @param unaffectedPathErrors what was to go and stayed
    public record OperationSuccess(List<String> affectedPaths, List<UnaffectedPathError> unaffectedPathErrors)
            implements OperationStatus {
        public OperationSuccess {
            affectedPaths = Frozen.list(affectedPaths);
            unaffectedPathErrors = Frozen.list(unaffectedPathErrors);
        }
    }

    public record UnaffectedPathError(String unaffectedPath, Fault fault) {}
}
