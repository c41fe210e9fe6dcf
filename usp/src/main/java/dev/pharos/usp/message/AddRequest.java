// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Add: creates rows of tables (R-ADD.0 to R-ADD.6).
///
/// @param allowPartial whether rows that succeed stay when another fails
public record AddRequest(boolean allowPartial, List<CreateObject> createObjects) implements Request<AddResponse> {
    public AddRequest {
        createObjects = Frozen.list(createObjects);
    }

    /// @param objPath a table, or a search path to several
    public record CreateObject(String objPath, List<ParameterSetting> paramSettings) {
        public CreateObject {
            paramSettings = Frozen.list(paramSettings);
        }
    }

    @Override
    public Class<AddResponse> responseType() {
        return AddResponse.class;
    }
}
