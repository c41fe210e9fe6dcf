// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a moment: a time (`2026-11-26T10:00:00Z`), or how long ago (`90m`, `2h`, `7d`).
final class Moment implements ITypeConverter<Instant> {
    private final Clock clock;

    Moment() {
        this(Clock.systemUTC());
    }

    Moment(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Optional<Duration> ago = HowLong.parse(text);
        if (ago.isPresent()) {
            return clock.instant().minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException neither) {
            throw new TypeConversionException(
                    "'" + text + "' is neither a time, such as 2026-11-26T10:00:00Z, nor how long ago, such as 2h");
        }
    }
}
