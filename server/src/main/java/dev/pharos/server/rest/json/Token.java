// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token.
///
/// @param token the secret itself, only in the answer that made it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Token(
        String id, String name, Instant created, @Nullable String token) {
    @Override
    public String toString() {
        return "Token[" + id + "]";
    }
}
