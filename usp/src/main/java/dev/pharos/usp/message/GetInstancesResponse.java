// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer to GetInstances, one entry for each requested path.
public record GetInstancesResponse(List<RequestedPathResult> requestedPathResults) implements Response {
    public GetInstancesResponse {
        requestedPathResults = Frozen.list(requestedPathResults);
    }

    public record RequestedPathResult(
            String requestedPath, Optional<Fault> fault, List<CurrentInstance> currentInstances) {
        public RequestedPathResult {
            currentInstances = Frozen.list(currentInstances);
        }
    }

    public record CurrentInstance(String instantiatedObjPath, Map<String, String> uniqueKeys) {
        public CurrentInstance {
            uniqueKeys = Frozen.map(uniqueKeys);
        }
    }
}
