// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.rights.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a person may do.
///
/// @param role `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that they see; empty for all; where it is left out, it stays as it is
/// @param disabled whether they may not sign in now
public record UserState(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String role,

        @Nullable String scope,
        @Nullable Boolean disabled) {

    public Role checkedRole() {
        return Fields.role(role);
    }

    /// Whether it is a query is not looked at.
    ///
    /// @param before what it was
    public String wantedScope(String before) {
        return scope == null ? before : scope.strip();
    }

    public boolean checkedDisabled() {
        return Fields.flag(disabled, false);
    }
}
