// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// What whoever sends the request that is being answered may do.
///
/// @param mustChange whether the password is one that somebody else knows: nothing but changing it is allowed
/// @param scope empty where they may see every device
/// @param first whether they are of the first tenant, whose administrators look after the whole server
public record Access(Role role, boolean mustChange, Optional<Scope> scope, boolean first) {

    /// Of the request of this thread; empty where nobody is signed in.
    public static Optional<Access> current() {
        @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getDetails() instanceof Access access ? Optional.of(access) : Optional.empty();
    }

    public boolean may(Right right) {
        return mustChange ? right == Right.SELF : role.may(right) && (first || right != Right.PLATFORM);
    }

    /// Why not, as a sentence.
    public String refusal(Right right) {
        return mustChange
                ? "Choose a password of your own first: somebody else knows this one."
                : right == Right.PLATFORM && !first
                        ? "This is about the whole server, which administrators of the tenant main look after."
                        : "Your role, " + role.text() + ", does not let you " + right.words() + "; these do: "
                                + Role.names(right) + ".";
    }
}
