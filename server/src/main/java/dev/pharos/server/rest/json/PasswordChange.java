// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A person's own password.
///
/// @param chosen 12 to 256 characters
public record PasswordChange(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String old,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String chosen) {

    public String checkedOld() {
        return Fields.text("old", old);
    }

    public String checkedChosen() {
        return Fields.text("chosen", chosen);
    }

    @Override
    public String toString() {
        return "PasswordChange[masked]";
    }
}
