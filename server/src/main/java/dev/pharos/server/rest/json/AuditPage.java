// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who did what, newest first.
public record AuditPage(List<AuditEntry> items) {

    /// @param device null where the action was on no device
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AuditEntry(
            Instant time,
            String user,
            String action,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    types = {"string", "null"})
            @Nullable
            String device,

            String detail) {}
}
