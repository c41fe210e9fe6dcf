// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// After what time a server that turns us away for now wants to see us again (RFC 9110 section 10.2.3).
final class RetryAfter {
    /// More seconds than anybody waits; more digits are no number of them.
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /// No form of a date is longer (RFC 9110 section 5.6.7).
    private static final int DATE_CHARACTERS = 40;

    private RetryAfter() {}

    /// @param clock ours, which counts where the answer has no date: a device may not know the time
    /// @return zero where the answer asks for no time, asks for it in no way that can be read, or the time is over
    static Duration of(HttpResponse response, InstantSource clock) {
        boolean forNow = response.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)
                || response.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS);
        @Nullable String asked = forNow ? response.headers().get(HttpHeaderNames.RETRY_AFTER) : null;
        if (asked == null) {
            return Duration.ZERO;
        }
        String text = asked.strip();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        long now = date(response.headers().get(HttpHeaderNames.DATE)).orElseGet(clock::millis);
        return Duration.ofMillis(
                Math.max(0, date(text).map(until -> until - now).orElse(0L)));
    }

    private static Optional<Long> date(@Nullable String text) {
        @Nullable
        Date read = text == null || text.length() > DATE_CHARACTERS ? null : DateFormatter.parseHttpDate(text);
        return Optional.ofNullable(read).map(Date::getTime);
    }
}
