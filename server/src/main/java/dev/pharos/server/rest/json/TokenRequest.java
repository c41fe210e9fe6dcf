// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param name for people
public record TokenRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name) {
    private static final int LENGTH = 100;

    public String checkedName() {
        String checked = Fields.text("name", name).strip();
        if (checked.isEmpty() || checked.length() > LENGTH) {
            throw new BadRequestException("name", "must have 1 to " + LENGTH + " characters");
        }
        return checked;
    }
}
