// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.GetRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Get.
///
/// @param paths object, parameter and search paths, at least one
/// @param maxDepth 0 for everything below each path
@Schema(name = "GetRequest")
public record GetBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> paths,

        @Nullable Integer maxDepth) {
    public GetRequest toRequest() {
        int depth = maxDepth == null ? 0 : maxDepth;
        if (depth < 0) {
            throw new BadRequestException("maxDepth", "must be 0 (everything) or more");
        }
        return new GetRequest(Fields.paths("paths", paths), depth);
    }
}
