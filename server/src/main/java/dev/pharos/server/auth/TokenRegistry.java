// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TokenStore;
import dev.pharos.server.store.TokenStore.StoredToken;
import dev.pharos.usp.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The tokens that let users in. Whoever lists or removes them finds those of their tenant. All of them are in memory,
/// so
/// that signing in needs no database and takes no time.
public final class TokenRegistry {
    private static final String PREFIX = "pharos_";

    private final TokenStore store;
    private final Clock clock;
    private final Map<Bytes, StoredToken> byHash = new ConcurrentHashMap<>();

    public TokenRegistry(TokenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        store.all().forEach(token -> byHash.put(token.hash(), token));
    }

    /// A token that was just made; its secret is known only here and now.
    public record Made(StoredToken token, String secret) {
        @Override
        public String toString() {
            return "Made[" + token.id() + "]";
        }
    }

    /// @param scope what limits it beside the role
    /// @param expires when it is worth nothing any more; empty for never
    public Made make(String name, Role role, Optional<Scope> scope, Optional<Instant> expires, String by) {
        String secret = PREFIX + Secret.random(Limits.SECRET_BYTES);
        StoredToken token = new StoredToken(
                Secret.random(9),
                name,
                Secret.hash(secret),
                clock.instant(),
                by,
                role.name(),
                scope,
                expires,
                Tenant.current().orElse(Tenant.MAIN));
        store.add(token);
        byHash.put(token.hash(), token);
        return new Made(token, secret);
    }

    /// What a secret is worth now.
    public sealed interface Found {}

    public record Valid(StoredToken token) implements Found {}

    public record Expired(Instant when) implements Found {}

    public record Unknown() implements Found {}

    /// The token of this secret.
    public Found find(String secret) {
        return judge(Optional.ofNullable(byHash.get(Secret.hash(secret))));
    }

    /// The token of this id.
    public Found byId(String id) {
        return judge(
                byHash.values().stream().filter(token -> token.id().equals(id)).findFirst());
    }

    private Found judge(Optional<StoredToken> known) {
        if (known.isEmpty()) {
            return new Unknown();
        }
        Instant now = clock.instant();
        Optional<Instant> over = known.get().expires().filter(end -> !end.isAfter(now));
        return over.isPresent() ? new Expired(over.get()) : new Valid(known.get());
    }

    /// What may be done with a token.
    public static Access access(StoredToken token) {
        return new Access(
                Role.valueOf(token.role()), false, token.scope(), token.tenant().equals(Tenant.MAIN));
    }

    /// Those of the tenant for whom the thread works, else all.
    private Stream<StoredToken> own() {
        Optional<Tenant> tenant = Tenant.current();
        return byHash.values().stream()
                .filter(token -> tenant.isEmpty() || tenant.get().equals(token.tenant()));
    }

    /// Of a tenant that is gone with all that it had.
    public void forgetOf(Tenant gone) {
        byHash.values().removeIf(token -> token.tenant().equals(gone));
    }

    public boolean isNamed(String name) {
        return own().anyMatch(token -> token.name().equals(name));
    }

    public boolean exists(String id) {
        return own().anyMatch(token -> token.id().equals(id));
    }

    /// Oldest first.
    public List<StoredToken> all() {
        return own().sorted(Comparator.comparing(StoredToken::created).thenComparing(StoredToken::id))
                .toList();
    }

    /// @return whether it was there
    public boolean remove(String id) {
        if (!store.remove(id)) {
            return false;
        }
        byHash.values().removeIf(token -> token.id().equals(id));
        return true;
    }
}
