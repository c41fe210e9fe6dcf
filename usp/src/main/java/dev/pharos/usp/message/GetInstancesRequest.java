// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// GetInstances: which rows tables have (R-GIN.0, R-GIN.1).
public record GetInstancesRequest(List<String> objPaths, boolean firstLevelOnly)
        implements Request<GetInstancesResponse> {
    public GetInstancesRequest {
        objPaths = Frozen.list(objPaths);
    }

    @Override
    public Class<GetInstancesResponse> responseType() {
        return GetInstancesResponse.class;
    }
}
