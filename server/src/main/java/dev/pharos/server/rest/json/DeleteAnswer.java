// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Delete removed, for each path that was asked for.
public record DeleteAnswer(List<DeletedObjectResult> deletedObjectResults) {

    public record DeletedObjectResult(String requestedPath, DeleteStatus operStatus) {}

    /// Exactly one of the two is there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeleteStatus(
            @Nullable DeleteSuccess operSuccess, @Nullable OperFailure operFailure) {}

    public record DeleteSuccess(List<String> affectedPaths, List<UnaffectedPathError> unaffectedPathErrs) {}

    public record UnaffectedPathError(String unaffectedPath, long errCode, String errMsg) {}
}
