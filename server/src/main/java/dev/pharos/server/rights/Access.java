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
public record Access(Role role, boolean mustChange, Optional<Scope> scope) {

    /// Of the request of this thread; empty where nobody is signed in.
    public static Optional<Access> current() {
        @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getDetails() instanceof Access access ? Optional.of(access) : Optional.empty();
    }

    public boolean may(Right right) {
        return mustChange ? right == Right.SELF : role.may(right);
    }

    /// Why not, as a sentence.
    public String refusal(Right right) {
        return mustChange
                ? "Choose a password of your own first: somebody else knows this one."
                : "Your role, " + role.text() + ", does not let you " + right.words() + "; these do: "
                        + Role.names(right) + ".";
    }
}
