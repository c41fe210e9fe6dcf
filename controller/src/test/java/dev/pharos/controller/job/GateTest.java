// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.job.Candidate.Standing;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final EndpointId DEVICE = EndpointId.of("proto::gate");

    private static Decision decide(Optional<ServiceWindow> window, Optional<ZoneId> zone, Optional<Standing> standing) {
        Timing timing = new Timing(NOON, NOON.plus(Duration.ofDays(30)), window, zone);
        JobPlan plan = new JobPlan(
                "read",
                new Audience.Matching("", false),
                List.of(new GetRequest(List.of("Device."), 1)),
                new Pace(1, 0),
                timing,
                new Persistence(0, Duration.ofMinutes(1), false));
        return new Gate(plan, ZoneOffset.UTC).decide(new Candidate(DEVICE, 0, 0, standing), NOON);
    }

    private static Optional<Standing> standing(boolean online, String transport, String zone) {
        return Optional.of(new Standing(online, transport, zone, ""));
    }

    private static TargetState stand(Decision decision) {
        return ((Decision.Stand) decision).state();
    }

    @Test
    void a_device_that_is_there_begins() {
        assertThat(decide(Optional.empty(), Optional.empty(), standing(true, "mqtt", "")))
                .isEqualTo(new Decision.Begin());
    }

    @Test
    void one_that_is_away_is_waited_for() {
        assertThat(stand(decide(Optional.empty(), Optional.empty(), standing(false, "mqtt", "")))
                        .kind())
                .isEqualTo(TargetState.Kind.OFFLINE);
    }

    @Test
    void one_that_was_removed_fails_with_a_sentence_and_one_of_tr_069_begins() {
        assertThat(stand(decide(Optional.empty(), Optional.empty(), Optional.empty())))
                .isEqualTo(new TargetState.Failed("the inventory has no such device any more"));
        assertThat(decide(Optional.empty(), Optional.empty(), standing(true, "cwmp", "")))
                .isEqualTo(new Decision.Begin());
    }

    @Test
    void a_window_is_by_the_devices_clock_else_by_the_jobs_zone_else_by_the_servers() {
        Optional<ServiceWindow> one = Optional.of(ServiceWindow.daily(LocalTime.of(13, 0), LocalTime.of(14, 0)));
        Optional<ZoneId> tokyo = Optional.of(ZoneId.of("Asia/Tokyo"));
        assertThat(decide(one, tokyo, standing(true, "mqtt", "CET-1CEST,M3.5.0,M10.5.0/3")))
                .isEqualTo(new Decision.Begin());
        assertThat(stand(decide(one, tokyo, standing(true, "mqtt", ""))))
                .isEqualTo(new TargetState.Waiting(
                        Instant.parse("2026-01-16T04:00:00Z"), "for its window, 13:00-14:00 by its own clock"));
        assertThat(stand(decide(one, Optional.empty(), standing(true, "mqtt", "nonsense"))))
                .extracting(state -> ((TargetState.Waiting) state).due())
                .isEqualTo(Instant.parse("2026-01-15T13:00:00Z"));
    }
}
