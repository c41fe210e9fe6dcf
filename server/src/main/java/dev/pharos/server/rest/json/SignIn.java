// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A token, for a session.
public record SignIn(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String token) {
    public String checkedToken() {
        return Fields.text("token", token);
    }

    @Override
    public String toString() {
        return "SignIn[token masked]";
    }
}
