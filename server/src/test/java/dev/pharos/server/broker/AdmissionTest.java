// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in, and as whom.
class AdmissionTest {
    private static void logIn(Mqtt5BlockingClient client, String user, String password) {
        client.connectWith()
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
    }

    private static Mqtt5ConnAckReasonCode refusal(Runnable connecting) {
        try {
            connecting.run();
        } catch (Mqtt5ConnAckException refused) {
            return refused.getMqttMessage().getReasonCode();
        }
        throw new AssertionError("was let in");
    }

    @Test
    void a_wrong_password_is_refused_and_told() throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            assertThat(refusal(() -> logIn(bed.client5("c"), "device", "wrong")))
                    .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
            assertThat(refusal(() ->
                            logIn(bed.client5("c"), bed.broker.controllerLogin().userName(), "")))
                    .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
            assertThatThrownBy(() -> bed.client3("c")
                            .connectWith()
                            .simpleAuth()
                            .username("device")
                            .password(new byte[0])
                            .applySimpleAuth()
                            .send())
                    .isInstanceOf(Mqtt3ConnAckException.class);

            assertThat(bed.refusals).hasSize(3).allMatch(reason -> reason.startsWith("unknown user or wrong password"));
        }
    }

    @Test
    void a_login_makes_its_device_whatever_the_client_id() throws IOException {
        try (BrokerBed bed = new BrokerBed(false)) {
            Mqtt5BlockingClient client = bed.client5("self::somebody-else");
            logIn(client, "device", "right");

            assertThat(BrokerBed.subscribes(client, "usp/agent/os::0200F0-LOGIN"))
                    .isTrue();
            assertThat(BrokerBed.subscribes(client, "usp/agent/self::somebody-else"))
                    .isFalse();
        }
    }

    @Test
    @Requirement("R-MQTT.44")
    void a_device_is_told_where_to_listen_and_may() throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            Mqtt5BlockingClient device = bed.client5("self::told.where");
            List<String> told = device.connect().getUserProperties().asList().stream()
                    .filter(property -> property.getName().toString().equals("subscribe-topic"))
                    .map(property -> property.getValue().toString())
                    .toList();
            assertThat(told).containsExactly("usp/agent/self::told.where/#");
            assertThat(BrokerBed.subscribes(device, told.getFirst())).isTrue();
            Queue<String> heard = BrokerBed.heard(device);
            BrokerBed.publish(bed.controller(), "usp/agent/self::told.where", "hello");
            await().atMost(BrokerBed.patience()).until(() -> heard.contains("usp/agent/self::told.where hello"));
        }
    }

    @Test
    void nobody_comes_without_a_login_where_loopback_is_not_open() throws IOException {
        try (BrokerBed bed = new BrokerBed(false)) {
            assertThat(refusal(() -> bed.device("self::device")))
                    .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-endpoint-id", "self::a/b", "self::#", ""})
    void a_client_id_that_is_no_endpoint_id_is_refused(String clientId) throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            assertThat(refusal(() -> bed.device(clientId)))
                    .isEqualTo(Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self::a-b.c_d%2Fe",
                "user:lab:a.b-c",
                "gadget-of-a-long-scheme:an.authority_1:01234567890123456789012345678901234567890123456789"
            })
    @Requirement("R-MQTT.47")
    void an_endpoint_id_is_a_client_id_whatever_it_holds_and_however_long(String id) throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            Mqtt5BlockingClient device = bed.device(id);
            Queue<String> heard = BrokerBed.heard(device);
            String topic = MqttTopics.forAgent(EndpointId.of(id));
            assertThat(BrokerBed.subscribes(device, topic)).isTrue();
            BrokerBed.publish(bed.controller(), topic, "hello");
            await().atMost(BrokerBed.patience())
                    .untilAsserted(() -> assertThat(heard).containsExactly(topic + " hello"));
        }
    }

    @Test
    void a_second_connection_takes_over() throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            Mqtt5BlockingClient first = bed.device("self::device");
            assertThat(BrokerBed.subscribes(first, "usp/agent/self::device")).isTrue();

            Mqtt5BlockingClient second = bed.device("self::device");
            Queue<String> heard = BrokerBed.heard(second);

            await().atMost(BrokerBed.patience()).until(() -> !first.getState().isConnected());
            assertThat(BrokerBed.subscribes(second, "usp/agent/self::device")).isTrue();
            BrokerBed.publish(bed.controller(), "usp/agent/self::device", "for the second");
            await().atMost(BrokerBed.patience())
                    .untilAsserted(() -> assertThat(heard).containsExactly("usp/agent/self::device for the second"));
        }
    }

    @Test
    void one_device_cannot_take_over_another_by_its_client_id() throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            Mqtt5BlockingClient victim = bed.device("self::device");
            logIn(bed.client5("self::device"), "device", "right");

            BrokerBed.publish(victim, BrokerBed.CONTROLLER_TOPIC, "still there");
            assertThat(victim.getState().isConnected()).isTrue();
        }
    }

    @Test
    void nothing_comes_before_connect() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.broker.port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            // A CONNECT of version 3 of MQTT, whose name is MQIsdp.
            out.write(new byte[] {0x10, 15, 0, 6, 'M', 'Q', 'I', 's', 'd', 'p', 3, 2, 0, 60, 0, 1, 'c'});
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void retained_messages_are_not_kept() throws IOException {
        try (BrokerBed bed = new BrokerBed()) {
            Mqtt5BlockingClient controller = bed.client5("c");
            var answer = controller
                    .connectWith()
                    .simpleAuth()
                    .username(bed.broker.controllerLogin().userName())
                    .password(bed.broker.controllerLogin().password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();

            assertThat(answer.getRestrictions().isRetainAvailable()).isFalse();
            assertThat(answer.getRestrictions().isSharedSubscriptionAvailable()).isFalse();
            var old = bed.client3("self::old");
            old.connect();
            old.publishWith()
                    .topic(BrokerBed.CONTROLLER_TOPIC)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .payload(new byte[] {1})
                    .send();
            Queue<String> heard = BrokerBed.heard(controller);
            assertThat(BrokerBed.subscribes(controller, BrokerBed.CONTROLLER_TOPIC))
                    .isTrue();
            BrokerBed.publish(controller, BrokerBed.CONTROLLER_TOPIC, "now");
            await().atMost(BrokerBed.patience())
                    .untilAsserted(() -> assertThat(heard).containsExactly(BrokerBed.CONTROLLER_TOPIC + " now"));
        }
    }
}
