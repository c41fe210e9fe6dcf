// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tenant to be made.
///
/// @param name 2 to 40 small letters, digits and `-`
/// @param administrator what its first administrator is called, as people are
public record TenantBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String administrator) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]");

    public String checkedName() {
        String text = Fields.text("name", name).strip();
        if (!NAME.matcher(text).matches()) {
            throw new BadRequestException(
                    "name", "must have 2 to 40 small letters or digits; - may stand between them");
        }
        return text;
    }

    public String checkedAdministrator() {
        String text = Fields.text("administrator", administrator).strip();
        if (!UserBody.isName(text)) {
            throw new BadRequestException(
                    "administrator",
                    "must have 2 to 64 letters or digits; spaces and . _ @ + - may stand between them");
        }
        return text;
    }
}
