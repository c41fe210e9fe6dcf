// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.DeleteRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Delete.
///
/// @param objPaths instance and search paths, at least one
@Schema(name = "DeleteRequest")
public record DeleteBody(
        @Nullable Boolean allowPartial,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> objPaths) {
    public DeleteRequest toRequest() {
        return new DeleteRequest(Fields.flag(allowPartial, false), Fields.paths("objPaths", objPaths));
    }
}
