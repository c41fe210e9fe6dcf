// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.store.TokenStore;
import dev.pharos.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenRegistryTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-26T12:00:00Z"));
    private final TokenStore store = new TokenStore(TestDatabase.database());

    @Test
    void a_token_is_worth_nothing_from_the_moment_it_expires_also_after_a_restart() {
        TokenRegistry tokens = new TokenRegistry(store, clock);
        Instant end = clock.instant().plus(Duration.ofDays(1));
        TokenRegistry.Made made = tokens.make("short", Role.SUPPORT, Optional.empty(), Optional.of(end), "test");
        assertThat(tokens.find(made.secret())).isInstanceOf(TokenRegistry.Valid.class);
        assertThat(TokenRegistry.access(made.token()).may(Right.CHANGE)).isTrue();
        assertThat(TokenRegistry.access(made.token()).may(Right.FLEET)).isFalse();
        clock.set(end.minusMillis(1));
        assertThat(tokens.byId(made.token().id())).isInstanceOf(TokenRegistry.Valid.class);
        clock.set(end);
        assertThat(tokens.find(made.secret())).isEqualTo(new TokenRegistry.Expired(end));
        assertThat(new TokenRegistry(store, clock).find(made.secret())).isInstanceOf(TokenRegistry.Expired.class);
        tokens.remove(made.token().id());
        assertThat(tokens.find(made.secret())).isEqualTo(new TokenRegistry.Unknown());
    }
}
