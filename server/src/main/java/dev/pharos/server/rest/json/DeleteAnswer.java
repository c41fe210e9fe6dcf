// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Delete removed, for each path that was asked for.
///
/// @param nextSession of a device that is managed over TR-069: how it stands with it; else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeleteAnswer(
        List<DeletedObjectResult> deletedObjectResults,
        @Nullable NextSession nextSession) {
    public DeleteAnswer(List<DeletedObjectResult> deletedObjectResults) {
        this(deletedObjectResults, null);
    }

    public record DeletedObjectResult(String requestedPath, DeleteStatus operStatus) {}

    /// Exactly one of the two is there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeleteStatus(
            @Nullable DeleteSuccess operSuccess, @Nullable OperFailure operFailure) {}

    public record DeleteSuccess(List<String> affectedPaths, List<UnaffectedPathError> unaffectedPathErrs) {}

    public record UnaffectedPathError(String unaffectedPath, long errCode, String errMsg) {}
}
