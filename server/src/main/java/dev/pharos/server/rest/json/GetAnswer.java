// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a Get found, for each path that was asked for.
///
/// @param nextSession of a device that is managed over TR-069: how old the values are, or that they are asked for; else
///     absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GetAnswer(
        List<RequestedPathResult> requestedPathResults,
        @Nullable NextSession nextSession) {
    public GetAnswer(List<RequestedPathResult> requestedPathResults) {
        this(requestedPathResults, null);
    }

    /// @param errCode 0 where the path could be read
    public record RequestedPathResult(
            String requestedPath, long errCode, String errMsg, List<ResolvedPathResult> resolvedPathResults) {}

    public record ResolvedPathResult(String resolvedPath, Map<String, String> resultParams) {}
}
