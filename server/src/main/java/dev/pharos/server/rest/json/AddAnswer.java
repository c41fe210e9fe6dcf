// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an Add made, for each path that was asked for.
///
/// @param nextSession of a device that is managed over TR-069: how it stands with it; else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddAnswer(
        List<CreatedObjectResult> createdObjectResults,
        @Nullable NextSession nextSession) {
    public AddAnswer(List<CreatedObjectResult> createdObjectResults) {
        this(createdObjectResults, null);
    }

    public record CreatedObjectResult(String requestedPath, AddStatus operStatus) {}

    /// Exactly one of the two is there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AddStatus(
            @Nullable AddSuccess operSuccess, @Nullable OperFailure operFailure) {}

    public record AddSuccess(String instantiatedPath, List<ParamError> paramErrs, Map<String, String> uniqueKeys) {}
}
