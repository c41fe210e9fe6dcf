// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// @param name for people
/// @param role what it may do: `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that are seen with it; left out for all
/// @param changes the paths that it may change; left out for what the role may
/// @param days after how many it expires; never where it is left out
public record TokenRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String role,

        @Nullable String scope,
        @Nullable List<@Nullable String> changes,
        @Nullable Integer days) {
    private static final int LENGTH = 100;
    private static final int MOST_DAYS = 3650;

    public String checkedName() {
        String checked = Fields.text("name", name).strip();
        if (checked.isEmpty() || checked.length() > LENGTH) {
            throw new BadRequestException("name", "must have 1 to " + LENGTH + " characters");
        }
        return checked;
    }

    public Role checkedRole() {
        return Fields.role(role);
    }

    /// Empty for all devices; whether it is a query is not looked at.
    public String wantedScope() {
        return scope == null ? "" : scope.strip();
    }

    public List<PathLimit> wantedChanges() {
        return Fields.pathLimits(changes);
    }

    public Optional<Instant> expiry(Instant now) {
        if (days == null) {
            return Optional.empty();
        }
        if (days < 1 || days > MOST_DAYS) {
            throw new BadRequestException("days", "must be 1 to " + MOST_DAYS);
        }
        return Optional.of(now.plus(Duration.ofDays(days)));
    }
}
