// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Deregister: a USP Service takes paths back; no path at all means every one (R-DEREG.0 to R-DEREG.4).
public record DeregisterRequest(List<String> paths) implements Request<DeregisterResponse> {
    public DeregisterRequest {
        paths = Frozen.list(paths);
    }

    @Override
    public Class<DeregisterResponse> responseType() {
        return DeregisterResponse.class;
    }
}
