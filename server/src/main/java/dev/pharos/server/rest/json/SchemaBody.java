// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.GetSupportedDmRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A GetSupportedDM; everything is returned unless it is said otherwise.
@Schema(name = "SchemaRequest")
public record SchemaBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> objPaths,

        @Nullable Boolean firstLevelOnly,
        @Nullable Boolean returnCommands,
        @Nullable Boolean returnEvents,
        @Nullable Boolean returnParams,
        @Nullable Boolean returnUniqueKeySets) {
    public GetSupportedDmRequest toRequest() {
        return new GetSupportedDmRequest(
                Fields.paths("objPaths", objPaths),
                Fields.flag(firstLevelOnly, false),
                Fields.flag(returnCommands, true),
                Fields.flag(returnEvents, true),
                Fields.flag(returnParams, true),
                Fields.flag(returnUniqueKeySets, true));
    }
}
