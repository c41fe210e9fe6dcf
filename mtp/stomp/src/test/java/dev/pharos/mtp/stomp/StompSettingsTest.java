// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StompSettingsTest {
    @Test
    @Requirement("R-STOMP.7")
    void the_wait_is_random_below_a_bound_that_doubles_up_to_the_longest() {
        StompBackoff backoff = StompBackoff.DEFAULT;
        assertThat(backoff.boundOf(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(backoff.boundOf(2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(backoff.boundOf(9)).isEqualTo(Duration.ofMinutes(256));
        assertThat(backoff.boundOf(10)).isEqualTo(Duration.ofMinutes(512));
        assertThat(backoff.boundOf(1000)).isEqualTo(Duration.ofMinutes(512));
        Random random = new Random(1);
        boolean[] seen = new boolean[10];
        for (int i = 0; i < 1000; i++) {
            Duration wait = backoff.waitBefore(3, random);
            assertThat(wait).isBetween(Duration.ZERO, Duration.ofMinutes(4));
            seen[(int) Math.min(9, wait.toSeconds() / 24)] = true;
        }
        assertThat(seen).containsOnly(true);
    }

    @Test
    @Requirement("R-STOMP.7")
    void a_bound_grows_for_ten_steps_and_never_beyond_the_longest() {
        StompBackoff steep = new StompBackoff(Duration.ofSeconds(65_535), 65_535, Duration.ofDays(365));
        assertThat(steep.boundOf(10)).isEqualTo(Duration.ofDays(365));
        StompBackoff gentle = new StompBackoff(Duration.ofSeconds(1), 2000, Duration.ofDays(365));
        assertThat(gentle.boundOf(10)).isEqualTo(Duration.ofSeconds(512));
        assertThat(gentle.boundOf(11)).isEqualTo(Duration.ofSeconds(512));
        assertThatThrownBy(() -> new StompBackoff(Duration.ZERO, 2000, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StompBackoff(Duration.ofSeconds(1), 999, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Both sides' numbers are our outgoing and incoming, and the broker's.
    @ParameterizedTest
    @Requirement("R-STOMP.11")
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | 200 | 300,400 | 400 | 300",
                "500 | 600 | 300,400 | 500 | 600",
                "0   | 200 | 300,400 | 0   | 300",
                "100 | 0   | 300,400 | 400 | 0",
                "100 | 200 | 0,0     | 0   | 0",
                "100 | 200 | 0,50    | 100 | 0",
                "100 | 200 | broken  | 0   | 0",
                "100 | 200 | 1,x     | 0   | 0",
                "100 | 200 |         | 0   | 0"
            })
    void heart_beats_are_the_larger_interval_of_both_sides(
            long outgoing, long incoming, String answer, long agreedOutgoing, long agreedIncoming) {
        StompHeartBeat ours = new StompHeartBeat(Duration.ofMillis(outgoing), Duration.ofMillis(incoming));

        StompHeartBeat agreed = ours.agreed(Optional.ofNullable(answer).map(String::strip));

        assertThat(agreed)
                .isEqualTo(new StompHeartBeat(Duration.ofMillis(agreedOutgoing), Duration.ofMillis(agreedIncoming)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"os::00256D-A.B", "user:lab:a%2Fb", "self::x_y-z", "proto::%25%23"})
    void an_endpoint_id_is_found_again_in_its_destination(String id) {
        EndpointId endpoint = EndpointId.of(id);
        assertThat(StompDestinations.endpointId(StompDestinations.forAgent(endpoint)))
                .contains(endpoint);
        assertThat(StompDestinations.endpointId(StompDestinations.forController(endpoint)))
                .contains(endpoint);
        assertThat(StompDestinations.forAgent(endpoint).substring(7)).doesNotContain("/", "*", "#");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/x", "usp.agent.self::x", "/topic/usp.agent.", "/topic/usp.agent.nothing"})
    void other_destinations_name_nobody(String destination) {
        assertThat(StompDestinations.endpointId(destination)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt://h", "stomp:///x", "stomp://user@h", "h"})
    void other_addresses_are_no_brokers(String uri) {
        assertThatThrownBy(() -> StompConfig.controller(URI.create(uri), EndpointId.of("self::c")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ports_have_defaults_and_a_passcode_is_in_no_text() {
        EndpointId own = EndpointId.of("self::c");
        assertThat(StompConfig.controller(URI.create("stomp://h"), own).port()).isEqualTo(61_613);
        assertThat(StompConfig.controller(URI.create("stomps://[::1]"), own).port())
                .isEqualTo(61_614);
        assertThat(StompConfig.controller(URI.create("stomps://[::1]"), own).host())
                .isEqualTo("::1");
        assertThat(StompSession.DEFAULT.withLogin("me", "secret").toString())
                .contains("me")
                .doesNotContain("secret");
    }
}
