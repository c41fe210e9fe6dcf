// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.TokenStore.StoredToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token.
///
/// @param role what it may do: `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that are seen with it; left out for all
/// @param changes the paths that it may change; left out for what the role may
/// @param expires when it is worth nothing any more; left out for never
/// @param token the secret itself, only in the answer that made it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Token(
        String id,
        String name,
        String role,
        @Nullable String scope,
        @Nullable List<String> changes,
        Instant created,
        String createdBy,
        @Nullable Instant expires,
        @Nullable String token) {

    public static Token of(StoredToken token) {
        return of(token, null);
    }

    public static Token of(StoredToken token, @Nullable String secret) {
        return new Token(
                token.id(),
                token.name(),
                Role.valueOf(token.role()).text(),
                Fields.query(token.scope()),
                Fields.changes(token.scope()),
                token.created(),
                token.createdBy(),
                token.expires().orElse(null),
                secret);
    }

    @Override
    public String toString() {
        return "Token[" + id + "]";
    }
}
