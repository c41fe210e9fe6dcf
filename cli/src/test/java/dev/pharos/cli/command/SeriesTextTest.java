// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SeriesTextTest {
    private static final Instant FROM = Instant.parse("2026-11-26T10:00:00Z");

    private static JsonNode series(String points, String more) {
        return JsonMapper.shared()
                .readTree("{\"path\":\"Device.A.B\",\"kept\":true,\"from\":\"" + FROM
                        + "\",\"to\":\"2026-11-26T11:00:00Z\",\"step\":0,\"more\":false,\"points\":[" + points + "]"
                        + more + "}");
    }

    private static String told(int minute, String value) {
        return "{\"time\":\"" + FROM.plusSeconds(60L * minute) + "\",\"value\":\"" + value + "\"}";
    }

    @Test
    void numbers_are_a_line_of_columns_where_they_were_between_the_lowest_and_the_highest() {
        String points = IntStream.of(0, 1, 30, 59)
                .mapToObj(minute -> told(minute, Integer.toString(minute)))
                .collect(Collectors.joining(","));
        String[] lines = SeriesText.picture(series(points, "")).split("\n", -1);
        assertThat(lines[0]).isEqualTo("▁▁" + " ".repeat(28) + "▅" + " ".repeat(28) + "█");
        assertThat(lines[1]).contains("2026-11-26 10:00Z", "2026-11-26 11:00Z");
        assertThat(lines[2]).contains("low 0  mean 22.50  high 59  last 59", "4 values");
    }

    @Test
    void steps_weigh_as_many_values_as_they_are_of() {
        String points = "{\"time\":\"2026-11-26T09:55:00Z\",\"min\":1,\"avg\":2,\"max\":3,\"count\":3},"
                + "{\"time\":\"2026-11-26T10:30:00Z\",\"min\":6,\"avg\":6,\"max\":6,\"count\":1}";
        assertThat(SeriesText.picture(series(points, ",\"step\":300")))
                .contains("low 1  mean 3  high 6  last 6", "4 values, in steps of 5m");
        assertThat(SeriesText.table(series(points, ",\"step\":300")))
                .contains("2026-11-26T10:30:00Z  low 6  mean 6  high 6", "of 1");
    }

    @Test
    void one_value_and_values_that_are_all_the_same_have_a_line_too() {
        assertThat(SeriesText.picture(series(told(5, "-90.5"), ""))).contains("▅", "low -90.50", "1 value");
    }

    @Test
    void texts_are_listed_the_last_of_them_and_nothing_in_them_reaches_the_terminal() {
        String points = IntStream.range(0, 30)
                .mapToObj(minute -> told(minute, "state \\u001b[31m" + minute))
                .collect(Collectors.joining(","));
        String text = SeriesText.picture(series(points, ""));
        assertThat(text).contains("29", "older values are not shown").doesNotContain("\u001b[31m", "10:09:00Z");
        assertThat(text.lines()).hasSize(21);
    }

    @Test
    void where_nothing_is_it_says_why() {
        assertThat(SeriesText.picture(series("", ""))).contains("no value in this time");
        assertThat(SeriesText.picture(series("", ",\"kept\":false")))
                .contains("Device.A.B is not kept: pharos series keep Device.A.B");
        assertThat(SeriesText.kept(JsonMapper.shared().readTree("{\"items\":[]}")))
                .contains("nothing");
    }
}
