// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PosixZoneTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /// At every hour of three years.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CET-1CEST,M3.5.0,M10.5.0/3              | Europe/Berlin
            GMT0BST,M3.5.0/1,M10.5.0                | Europe/London
            IST-1GMT0,M10.5.0,M3.5.0/1              | Europe/Dublin
            EST5EDT,M3.2.0,M11.1.0                  | America/New_York
            EST5EDT                                 | America/New_York
            NST3:30NDT,M3.2.0,M11.1.0               | America/St_Johns
            AEST-10AEDT,M10.1.0,M4.1.0/3            | Australia/Sydney
            <+1030>-10:30<+11>-11,M10.1.0,M4.1.0    | Australia/Lord_Howe
            IST-5:30                                | Asia/Kolkata
            <+0545>-5:45                            | Asia/Kathmandu
            <-03>3                                  | America/Sao_Paulo
            UTC0                                    | UTC
            <-04>4<-03>,M9.1.6/24,M4.1.6/24         | America/Santiago
            """)
    void what_a_device_says_is_the_zone_that_others_know_by_name(String posix, String name) {
        ZoneRules read = PosixZone.parse(posix).orElseThrow();
        ZoneRules known = ZoneId.of(name).getRules();
        for (int hour = 0; hour < 3 * 365 * 24; hour++) {
            Instant at = BEGIN.plus(Duration.ofHours(hour));
            assertThat(read.getOffset(at)).as("%s at %s", name, at).isEqualTo(known.getOffset(at));
        }
    }

    @Test
    void a_day_of_the_year_is_understood_where_leap_years_do_not_move_it() {
        ZoneRules read = PosixZone.parse("AAA0BBB,J60,J300").orElseThrow();
        assertThat(read.getOffset(Instant.parse("2028-03-01T01:59:59Z")).getTotalSeconds())
                .isZero();
        assertThat(read.getOffset(Instant.parse("2028-03-01T02:00:00Z")).getTotalSeconds())
                .isEqualTo(3_600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Europe/Berlin",
                "CET",
                "CET-1CEST,M3.5.0",
                "CET-1CEST,M13.5.0,M10.5.0",
                "CET-1CEST,60,300",
                "CET-99",
                "CET-1CEST,M3.5.0/-1,M10.5.0/0",
                "CET-1CEST,M3.5.0/2:99:99:99,M10.5.0",
                "<+01>-1\u0000",
                "JJJ0KKK,J0,J400"
            })
    void what_cannot_be_told_is_not_guessed(String text) {
        assertThat(PosixZone.parse(text)).isEmpty();
        assertThat(PosixZone.parse("A".repeat(100_000) + text)).isEmpty();
    }
}
