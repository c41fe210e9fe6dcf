// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Get: reads parameters and objects (R-GET.0 to R-GET.5).
///
/// @param paramPaths object, instance, parameter and search paths
/// @param maxDepth 0 for the whole tree below each path, 1 for the object's own parameters, 2 with its
///     children, and so on
public record GetRequest(List<String> paramPaths, int maxDepth) implements Request<GetResponse> {
    public GetRequest {
        paramPaths = Frozen.list(paramPaths);
    }

    @Override
    public Class<GetResponse> responseType() {
        return GetResponse.class;
    }
}
