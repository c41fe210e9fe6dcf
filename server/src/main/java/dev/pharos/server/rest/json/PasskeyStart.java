// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// That somebody wants to add a passkey.
///
/// @param password their own: an open page is not enough
public record PasskeyStart(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String password) {

    public String checkedPassword() {
        return Fields.text("password", password);
    }

    @Override
    public String toString() {
        return "PasskeyStart[masked]";
    }
}
