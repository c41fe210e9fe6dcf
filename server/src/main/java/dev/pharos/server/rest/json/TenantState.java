// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.TenantStore.State;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How a tenant is to stand.
///
/// @param state `active` or `suspended`
public record TenantState(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String state) {
    public State checked() {
        return switch (Fields.text("state", state)) {
            case "active" -> State.ACTIVE;
            case "suspended" -> State.SUSPENDED;
            default -> throw new BadRequestException("state", "must be active or suspended");
        };
    }
}
