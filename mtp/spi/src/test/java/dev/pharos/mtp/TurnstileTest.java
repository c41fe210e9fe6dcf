// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void places_that_come_before_a_crowd_can_be_back_are_promised_to_nobody_of_it() {
        Turnstile turnstile = new Turnstile(10, 10, now::get);
        assertThat(entered(turnstile, 110)).isEqualTo(10);
        for (int second = 0; second < 14; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(entered(turnstile, 10)).as("others, who come meanwhile").isEqualTo(10);
        }
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(11)));
        pass(Duration.ofSeconds(6));
        assertThat(entered(turnstile, 10)).isEqualTo(10);
        assertThat(turnstile.enter("mqtt")).isEqualTo(Optional.of(Duration.ofSeconds(5)));
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

    /// The storm, by what R-WS.19 has agents wait; who is in is served one after the other.
    ///
    /// @param obeys whether agents come again when they are told, or when their back-off says alone
    @ParameterizedTest
    @CsvSource({
        "700, false, 70",
        "1000, false, 70",
        "2000, false, 35",
        "10000, false, 35",
        "500, true, 50",
        "700, true, 50",
        "1000, true, 45",
        "2000, true, 35",
        "10000, true, 35"
    })
    void nineteen_thousand_who_lose_their_connections_at_once_are_back_within_the_window(
            int servedPerSecond, boolean obeys, int seconds) {
        Turnstile turnstile = new Turnstile(new Turnstile.Rate(500, 4_000), 2_000, now::get);
        Random random = new Random(1);
        PriorityQueue<long[]> attempts = new PriorityQueue<>(Comparator.comparingLong(attempt -> attempt[0]));
        for (int agent = 0; agent < 19_000; agent++) {
            attempts.add(new long[] {wait(1, Duration.ZERO, random), 1});
        }
        double waiting = 0;
        double longest = 0;
        long millis = 0;
        for (; !attempts.isEmpty() || waiting > 0; millis++) {
            while (!attempts.isEmpty() && attempts.peek()[0] <= millis) {
                long[] attempt = attempts.remove();
                Optional<Duration> later = turnstile.enter("websocket");
                if (later.isEmpty()) {
                    waiting++;
                    longest = Math.max(longest, waiting / servedPerSecond);
                } else {
                    Duration asked = obeys ? later.get() : Duration.ZERO;
                    attempts.add(new long[] {millis + wait((int) attempt[1] + 1, asked, random), attempt[1] + 1});
                }
            }
            if (waiting > 0) {
                turnstile.served(Duration.ofMillis((long) (waiting * 1000 / servedPerSecond)));
            }
            waiting = Math.max(0, waiting - servedPerSecond / 1000.0);
            pass(Duration.ofMillis(1));
        }
        assertThat(millis).isLessThan(seconds * 1000L);
        assertThat(longest)
                .as("seconds that one who was let in waits, of whom 2,000 may come at once")
                .isLessThan(2_000.0 / servedPerSecond + 2.5);
    }

    private static long wait(int attempt, Duration asked, Random random) {
        return RetryBackoff.DEFAULT.waitBefore(attempt, asked, random).toMillis();
    }

    @Test
    void the_rate_grows_while_a_crowd_is_served_promptly_and_shrinks_when_it_is_not_and_after_the_crowd() {
        Turnstile turnstile = new Turnstile(new Turnstile.Rate(100, 1_000), 1, now::get);
        List<Integer> rates = new ArrayList<>();
        for (int took : new int[] {50, 50, 50, 50, 50, 50, 50, 1_500, 2_100, 2_100}) {
            entered(turnstile, 1_000);
            turnstile.served(Duration.ofMillis(took));
            pass(Duration.ofMillis(250));
            rates.add(turnstile.perSecond());
        }
        assertThat(rates).containsExactly(150, 225, 337, 506, 759, 1_000, 1_000, 1_000, 500, 250);
        pass(Duration.ofMillis(250));
        assertThat(turnstile.perSecond()).as("nobody says anything").isEqualTo(125);
        pass(Duration.ofHours(1));
        assertThat(turnstile.perSecond()).isEqualTo(100);
    }

    @Test
    void a_turnstile_that_lets_nobody_in_is_not_made() {
        assertThatThrownBy(() -> new Turnstile(0, 1)).hasMessageContaining("nobody");
        assertThatThrownBy(() -> new Turnstile(1, 0)).hasMessageContaining("nobody");
        assertThatThrownBy(() -> new Turnstile.Rate(2, 1)).hasMessageContaining("nobody");
    }
}
