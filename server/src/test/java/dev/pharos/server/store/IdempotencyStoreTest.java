// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.store.IdempotencyStore.Answered;
import dev.pharos.server.store.IdempotencyStore.Different;
import dev.pharos.server.store.IdempotencyStore.Fresh;
import dev.pharos.server.store.IdempotencyStore.Running;
import dev.pharos.usp.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class IdempotencyStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final IdempotencyStore store = new IdempotencyStore(TestDatabase.database());

    @Test
    void a_key_is_carried_out_once_and_answered_alike_after_that() {
        assertThat(store.claim("a", "k1", "POST /x", NOW)).isEqualTo(new Fresh());
        assertThat(store.claim("a", "k1", "POST /x", NOW)).isEqualTo(new Running());
        Answered answer = new Answered(200, "application/json", Bytes.ofUtf8("{}"));
        store.finish("a", "k1", answer);
        assertThat(store.claim("a", "k1", "POST /x", NOW)).isEqualTo(answer);
        assertThat(store.claim("a", "k1", "POST /y", NOW)).isEqualTo(new Different());
        assertThat(store.claim("b", "k1", "POST /x", NOW))
                .as("another user's key")
                .isEqualTo(new Fresh());
    }

    @Test
    void what_was_not_done_or_was_cut_off_may_be_tried_again() {
        store.claim("a", "k2", "POST /x", NOW);
        store.forget("a", "k2");
        assertThat(store.claim("a", "k2", "POST /x", NOW)).isEqualTo(new Fresh());
        assertThat(store.claim("a", "k2", "POST /x", NOW.plus(Duration.ofMinutes(6))))
                .isEqualTo(new Fresh());
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        store.claim("a", "k3", "POST /x", NOW);
        store.finish("a", "k3", new Answered(200, "", Bytes.EMPTY));
        assertThat(store.claim("a", "k3", "POST /x", NOW.plus(Duration.ofHours(25))))
                .isEqualTo(new Fresh());
    }
}
