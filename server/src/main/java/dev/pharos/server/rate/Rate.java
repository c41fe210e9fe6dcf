// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often something may be done: a bucket of `burst` tokens, into which `tokens` come back each `per`.
///
/// @param tokens 1 to 1,000,000
/// @param per a second, a minute or an hour
/// @param burst what may be done at once after a calm, 1 to 1,000,000
public record Rate(long tokens, Duration per, long burst) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,7})/(s|min|h)(?::(\\d{1,7}))?");

    /// What it looks like, for people.
    public static final String FORM = "NUMBER/s, NUMBER/min or NUMBER/h, with :BURST after it for how many at once";

    public Rate {
        if (tokens < 1 || tokens > Limits.MOST || burst < 1 || burst > Limits.MOST) {
            throw new IllegalArgumentException("both numbers of a rate are 1 to " + Limits.MOST);
        }
    }

    /// Reads `100/s:1000`; without a burst, as many at once as come back in the time that it names.
    ///
    /// @throws IllegalArgumentException saying what it should look like
    public static Rate parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rate: it looks like 100/s:1000, that is " + FORM);
        }
        long tokens = Long.parseLong(written.group(1));
        Duration per = switch (written.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        String burst = written.group(3);
        return new Rate(tokens, per, burst == null ? tokens : Long.parseLong(burst));
    }

    /// Until an empty bucket is full.
    public Duration filling() {
        return per.multipliedBy(burst).dividedBy(tokens);
    }

    @Override
    public String toString() {
        long seconds = per.toSeconds();
        return tokens + "/" + (seconds == 1 ? "s" : seconds == 60 ? "min" : "h") + ":" + burst;
    }
}
