// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.UserStore.Origin;
import dev.pharos.server.store.UserStore.StoredUser;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who may sign in.
///
/// @param role what they may do: `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that they see; left out for all
/// @param changes the paths that they may change; left out for what the role may
/// @param mustChangePassword whether they have not chosen one of their own yet
/// @param disabled whether they may not sign in now
/// @param lastSignIn left out for never
/// @param provider the issuer of the OpenID provider that vouches for them; left out for who has a
///     password here
/// @param roleFromProvider whether what they may do follows from what that provider says of them, so that
///     it is not changed here
/// @param awaited whether they have not come from there yet
/// @param passkeys how many they may sign in with in place of their password
/// @param password one to be changed at the first sign-in, only in the answer that made it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record User(
        String name,
        String role,
        @Nullable String scope,
        @Nullable List<String> changes,
        boolean mustChangePassword,
        boolean disabled,
        Instant created,
        String createdBy,
        @Nullable Instant lastSignIn,
        @Nullable String provider,
        boolean roleFromProvider,
        boolean awaited,
        int passkeys,
        @Nullable String password) {

    /// @param passkeys how many they have
    /// @param roleFromProvider whether what they may do follows from what their provider says
    public static User of(StoredUser user, int passkeys, boolean roleFromProvider) {
        return of(user, passkeys, roleFromProvider, null);
    }

    /// Somebody with a password that was just made, and no passkey.
    public static User withPassword(StoredUser user, String password) {
        return of(user, 0, false, password);
    }

    private static User of(StoredUser user, int passkeys, boolean roleFromProvider, @Nullable String password) {
        return new User(
                user.name(),
                Role.valueOf(user.role()).text(),
                Fields.query(user.scope()),
                Fields.changes(user.scope()),
                user.mustChange(),
                user.disabled(),
                user.created(),
                user.createdBy(),
                user.lastSeen().orElse(null),
                user.origin().map(Origin::issuer).orElse(null),
                roleFromProvider,
                user.origin().filter(Origin::isAwaited).isPresent(),
                passkeys,
                password);
    }

    @Override
    public String toString() {
        return "User[" + name + "]";
    }
}
