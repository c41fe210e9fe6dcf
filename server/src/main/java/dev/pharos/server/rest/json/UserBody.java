// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.auth.Role;
import dev.pharos.server.auth.Users;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A person to be let in.
///
/// @param name 2 to 64 letters, digits, and `. _ @ + -` or spaces between them
/// @param role what they may do: `viewer`, `support`, `engineer`, `auditor` or `admin`
public record UserBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String role) {

    public String checkedName() {
        String text = Fields.text("name", name).strip();
        if (!Users.isName(text)) {
            throw new BadRequestException(
                    "name", "must have 2 to 64 letters or digits; spaces and . _ @ + - may stand between them");
        }
        return text;
    }

    public Role checkedRole() {
        return Fields.role(role);
    }
}
