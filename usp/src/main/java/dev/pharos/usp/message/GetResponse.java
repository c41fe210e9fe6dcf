// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer to a Get: one entry for each requested path, in order, also where a path was asked for twice.
public record GetResponse(List<RequestedPathResult> requestedPathResults) implements Response {
    public GetResponse {
        requestedPathResults = Frozen.list(requestedPathResults);
    }

    /// @param fault why this path could not be read, or empty where it could
    public record RequestedPathResult(
            String requestedPath, Optional<Fault> fault, List<ResolvedPathResult> resolvedPathResults) {
        public RequestedPathResult {
            resolvedPathResults = Frozen.list(resolvedPathResults);
        }
    }

    /// @param resolvedPath one object, with instance numbers and a trailing dot
    /// @param resultParams its parameters by their own (single, relative) name
    public record ResolvedPathResult(String resolvedPath, Map<String, String> resultParams) {
        public ResolvedPathResult {
            resultParams = Frozen.map(resultParams);
        }
    }
}
