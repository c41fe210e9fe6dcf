// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person may do.
///
/// @param role `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that they see; empty for all; where it is left out, it stays as it is
/// @param changes the paths that they may change; none for what the role may; where it is left out, it stays as it is
/// @param disabled whether they may not sign in now
public record UserState(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String role,

        @Nullable String scope,

        @Nullable List<@Nullable String> changes,
        @Nullable Boolean disabled) {

    public Role checkedRole() {
        return Fields.role(role);
    }

    /// Whether it is a query is not looked at.
    ///
    /// @param before what it was
    public String wantedScope(Optional<Scope> before) {
        return scope == null ? before.map(Scope::query).orElse("") : scope.strip();
    }

    /// @param before what it was
    public List<PathLimit> wantedChanges(Optional<Scope> before) {
        return changes == null ? before.map(Scope::changes).orElse(List.of()) : Fields.pathLimits(changes);
    }

    public boolean checkedDisabled() {
        return Fields.flag(disabled, false);
    }
}
