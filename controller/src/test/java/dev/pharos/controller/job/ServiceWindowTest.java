// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServiceWindowTest {
    private static final ZoneRules BERLIN = ZoneId.of("Europe/Berlin").getRules();
    private static final ServiceWindow NIGHT = ServiceWindow.daily(LocalTime.of(1, 0), LocalTime.of(5, 0));

    private static Optional<Instant> opening(ServiceWindow window, String at) {
        return window.opening(Instant.parse(at), BERLIN);
    }

    @Test
    void it_is_open_from_its_first_minute_to_the_one_before_its_last() {
        assertThat(opening(NIGHT, "2026-01-15T00:00:00Z")).contains(Instant.parse("2026-01-15T00:00:00Z"));
        assertThat(opening(NIGHT, "2026-01-15T03:59:59Z")).contains(Instant.parse("2026-01-15T03:59:59Z"));
        assertThat(opening(NIGHT, "2026-01-15T04:00:00Z")).contains(Instant.parse("2026-01-16T00:00:00Z"));
        assertThat(opening(NIGHT, "2026-07-15T12:00:00Z"))
                .as("by its own clock, in summer too")
                .contains(Instant.parse("2026-07-15T23:00:00Z"));
    }

    @Test
    void it_may_reach_into_the_next_day_and_counts_for_the_day_on_which_it_begins() {
        ServiceWindow saturday = new ServiceWindow(LocalTime.of(22, 0), LocalTime.of(2, 0), Set.of(DayOfWeek.SATURDAY));
        assertThat(opening(saturday, "2026-01-15T12:00:00Z")).contains(Instant.parse("2026-01-17T21:00:00Z"));
        assertThat(opening(saturday, "2026-01-18T00:30:00Z")).contains(Instant.parse("2026-01-18T00:30:00Z"));
        assertThat(opening(saturday, "2026-01-17T00:30:00Z"))
                .as("of Friday's night")
                .contains(Instant.parse("2026-01-17T21:00:00Z"));
    }

    @Test
    void it_closes_by_the_same_clock_and_one_that_is_not_open_does_not_close() {
        assertThat(NIGHT.closing(Instant.parse("2026-01-15T00:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-01-15T04:00:00Z"));
        assertThat(NIGHT.closing(Instant.parse("2026-01-15T04:00:00Z"), BERLIN)).isEmpty();
        ServiceWindow evening = ServiceWindow.daily(LocalTime.of(22, 0), LocalTime.of(2, 0));
        assertThat(evening.closing(Instant.parse("2026-07-15T20:30:00Z"), BERLIN))
                .contains(Instant.parse("2026-07-16T00:00:00Z"));
        assertThat(NIGHT.closing(Instant.parse("2026-03-29T00:30:00Z"), BERLIN))
                .as("the clock jumps within it")
                .contains(Instant.parse("2026-03-29T03:00:00Z"));
        ServiceWindow early = ServiceWindow.daily(LocalTime.of(1, 0), LocalTime.of(2, 30));
        assertThat(early.closing(Instant.parse("2026-03-29T00:30:00Z"), BERLIN))
                .as("the clock jumps over its end")
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void an_hour_that_clocks_leave_out_is_none_and_the_next_week_has_it() {
        ServiceWindow lost = new ServiceWindow(LocalTime.of(2, 0), LocalTime.of(3, 0), Set.of(DayOfWeek.SUNDAY));
        assertThat(opening(lost, "2026-03-28T12:00:00Z")).contains(Instant.parse("2026-04-05T00:00:00Z"));
        ServiceWindow late = ServiceWindow.daily(LocalTime.of(2, 30), LocalTime.of(4, 0));
        assertThat(opening(late, "2026-03-28T12:00:00Z"))
                .as("the clock jumps into it")
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void a_window_without_length_or_day_is_none() {
        assertThatThrownBy(() -> ServiceWindow.daily(LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServiceWindow(LocalTime.NOON, LocalTime.MIDNIGHT, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The next opening is open, and nothing before it is, in any zone, at any time.
    @Test
    void the_next_opening_is_the_first_moment_that_is_open() {
        Random random = new Random(20260115);
        List<String> zones = List.of(
                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Europe/Dublin", "UTC");
        for (int i = 0; i < 1_500; i++) {
            ZoneRules zone = ZoneId.of(zones.get(random.nextInt(zones.size()))).getRules();
            LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(4) * 15);
            ServiceWindow window =
                    new ServiceWindow(from, from.plusMinutes(15L * (1 + random.nextInt(90))), days(random));
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
            Instant opening = window.opening(at, zone).orElseThrow();
            assertThat(isOpen(window, opening, zone)).as("%s at %s", window, at).isTrue();
            for (Instant before = at; before.isBefore(opening); before = before.plus(Duration.ofMinutes(13))) {
                assertThat(isOpen(window, before, zone))
                        .as("%s at %s, said %s", window, before, opening)
                        .isFalse();
            }
        }
    }

    private static EnumSet<DayOfWeek> days(Random random) {
        EnumSet<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        if (random.nextBoolean()) {
            days.addAll(EnumSet.allOf(DayOfWeek.class));
        }
        return days;
    }

    private static boolean isOpen(ServiceWindow window, Instant at, ZoneRules zone) {
        return window.isOpen(LocalDateTime.ofInstant(at, zone.getOffset(at)));
    }
}
