// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));

    private static HttpResponse answer(int status, String asked) {
        HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        answer.headers().set("Retry-After", asked);
        return answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | 36 | 36",
                "429 | 36 | 36",
                "503 | 0 | 0",
                "503 | Fri, 27 Nov 2026 12:01:00 GMT | 60",
                "503 | Friday, 27-Nov-26 12:01:00 GMT | 60",
                "503 | Fri Nov 27 12:01:00 2026 | 60",
                "503 | Fri, 27 Nov 2026 11:59:59 GMT | 0",
                "403 | 36 | 0",
                "302 | 36 | 0",
                "503 | -36 | 0",
                "503 | 36.5 | 0",
                "503 | 9999999999 | 0",
                "503 | soon | 0"
            })
    void seconds_and_dates_are_read_where_a_server_turns_away_for_now(int status, String asked, int seconds) {
        assertThat(RetryAfter.of(answer(status, asked), NOON)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Thu, 01 Jan 1970 00:00:10 GMT | 20", "no date | 0"})
    void a_date_counts_from_the_servers_own_time_where_it_says_that(String serversTime, int seconds) {
        HttpResponse answer = answer(503, "Thu, 01 Jan 1970 00:00:30 GMT");
        answer.headers().set("Date", serversTime);
        assertThat(RetryAfter.of(answer, NOON)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property
    void whatever_it_says_no_time_is_negative(@ForAll String asked) {
        HttpResponse answer = answer(503, asked.replaceAll("[^!-~]", "x"));
        assertThat(RetryAfter.of(answer, NOON)).isBetween(Duration.ZERO, Duration.ofDays(400_000));
    }
}
