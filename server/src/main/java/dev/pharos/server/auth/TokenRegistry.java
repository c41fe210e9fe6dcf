// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.store.TokenStore;
import dev.pharos.server.store.TokenStore.StoredToken;
import dev.pharos.usp.Bytes;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that let users in. All of them are in memory, so that signing in needs no database and takes no time.
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

    public Made make(String name, String by) {
        String secret = PREFIX + Secret.random(Limits.SECRET_BYTES);
        StoredToken token = new StoredToken(Secret.random(9), name, Secret.hash(secret), clock.instant(), by);
        store.add(token);
        byHash.put(token.hash(), token);
        return new Made(token, secret);
    }

    /// The token of this secret.
    public Optional<StoredToken> find(String secret) {
        return Optional.ofNullable(byHash.get(Secret.hash(secret)));
    }

    public boolean exists(String id) {
        return byHash.values().stream().anyMatch(token -> token.id().equals(id));
    }

    /// Oldest first.
    public List<StoredToken> all() {
        return byHash.values().stream()
                .sorted(Comparator.comparing(StoredToken::created).thenComparing(StoredToken::id))
                .toList();
    }

    /// @return whether it was there
    public boolean remove(String id) {
        boolean removed = store.remove(id);
        byHash.values().removeIf(token -> token.id().equals(id));
        return removed;
    }
}
