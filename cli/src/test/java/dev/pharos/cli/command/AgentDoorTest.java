// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.fleet.Access;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.EndpointId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentDoorTest {
    private static final Access LOGIN =
            new Access(Optional.of("proxy"), Optional.of("hidden"), TlsSettings.trustingTheRuntime(), Optional.empty());

    private static Mtp door(String url, Access access) {
        return new AgentDoor(url, EndpointId.of("self::acs"), access).transport();
    }

    @Test
    void each_transport_has_its_door_and_brokers_take_a_login() {
        assertThat(door("unix:/tmp/agents", Access.NONE)).isInstanceOf(UdsServerMtp.class);
        assertThat(door("ws://127.0.0.1:0/usp", Access.NONE)).isInstanceOf(WebSocketServerMtp.class);
        assertThat(door("coap://[::1]:0/usp", Access.NONE)).isInstanceOf(CoapServerMtp.class);
        assertThat(door("MQTT://localhost", LOGIN)).isInstanceOf(MqttMtp.class);
        assertThat(door("mqtts://broker.example:8883", LOGIN)).isInstanceOf(MqttMtp.class);
        assertThat(door("stomp://localhost", LOGIN)).isInstanceOf(StompMtp.class);
        assertThat(door("stomps://broker.example", Access.NONE)).isInstanceOf(StompMtp.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unix:|names no socket",
                "http://127.0.0.1|must begin with unix:, ws://",
                "nonsense|must begin with unix:, ws://",
                "coap://192.0.2.1/usp|can be reached by others",
                "coap:///usp|names no address",
                "coaps://0.0.0.0/usp|needs --cert, --key and --ca",
                "wss://0.0.0.0/usp|needs --cert, --key and --ca",
                "ws://192.0.2.1/usp|can be reached by others",
                "stomp://me@localhost|names a broker, its port and nothing else",
                "mqtt://localhost/topic|names a broker, its port and nothing else",
                "stomp://|--listen"
            })
    void what_is_no_door_is_said_with_what_is_allowed(String url, String why) {
        assertThatThrownBy(() -> door(url, Access.NONE))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageStartingWith("--listen")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"unix:/tmp/agents", "ws://127.0.0.1/usp", "coap://127.0.0.1/usp"})
    void a_login_is_for_a_broker(String url) {
        assertThatThrownBy(() -> door(url, LOGIN))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--listen-username is for a broker")
                .hasMessageNotContaining("hidden");
    }
}
