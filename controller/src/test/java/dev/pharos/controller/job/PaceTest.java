// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void without_a_rate_only_what_is_at_work_counts() {
        Pace pace = new Pace(10, 0);
        assertThat(pace.allowed(Instant.EPOCH, START, 0)).isEqualTo(10);
        assertThat(pace.allowed(Instant.EPOCH, START, 7)).isEqualTo(3);
        assertThat(pace.allowed(Instant.EPOCH, START, 12)).isZero();
    }

    /// However late and unevenly it is looked, in any minute; and where it is looked often, little is wasted.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 1_000, 60_000})
    void never_more_begin_in_any_minute_than_are_allowed(int perMinute) {
        Pace pace = new Pace(Limits.CONCURRENCY, perMinute);
        Random random = new Random(perMinute);
        Instant now = START;
        Instant next = Instant.EPOCH;
        long total = 0;
        int inMinute = 0;
        record Begun(Instant at, int many) {}
        Deque<Begun> minute = new ArrayDeque<>();
        Instant end = START.plus(Duration.ofMinutes(20));
        boolean tardy = perMinute % 2 == 1;
        while (now.isBefore(end)) {
            int begun = pace.allowed(next, now, 0);
            next = pace.next(next, now, begun);
            total += begun;
            inMinute += begun;
            minute.addLast(new Begun(now, begun));
            while (Duration.between(minute.getFirst().at(), now).compareTo(Duration.ofMinutes(1)) >= 0) {
                inMinute -= minute.removeFirst().many();
            }
            assertThat(inMinute).as("at %s", now).isLessThanOrEqualTo(perMinute);
            boolean late = tardy && random.nextInt(50) == 0;
            now = now.plusNanos(random.nextLong(late ? 90_000_000_000L : 300_000_000L));
        }
        if (!tardy) {
            assertThat(total).isBetween(perMinute * 19L, perMinute * 20L + 1);
        }
    }

    @Test
    void what_was_not_used_for_long_is_not_made_up_for() {
        Pace pace = new Pace(100, 60);
        Instant later = START.plus(Duration.ofHours(1));
        int begun = pace.allowed(START, later, 0);
        assertThat(begun).isEqualTo(1);
        assertThat(pace.allowed(pace.next(START, later, begun), later, 0)).isZero();
    }
}
