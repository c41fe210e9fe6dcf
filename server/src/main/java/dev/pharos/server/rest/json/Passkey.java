// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A passkey of the person who asks.
///
/// @param name what the person calls it
/// @param lastUsed left out for never
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Passkey(
        long id, String name, Instant created, @Nullable Instant lastUsed) {

    public static Passkey of(StoredPasskey key) {
        return new Passkey(key.id(), key.name(), key.created(), key.lastUsed().orElse(null));
    }
}
