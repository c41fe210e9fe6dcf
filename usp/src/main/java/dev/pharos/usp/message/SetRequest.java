// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Set: writes parameters of existing objects (R-SET.0 to R-SET.3).
///
/// @param allowPartial whether objects that succeed stay changed when another fails
public record SetRequest(boolean allowPartial, List<UpdateObject> updateObjects) implements Request<SetResponse> {
    public SetRequest {
        updateObjects = Frozen.list(updateObjects);
    }

    /// @param objPath an object, instance or search path
    public record UpdateObject(String objPath, List<ParameterSetting> paramSettings) {
        public UpdateObject {
            paramSettings = Frozen.list(paramSettings);
        }
    }

    @Override
    public Class<SetResponse> responseType() {
        return SetResponse.class;
    }
}
