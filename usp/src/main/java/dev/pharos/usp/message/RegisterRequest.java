// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Register: a USP Service offers parts of its data model to a USP Broker (R-REG.0 to R-REG.2).
///
/// @param paths without instance numbers and without `{i}`
public record RegisterRequest(boolean allowPartial, List<String> paths) implements Request<RegisterResponse> {
    public RegisterRequest {
        paths = Frozen.list(paths);
    }

    @Override
    public Class<RegisterResponse> responseType() {
        return RegisterResponse.class;
    }
}
