// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;
import java.util.Map;

/// Which rows there are, for each path that was asked for.
public record InstancesAnswer(List<InstancesPathResult> requestedPathResults) {

    public record InstancesPathResult(
            String requestedPath, long errCode, String errMsg, List<CurrentInstance> currInsts) {}

    public record CurrentInstance(String instantiatedObjPath, Map<String, String> uniqueKeys) {}
}
