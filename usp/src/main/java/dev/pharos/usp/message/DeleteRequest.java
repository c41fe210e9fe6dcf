// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Delete: removes rows of tables (R-DEL.0 to R-DEL.4).
///
/// @param objPaths instance and search paths
public record DeleteRequest(boolean allowPartial, List<String> objPaths) implements Request<DeleteResponse> {
    public DeleteRequest {
        objPaths = Frozen.list(objPaths);
    }

    @Override
    public Class<DeleteResponse> responseType() {
        return DeleteResponse.class;
    }
}
