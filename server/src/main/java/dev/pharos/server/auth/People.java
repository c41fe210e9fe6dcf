// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.TokenStore.StoredToken;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is who: a token stands for whoever made it, so that nobody is two people by having one.
public final class People {
    private final Users users;
    private final TokenRegistry tokens;

    public People(Users users, TokenRegistry tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    /// Somebody, and where it is a token who made it, and whoever made theirs. A name is a person's or a token's, never
    /// both.
    public List<String> behind(String name) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(name));
        while (!left.isEmpty()) {
            String next = left.removeFirst();
            if (found.add(next)) {
                tokens.all().stream()
                        .filter(token -> token.name().equals(next))
                        .map(StoredToken::createdBy)
                        .forEach(left::add);
            }
        }
        return List.copyOf(found);
    }

    /// Whether two may be one: one has made the other's token, or one person has made both. Two tokens that the
    /// server's own token made are two, for that one is nobody's.
    ///
    /// @param behind of the other, as it was then
    public boolean same(String name, String other, Collection<String> behind) {
        List<String> own = behind(name);
        return own.contains(other)
                || behind.contains(name)
                || own.stream()
                        .filter(behind::contains)
                        .anyMatch(both -> users.find(both).isPresent());
    }

    /// As [#same(String, String, Collection)], as it is now.
    public boolean same(String name, String other) {
        return same(name, other, behind(other));
    }

    /// How many people could approve what others ask for: they manage the fleet, the whole of it, and have signed in
    /// with a password of their own.
    public long approvers() {
        return users.all().stream()
                .filter(user -> !user.disabled() && !user.mustChange())
                .filter(user -> user.scope().isEmpty())
                .filter(user -> Role.valueOf(user.role()).may(Right.FLEET))
                .count();
    }

    /// Whether somebody may do something now.
    public boolean may(String name, Right right) {
        return users.access(name).filter(access -> access.may(right)).isPresent()
                || tokens.all().stream()
                        .filter(token -> token.name().equals(name))
                        .map(token -> tokens.byId(token.id()))
                        .map(found -> found instanceof TokenRegistry.Valid(StoredToken token)
                                ? Optional.of(token)
                                : Optional.<StoredToken>empty())
                        .flatMap(Optional::stream)
                        .anyMatch(token -> TokenRegistry.access(token).may(right));
    }
}
