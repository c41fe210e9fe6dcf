// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// A time as a device said it, kept to the letter: clocks of devices are often wrong and their texts too, so that a
/// time
/// never decides about order.
public record CwmpTime(String text) {
    /// What is said where a time is not known.
    public static final CwmpTime UNKNOWN = new CwmpTime("0001-01-01T00:00:00Z");

    private static final int FIRST_YEAR = 1970;
    private static final int LONGEST = 40;

    /// This time in UTC, in whole seconds.
    public static CwmpTime of(Instant instant) {
        return new CwmpTime(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// The time that is meant, in UTC where no zone is said; empty where it is unknown, before 1970, or no time at all.
    public Optional<Instant> instant() {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time = read instanceof OffsetDateTime zoned
                    ? zoned
                    : LocalDateTime.from(read).atOffset(ZoneOffset.UTC);
            return time.getYear() < FIRST_YEAR ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
