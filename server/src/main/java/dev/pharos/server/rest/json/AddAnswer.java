// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an Add made, for each path that was asked for.
public record AddAnswer(List<CreatedObjectResult> createdObjectResults) {

    public record CreatedObjectResult(String requestedPath, AddStatus operStatus) {}

    /// Exactly one of the two is there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AddStatus(
            @Nullable AddSuccess operSuccess, @Nullable OperFailure operFailure) {}

    public record AddSuccess(String instantiatedPath, List<ParamError> paramErrs, Map<String, String> uniqueKeys) {}
}
