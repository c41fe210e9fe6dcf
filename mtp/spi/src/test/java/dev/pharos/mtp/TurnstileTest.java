// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static int entered(Turnstile turnstile, int who) {
        int entered = 0;
        for (int i = 0; i < who; i++) {
            entered += turnstile.enter("websocket").isEmpty() ? 1 : 0;
        }
        return entered;
    }

    @Test
    void so_many_come_in_at_once_and_so_many_a_second_after_that() {
        Turnstile turnstile = new Turnstile(100, 250, now::get);
        assertThat(entered(turnstile, 10_000)).isEqualTo(250);
        pass(Duration.ofMillis(500));
        assertThat(entered(turnstile, 10_000)).isEqualTo(50);
        pass(Duration.ofSeconds(1));
        assertThat(entered(turnstile, 10_000)).isEqualTo(100);
        pass(Duration.ofHours(1));
        assertThat(entered(turnstile, 10_000))
                .as("a calm saves no more than the most")
                .isEqualTo(250);
    }

    @Test
    void ten_thousand_who_come_again_when_they_are_told_are_all_in_within_two_minutes() {
        Turnstile turnstile = new Turnstile(100, 500, now::get);
        int outside = 10_000;
        Duration spent = Duration.ZERO;
        while (outside > 0) {
            outside -= entered(turnstile, outside);
            pass(Duration.ofSeconds(1));
            spent = spent.plusSeconds(1);
        }
        assertThat(spent).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void the_larger_the_crowd_the_longer_it_is_asked_to_wait_up_to_a_minute() {
        Turnstile turnstile = new Turnstile(10, 1, now::get);
        assertThat(turnstile.enter("mqtt")).isEmpty();
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(1)));
        entered(turnstile, 49);
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(6)));
        entered(turnstile, 10_000);
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(60)));
        pass(Duration.ofHours(1));
        assertThat(turnstile.enter("mqtt")).isEmpty();
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(1)));
    }

    @Test
    void who_was_turned_away_is_counted_by_transport_and_told_once() {
        Turnstile turnstile = new Turnstile(1, 1, now::get);
        turnstile.enter("mqtt");
        turnstile.enter("mqtt");
        turnstile.enter("websocket");
        turnstile.enter("websocket");
        assertThat(turnstile.takeTurnedAway()).isEqualTo(Map.of("mqtt", 1L, "websocket", 2L));
        assertThat(turnstile.takeTurnedAway()).isEmpty();
    }

    @Test
    void a_turnstile_that_lets_nobody_in_is_not_made() {
        assertThatThrownBy(() -> new Turnstile(0, 1)).hasMessageContaining("nobody");
        assertThatThrownBy(() -> new Turnstile(1, 0)).hasMessageContaining("nobody");
    }
}
