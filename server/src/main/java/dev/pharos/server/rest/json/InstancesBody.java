// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.GetInstancesRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A GetInstances.
@Schema(name = "InstancesRequest")
public record InstancesBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> objPaths,

        @Nullable Boolean firstLevelOnly) {
    public GetInstancesRequest toRequest() {
        return new GetInstancesRequest(Fields.paths("objPaths", objPaths), Fields.flag(firstLevelOnly, false));
    }
}
