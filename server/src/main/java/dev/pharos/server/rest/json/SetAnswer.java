// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a Set did, for each path that was asked for.
///
/// @param nextSession of a device that is managed over TR-069: that all of it waits; else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetAnswer(
        List<UpdatedObjectResult> updatedObjectResults,
        @Nullable NextSession nextSession) {
    public SetAnswer(List<UpdatedObjectResult> updatedObjectResults) {
        this(updatedObjectResults, null);
    }

    public record UpdatedObjectResult(String requestedPath, SetStatus operStatus) {}

    /// Exactly one of the two is there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SetStatus(
            @Nullable SetSuccess operSuccess, @Nullable SetFailure operFailure) {}

    public record SetSuccess(List<UpdatedInstanceResult> updatedInstanceResults) {}

    public record SetFailure(long errCode, String errMsg, List<UpdatedInstanceFailure> updatedInstanceFailures) {}

    public record UpdatedInstanceResult(
            String affectedPath, List<ParamError> paramErrs, Map<String, String> updatedParams) {}

    public record UpdatedInstanceFailure(String affectedPath, List<ParamError> paramErrs) {}
}
