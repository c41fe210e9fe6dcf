// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.server.rate.RateLimiter.Verdict;
import dev.pharos.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How often one may ask, in a time that the test sets.
final class RateLimiterTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ManualClock clock = ManualClock.standing();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RateLimiter limiter = limiter("2/s:10", "1/min:3", "1/s:2");

    private RateLimiter limiter(String requests, String heavy, String unknown) {
        return new RateLimiter(
                new RateLimits(
                        Optional.of(Rate.parse(requests)),
                        Optional.of(Rate.parse(heavy)),
                        Optional.of(Rate.parse(unknown)),
                        5),
                metrics,
                clock,
                nanos::get);
    }

    private void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        clock.advance(by);
    }

    private Verdict ask(Askers askers, String who) {
        return limiter.ask(askers, who).orElseThrow();
    }

    @Test
    void who_asks_too_often_waits_as_long_as_is_said_and_others_do_not() {
        for (int left = 9; left >= 0; left--) {
            assertThat(ask(Askers.REQUESTS, "anna").left()).isEqualTo(left);
        }
        Verdict refused = ask(Askers.REQUESTS, "anna");
        assertThat(refused.again()).contains(Duration.ofMillis(500));
        assertThat(refused.full()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ask(Askers.REQUESTS, "berta").again()).isEmpty();
        assertThat(ask(Askers.HEAVY, "anna").again())
                .as("that is another bucket")
                .isEmpty();

        advance(Duration.ofMillis(499));
        assertThat(ask(Askers.REQUESTS, "anna").again()).contains(Duration.ofMillis(1));
        advance(Duration.ofMillis(1));
        assertThat(ask(Askers.REQUESTS, "anna").again()).isEmpty();
        advance(Duration.ofHours(1));
        assertThat(ask(Askers.REQUESTS, "anna").left())
                .as("no more than the burst")
                .isEqualTo(9);
    }

    @Test
    void who_was_limited_is_counted_and_shown_the_last_first() {
        for (int i = 0; i < 5; i++) {
            ask(Askers.UNKNOWN, "192.0.2.1");
            advance(Duration.ofMillis(100));
        }
        limiter.refused(Askers.STREAMS, "anna");
        assertThat(limiter.limited()).extracting(LimitedAskers.Limited::who).containsExactly("anna", "192.0.2.1");
        assertThat(limiter.limited().getLast().count()).isEqualTo(3);
        assertThat(Duration.between(
                        limiter.limited().getLast().first(),
                        limiter.limited().getLast().last()))
                .isEqualTo(Duration.ofMillis(200));
        assertThat(metrics.get("pharos.requests.limited")
                        .tag("of", "unknown")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(metrics.get("pharos.requests.limited")
                        .tag("of", "requests")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void however_many_addresses_come_so_many_are_remembered_and_one_that_comes_often_stays_limited() {
        for (int i = 0; i < 50; i++) {
            ask(Askers.UNKNOWN, "192.0.2.1");
        }
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            assertThat(ask(Askers.UNKNOWN, "2001:db8:" + Integer.toHexString(i) + "::/64")
                            .again())
                    .isEmpty();
            if (i % 100 == 0 && ask(Askers.UNKNOWN, "192.0.2.1").again().isPresent()) {
                refused++;
            }
        }
        assertThat(metrics.get("pharos.requests.askers").gauge().value()).isLessThanOrEqualTo(20_000);
        assertThat(refused).isGreaterThan(990);
        assertThat(limiter.limited()).hasSize(1);

        advance(Duration.ofSeconds(4));
        assertThat(ask(Askers.UNKNOWN, "198.51.100.1").left()).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            limiter.refused(Askers.UNKNOWN, "198.51.100." + i);
        }
        assertThat(limiter.limited()).hasSize(100);
    }

    @Test
    void some_of_what_is_heavy_may_be_under_way_and_more_when_it_is_over() {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.beginHeavy("anna")).isTrue();
        }
        assertThat(limiter.beginHeavy("anna")).isFalse();
        assertThat(limiter.beginHeavy("berta")).isTrue();
        limiter.endHeavy("anna");
        assertThat(limiter.beginHeavy("anna")).isTrue();
        assertThat(limiter.limited()).extracting(LimitedAskers.Limited::who).containsExactly("anna");
    }

    @Test
    void what_is_off_limits_nobody() {
        RateLimiter open = new RateLimiter(
                new RateLimits(Optional.empty(), Optional.empty(), Optional.empty(), 5),
                new SimpleMeterRegistry(),
                clock,
                nanos::get);
        assertThat(open.ask(Askers.REQUESTS, "anna")).isEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(open.beginHeavy("anna")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100/s:1000, 100/s:1000, 10000",
        "60/min, 60/min:60, 60000",
        "1/h:2, 1/h:2, 7200000",
        "1000000/s, 1000000/s:1000000, 1000"
    })
    void a_rate_is_read_and_written(String text, String same, long filling) {
        assertThat(Rate.parse(text)).hasToString(same);
        assertThat(Rate.parse(text).filling()).isEqualTo(Duration.ofMillis(filling));
        assertThat(Rate.parse(same)).isEqualTo(Rate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "100", "100/d", "0/s", "-1/s", "1/s:0", "1/s:1000001", "99999999/s", "1.5/s", "1/s:", "1 /s"
            })
    void what_is_no_rate_is_told_with_what_one_looks_like(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse(text))
                .withMessageMatching("(?s).*(is no rate: it looks like 100/s:1000|are 1 to 1000000).*");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:0:1::1, 2001:db8:0:1::/64",
        "2001:db8:0:1:ffff::2, 2001:db8:0:1::/64",
        "fe80::1%1, fe80:0:0:0::/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "'', ''",
        "localhost, localhost"
    })
    void the_addresses_of_one_ipv6_network_are_one(String address, String block) {
        assertThat(AskerAddress.block(address)).isEqualTo(block);
    }
}
