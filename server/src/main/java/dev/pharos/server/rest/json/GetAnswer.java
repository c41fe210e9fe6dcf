// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;
import java.util.Map;

/// What a Get found, for each path that was asked for.
public record GetAnswer(List<RequestedPathResult> requestedPathResults) {

    /// @param errCode 0 where the path could be read
    public record RequestedPathResult(
            String requestedPath, long errCode, String errMsg, List<ResolvedPathResult> resolvedPathResults) {}

    public record ResolvedPathResult(String resolvedPath, Map<String, String> resultParams) {}
}
