// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.requirements.Requirement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBackoffTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5, 10",
        "2, 10, 20",
        "3, 20, 40",
        "9, 1280, 2560",
        "10, 2560, 5120",
        "11, 2560, 5120",
        "99, 2560, 5120"
    })
    @Requirement({"R-WS.19", "R-NOT.1"})
    void the_wait_lies_between_the_bounds_of_its_step(int attempt, int low, int high) {
        Random random = new Random(attempt);
        for (int i = 0; i < 200; i++) {
            Duration wait = RetryBackoff.DEFAULT.waitBefore(attempt, random);
            assertThat(wait).isBetween(Duration.ofSeconds(low), Duration.ofSeconds(high));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 5, 10",
        "1, 3, 5, 10",
        "1, 36, 36, 41",
        "3, 36, 36, 41",
        "10, 36, 2560, 5120",
        "1, 999999, 2560, 2565"
    })
    @Requirement("R-WS.19")
    void who_is_asked_to_wait_waits_as_long_as_that_and_never_less_than_by_itself(
            int attempt, int asked, int low, int high) {
        Random random = new Random(attempt);
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Duration wait = RetryBackoff.DEFAULT.waitBefore(attempt, Duration.ofSeconds(asked), random);
            assertThat(wait).isBetween(Duration.ofSeconds(low), Duration.ofSeconds(high));
            waits.add(wait);
        }
        assertThat(waits).as("different ones").hasSizeGreaterThan(100);
    }

    @Test
    void a_multiplier_of_one_keeps_the_wait() {
        RetryBackoff even = new RetryBackoff(Duration.ofSeconds(3), 1000);
        assertThat(even.waitBefore(7, new Random(1))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void the_largest_values_do_not_overflow() {
        RetryBackoff largest = new RetryBackoff(Duration.ofSeconds(65_535), 65_535);
        assertThat(largest.waitBefore(Integer.MAX_VALUE, new Random(1))).isPositive();
    }

    @Test
    void values_outside_of_their_ranges_are_refused() {
        assertThatThrownBy(() -> new RetryBackoff(Duration.ZERO, 2000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryBackoff(Duration.ofDays(1), 2000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryBackoff(Duration.ofSeconds(1), 999))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
