// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.pharos.mtp.Turnstile;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// More devices come to the broker at once than are let in.
class CrowdTest {
    private final AtomicLong now = new AtomicLong();
    private final Turnstile turnstile = new Turnstile(1, 1, now::get);

    @Test
    void who_finds_no_place_is_told_that_the_server_is_busy_and_comes_in_later() throws IOException {
        try (BrokerBed bed = new BrokerBed(turnstile);
                StompWire stomp = new StompWire(bed.broker.stompPort().orElseThrow())) {
            bed.device("self::first");

            assertThatThrownBy(() -> bed.device("self::second"))
                    .isInstanceOfSatisfying(
                            Mqtt5ConnAckException.class,
                            refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                    .isEqualTo(Mqtt5ConnAckReasonCode.SERVER_BUSY));
            assertThatThrownBy(() -> bed.client3("self::third").connect())
                    .isInstanceOfSatisfying(
                            Mqtt3ConnAckException.class,
                            refused -> assertThat(refused.getMqttMessage().getReturnCode())
                                    .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE));
            assertThat(stomp.open("self::fourth").header("message")).contains("too many come at once; try again in");
            assertThat(stomp.next().command()).isEqualTo("END");

            assertThat(turnstile.takeTurnedAway()).isEqualTo(Map.of("mqtt", 2L, "stomp", 1L));
            assertThat(bed.refusals).as("nobody is told of each").isEmpty();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            bed.device("self::second");
        }
    }

    @Test
    void our_own_controller_comes_in_whatever_the_crowd() throws IOException {
        try (BrokerBed bed = new BrokerBed(turnstile)) {
            bed.device("self::first");
            assertThatThrownBy(() -> bed.device("self::second")).isInstanceOf(Mqtt5ConnAckException.class);
            bed.controller();
        }
    }
}
