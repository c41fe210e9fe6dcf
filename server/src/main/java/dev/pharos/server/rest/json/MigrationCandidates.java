// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some devices of a query, and whether they can be moved from TR-069 to USP.
///
/// @param nextCursor null where nothing follows
/// @param total how many match in all
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MigrationCandidates(
        List<Candidate> items,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String nextCursor,

        long total) {

    /// @param state `able`, `unable`, `moving` (it is on its way) or `moved` (it is managed over USP)
    /// @param text a sentence: where it would go, or why it cannot, or where it is
    public record Candidate(
            String device,

            @Schema(allowableValues = {"able", "unable", "moving", "moved"})
            String state,

            String text) {}
}
