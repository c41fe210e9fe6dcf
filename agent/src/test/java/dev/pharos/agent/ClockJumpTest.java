// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A device that starts without knowing the time, and learns it later.
final class ClockJumpTest {
    private final ManualClock timeOfDay = new ManualClock(Instant.parse("1970-01-01T00:00:30Z"));
    private final Stage stage = Stage.open(Stage.config(), ManualClock.standing(), timeOfDay);

    @AfterEach
    void close() {
        stage.close();
    }

    private void subscribe(String type, String references, Map<String, String> more) {
        stage.subscribe(type, references, parameters -> {
            Map<String, String> all = new HashMap<>(parameters);
            all.putAll(more);
            return all;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-26T00:00:00Z", "1969-01-01T00:00:00Z"})
    @Requirement("R-NOT.1")
    void what_waits_for_an_answer_is_repeated_as_before_and_expires_after_its_time(String later) {
        subscribe("ValueChange", "Device.Home.Level", Map.of("NotifRetry", "true", "NotifExpiration", "60"));
        stage.controller().acknowledge(false);
        stage.device().publish("Device.Home.Level", "1");
        UspMessage first = stage.controller().nextNotification();

        timeOfDay.set(Instant.parse(later));

        Duration wait = stage.timer().next().orElseThrow();
        assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        stage.timer().advance(wait);
        assertThat(stage.controller().nextNotification()).isEqualTo(first);
        stage.timer().advance(Duration.ofSeconds(60));
        int repetitions = 0;
        while (!stage.controller().noNotification()) {
            repetitions++;
        }
        assertThat(repetitions).isBetween(1, 4);
        assertThat(stage.timer().next()).isEmpty();
    }

    @Test
    void the_time_since_the_start_goes_on_evenly() {
        stage.timer().advance(Duration.ofSeconds(10));

        timeOfDay.set(Instant.parse("2026-11-26T00:00:00Z"));

        assertThat(stage.value("Device.LocalAgent.UpTime")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-26T00:00:00Z", "1969-01-01T00:00:00Z"})
    void periodic_events_neither_stop_nor_come_for_all_the_years_at_once(String later) {
        Stage.set(stage.controller(), "Device.LocalAgent.Controller.1.", "PeriodicNotifInterval", "60");
        subscribe("Event", "Device.LocalAgent.Periodic!", Map.of());

        timeOfDay.set(Instant.parse(later));
        Eventually.holds(() -> stage.timer().next().isPresent());
        stage.timer().advance(Duration.ofSeconds(60));

        assertThat(((NotifyRequest) stage.controller().nextNotification().body()).subscriptionId())
                .isEqualTo("sub-Event");
        assertThat(stage.controller().noNotification()).isTrue();
        // the agent sets its timer again on a thread of its own
        Eventually.holds(() -> stage.timer().next().isPresent());
        stage.timer().advance(Duration.ofSeconds(60));
        stage.controller().nextNotification();
        assertThat(stage.controller().noNotification()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-26T00:00:00Z", "1969-01-01T00:00:00Z"})
    void a_watchdog_ends_when_its_time_is_over_and_not_before(String later) {
        subscribe("Event", "Device.LocalAgent.Watchdog.*.Watchdog!", Map.of());
        String row = stage.add("Device.LocalAgent.Watchdog.", Map.of("Enable", "true", "ReloadTimerValue", "60"));

        timeOfDay.set(Instant.parse(later));

        assertThat(stage.value(row + "RemainingTimerValue")).isEqualTo("60");
        stage.timer().advance(Duration.ofSeconds(59));
        assertThat(stage.controller().noNotification()).isTrue();
        stage.timer().advance(Duration.ofSeconds(1));
        assertThat(((NotifyRequest) stage.controller().nextNotification().body())
                        .notification()
                        .toString())
                .contains("Watchdog!");
    }
}
