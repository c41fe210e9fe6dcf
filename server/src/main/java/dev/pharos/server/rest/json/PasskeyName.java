// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What somebody calls a passkey of theirs.
///
/// @param name 1 to 60 characters
public record PasskeyName(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name) {
    private static final int LONGEST = 60;

    public String checked() {
        String text = Fields.text("name", name).strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException("name", "must have 1 to " + LONGEST + " characters on one line");
        }
        return text;
    }
}
