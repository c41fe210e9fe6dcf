// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.query.Condition.All;
import dev.pharos.controller.query.Condition.Any;
import dev.pharos.controller.query.Condition.FlagIs;
import dev.pharos.controller.query.Condition.Not;
import dev.pharos.controller.query.Condition.ParameterIs;
import dev.pharos.controller.query.Condition.Tagged;
import dev.pharos.controller.query.Condition.TextIs;
import dev.pharos.controller.query.Condition.TimeIs;
import dev.pharos.controller.query.Condition.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryParserTest {
    private static final ParameterPattern CHANNEL = new ParameterPattern("Device.WiFi.Radio.*.", "Channel");

    @Test
    void nothing_asked_for_means_every_device() throws QueryException {
        assertThat(QueryParser.parse("")).isEqualTo(Condition.EVERYTHING);
        assertThat(QueryParser.parse(" \t ")).isEqualTo(Condition.EVERYTHING);
    }

    @Test
    void inventory_parameters_ages_and_tags_are_asked_for_together() throws QueryException {
        assertThat(QueryParser.parse(
                        "model = \"X\" and Device.WiFi.Radio.*.Channel > 11 and lastSeen < 1h and tag:pilot"))
                .isEqualTo(new All(List.of(
                        new TextIs(TextAttribute.MODEL, TextComparison.IS, "X"),
                        new ParameterIs(CHANNEL, new ValueTest.Numeric(Order.GREATER, BigDecimal.valueOf(11))),
                        new TimeIs(TimeAttribute.LAST_SEEN, Order.LESS, new Moment.Ago(Duration.ofHours(1))),
                        new Tagged("pilot"))));
    }

    @Test
    void words_alone_are_looked_for_as_text_and_all_of_them_are_wanted() throws QueryException {
        assertThat(QueryParser.parse("acme online:true"))
                .isEqualTo(new All(List.of(new Word("acme"), new FlagIs(Flag.ONLINE, true))));
        assertThat(QueryParser.parse("os::00256D-1%2F")).isEqualTo(new Word("os::00256D-1%2F"));
        assertThat(QueryParser.parse("10.0.0.1:8080")).isEqualTo(new Word("10.0.0.1:8080"));
        assertThat(QueryParser.parse("\"two words and \\\"more\\\" \\\\ \\n\""))
                .isEqualTo(new Word("two words and \"more\" \\ \\n"));
    }

    @Test
    void and_binds_closer_than_or_and_parentheses_closer_than_both() throws QueryException {
        Word a = new Word("a");
        Word b = new Word("b");
        Word c = new Word("c");
        assertThat(QueryParser.parse("a or b and c")).isEqualTo(new Any(List.of(a, new All(List.of(b, c)))));
        assertThat(QueryParser.parse("(a OR b) c")).isEqualTo(new All(List.of(new Any(List.of(a, b)), c)));
        assertThat(QueryParser.parse("not a and not (b)")).isEqualTo(new All(List.of(new Not(a), new Not(b))));
        assertThat(QueryParser.parse("not not a")).isEqualTo(new Not(new Not(a)));
    }

    @Test
    void a_colon_stands_for_what_is_most_usual() throws QueryException {
        assertThat(QueryParser.parse("model:gate"))
                .isEqualTo(new TextIs(TextAttribute.MODEL, TextComparison.CONTAINS, "gate"));
        assertThat(QueryParser.parse("STATUS:Error"))
                .isEqualTo(new TextIs(TextAttribute.STATUS, TextComparison.IS, "error"));
        assertThat(QueryParser.parse("tag:\"two words\"")).isEqualTo(new Tagged("two words"));
        assertThat(QueryParser.parse("tag != lab")).isEqualTo(new Not(new Tagged("lab")));
    }

    @Test
    void flags_times_and_values_are_read_by_their_kind() throws QueryException {
        assertThat(QueryParser.parse("approved != true")).isEqualTo(new FlagIs(Flag.APPROVED, false));
        assertThat(QueryParser.parse("firstSeen>=2026-11-25"))
                .isEqualTo(new TimeIs(
                        TimeAttribute.FIRST_SEEN,
                        Order.AT_LEAST,
                        new Moment.At(Instant.parse("2026-11-25T00:00:00Z"))));
        assertThat(QueryParser.parse("lastSeen > 2w"))
                .isEqualTo(new TimeIs(TimeAttribute.LAST_SEEN, Order.GREATER, new Moment.Ago(Duration.ofDays(14))));
        assertThat(QueryParser.parse("Device.WiFi.Radio.*.Channel=true"))
                .isEqualTo(new ParameterIs(CHANNEL, new ValueTest.Truth(true)));
        assertThat(QueryParser.parse("Device.WiFi.Radio.*.Channel!=\"true\""))
                .isEqualTo(new ParameterIs(CHANNEL, new ValueTest.Text(TextComparison.IS_NOT, "true")));
        assertThat(QueryParser.parse("Device.WiFi.Radio.*.Channel <= -1.5"))
                .isEqualTo(new ParameterIs(CHANNEL, new ValueTest.Numeric(Order.AT_MOST, new BigDecimal("-1.5"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "modle = X               | 0  | nothing is called \"modle\"; there are id, manufacturer",
                "model < X               | 5  | a text is compared by = or != or ~",
                "model =                 | 7  | a value is missing after \"=\"",
                "model = )               | 8  | a value is missing after \"=\"",
                "online = yes            | 9  | \"yes\" must be true or false",
                "online < true           | 6  | is compared by = or !=",
                "status = asleep         | 9  | must be one of online, offline, onboarding, error",
                "lastSeen = 1h           | 8  | a time is compared by < or <= or > or >=",
                "lastSeen < soon         | 11 | must be an age such as 30m",
                "lastSeen < 2026-13-01   | 11 | must be an age such as 30m",
                "Device.X > many         | 11 | must be a number after \">\"",
                "Device..X = 1           | 0  | nothing is called",
                "Device.X.*. = 1         | 0  | nothing is called",
                "\"model\" = X           | 0  | a name stands without quotation marks",
                "= X                     | 0  | a name is missing before \"=\"",
                "a and                   | 5  | a condition is missing",
                "a and or b              | 6  | a condition is missing before \"or\"",
                "(a or b                 | 0  | this parenthesis is not closed",
                "a ) b                   | 2  | this parenthesis closes nothing",
                "()                      | 1  | a condition is missing before this parenthesis",
                "a ! b                   | 2  | \"!\" is only known as part of \"!=\"",
                "a \"b                   | 2  | the quotation mark is not closed",
                "tag < x                 | 3  | a tag is compared by = or !="
            })
    void what_is_no_query_is_told_where_and_why(String query, int position, String reason) {
        QueryException refused = catchThrowableOfType(QueryException.class, () -> QueryParser.parse(query));
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.position()).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not "})
    void a_query_that_is_nested_without_end_is_refused(String opening) {
        QueryException refused =
                catchThrowableOfType(QueryException.class, () -> QueryParser.parse(opening.repeat(400) + "a"));
        assertThat(refused.position()).isEqualTo(opening.length() * Limits.QUERY_DEPTH);
    }

    @Test
    void a_query_too_long_or_of_too_many_conditions_is_refused() {
        QueryException much = catchThrowableOfType(
                QueryException.class, () -> QueryParser.parse("a ".repeat(Limits.QUERY_CONDITIONS + 1)));
        assertThat(much.reason()).contains(Limits.QUERY_CONDITIONS + " conditions");
        QueryException length = catchThrowableOfType(
                QueryException.class, () -> QueryParser.parse("a".repeat(Limits.QUERY_CHARACTERS + 1)));
        assertThat(length.reason()).contains(Limits.QUERY_CHARACTERS + " characters");
    }

    @Test
    void devices_are_counted_by_what_queries_know_too() throws QueryException {
        assertThat(Facet.parse("Model")).isEqualTo(new Facet.ByText(TextAttribute.MODEL));
        assertThat(Facet.parse("online")).isEqualTo(new Facet.ByFlag(Flag.ONLINE));
        assertThat(Facet.parse("tag")).isEqualTo(new Facet.ByTag());
        assertThat(Facet.parse("Device.WiFi.Radio.*.Channel")).isEqualTo(new Facet.ByParameter(CHANNEL));
        for (String none : List.of("", "lastSeen", "age", "Device.WiFi.", "Device.*")) {
            QueryException wrong = catchThrowableOfType(QueryException.class, () -> Facet.parse(none));
            assertThat(wrong.reason()).as(none).contains("model", "tag", "Device.WiFi.Radio.*.Channel");
        }
    }
}
