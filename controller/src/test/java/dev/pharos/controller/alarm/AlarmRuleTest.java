// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlarmRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static String sentence(AlarmCondition condition, String devices, Optional<Integer> share) {
        return new AlarmRule("rule", Severity.MAJOR, devices, condition, share).sentence();
    }

    @Test
    void a_rule_says_in_one_sentence_what_it_looks_for() {
        assertThat(sentence(new AlarmCondition.Holds("online:false", Duration.ofMinutes(15)), "", Optional.empty()))
                .isEqualTo("online:false for 15 min");
        assertThat(sentence(new AlarmCondition.Holds("Device.A < 4", Duration.ZERO), "tag:x", Optional.empty()))
                .isEqualTo("Device.A < 4");
        AlarmCondition boots =
                new AlarmCondition.Happens(Set.of(EventKind.EVENT), "Device.Boot!", 5, Duration.ofHours(1));
        assertThat(sentence(boots, "", Optional.empty())).isEqualTo("5 × Event Device.Boot! within 1 h");
        assertThat(sentence(boots, "model = X", Optional.of(30)))
                .isEqualTo("30 % of model = X: 5 × Event Device.Boot! within 1 h");
        assertThat(sentence(new AlarmCondition.Happens(Set.of(), "", 2, Duration.ofSeconds(90)), "", Optional.of(1)))
                .isEqualTo("1 % of all devices: 2 × events within 90 s");
    }

    @Test
    void an_alarm_is_muted_until_that_is_over_and_cleared_whatever_else_it_is() {
        Alarm alarm = new Alarm(
                1,
                "rule",
                Severity.MINOR,
                Optional.of(EndpointId.of("proto::x")),
                "",
                NOW,
                "anna",
                Optional.of(NOW.plusSeconds(60)),
                Optional.empty(),
                "");
        assertThat(alarm.state(NOW)).isEqualTo(Alarm.State.MUTED);
        assertThat(alarm.state(NOW.plusSeconds(60))).isEqualTo(Alarm.State.ASSIGNED);
        Alarm cleared = new Alarm(
                1, "rule", Severity.MINOR, alarm.device(), "", NOW, "", alarm.mutedUntil(), Optional.of(NOW), "anna");
        assertThat(cleared.state(NOW)).isEqualTo(Alarm.State.CLEARED);
    }
}
