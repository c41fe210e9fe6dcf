// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.testkit.ManualClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {
    private final Moment moment = new Moment(ManualClock.standing());

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T10:00:00Z, 2026-11-26T10:00:00Z",
        "30s, 2026-01-01T11:59:30Z",
        "90m, 2026-01-01T10:30:00Z",
        "2h, 2026-01-01T10:00:00Z",
        "1d, 2025-12-31T12:00:00Z"
    })
    void a_moment_is_a_time_or_how_long_ago_it_was(String text, String time) {
        assertThat(moment.convert(text)).hasToString(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2", "h", "-2h", "2026-11-26", "1234567d"})
    void what_is_neither_is_refused(String text) {
        assertThatThrownBy(() -> moment.convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
