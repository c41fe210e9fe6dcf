// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.twin.DeviceReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A report that is being read.
final class ReportDraft {
    /// Fewer seconds have passed since 1970, and more milliseconds.
    private static final long SECONDS_END = 100_000_000_000L;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Budget budget;
    private Optional<Instant> collected = Optional.empty();

    ReportDraft(Budget budget) {
        this.budget = budget;
    }

    void collected(String text) throws MalformedReportException {
        collected = Optional.of(time(text));
    }

    /// Of two values with the same name the first counts.
    void add(String name, String value) throws MalformedReportException {
        budget.take(name, value);
        values.putIfAbsent(name, value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    DeviceReport made() {
        return new DeviceReport(collected, values);
    }

    /// How much may still come in one delivery.
    static final class Budget {
        private int values = Limits.VALUES;

        void take(String name, String value) throws MalformedReportException {
            if (name.isEmpty()) {
                throw new MalformedReportException("a value has no name");
            }
            if (name.length() > Limits.VALUE_CHARACTERS || value.length() > Limits.VALUE_CHARACTERS) {
                throw new MalformedReportException(
                        "a name or value has more than " + Limits.VALUE_CHARACTERS + " characters");
            }
            if (--values < 0) {
                throw new MalformedReportException("there are more than " + Limits.VALUES + " values");
            }
        }
    }

    /// Milliseconds since 1970, as TR-181 says, seconds as TR-369 shows them, or ISO 8601.
    private static Instant time(String text) throws MalformedReportException {
        try {
            if (text.matches("[0-9]{1,15}")) {
                long number = Long.parseLong(text);
                return number < SECONDS_END ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
            }
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new MalformedReportException("the time of collection is none: " + shown(text));
        }
    }

    static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
