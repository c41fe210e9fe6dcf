// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// That a host has stood by is seen by two clocks, of which one goes on meanwhile.
class StandbyTest {
    private final ManualClock clock = ManualClock.standing();
    private final PlannedTimer timer = new PlannedTimer(clock);
    private final List<Duration> stood = new ArrayList<>();
    private long asleep;

    @Test
    void the_time_that_one_clock_has_missed_is_told_once_and_small_differences_are_not() {
        long began = clock.instant().toEpochMilli();
        try (Standby standby = new Standby(
                () -> clock.instant().toEpochMilli() - began + asleep,
                () -> clock.instant().toEpochMilli() - began,
                timer,
                stood::add)) {
            standby.begin();
            timer.advance(Duration.ofMinutes(1));
            asleep = 1_000;
            timer.advance(Duration.ofMinutes(1));
            assertThat(stood).isEmpty();
            asleep += 3_600_000;
            timer.advance(Duration.ofMinutes(1));
            assertThat(stood).containsExactly(Duration.ofHours(1));
        }
        asleep += 3_600_000;
        timer.advance(Duration.ofMinutes(1));
        assertThat(stood).hasSize(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linux_has_both_clocks() {
        Optional<Standby> standby = Standby.ofThisHost(timer, stood::add);
        assertThat(standby).isPresent();
        standby.get().begin();
        timer.advance(Limits.STANDBY_CHECK);
        assertThat(stood).isEmpty();
        standby.get().close();
    }
}
