// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// GetSupportedDM: which objects, parameters, commands and events the Agent supports (R-GSP.0).
public record GetSupportedDmRequest(
        List<String> objPaths,
        boolean firstLevelOnly,
        boolean returnCommands,
        boolean returnEvents,
        boolean returnParams,
        boolean returnUniqueKeySets)
        implements Request<GetSupportedDmResponse> {
    public GetSupportedDmRequest {
        objPaths = Frozen.list(objPaths);
    }

    @Override
    public Class<GetSupportedDmResponse> responseType() {
        return GetSupportedDmResponse.class;
    }
}
