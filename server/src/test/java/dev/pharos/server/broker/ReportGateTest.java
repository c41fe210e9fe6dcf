// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may report what at the broker, and what is answered.
class ReportGateTest implements BrokerReports {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final EmbeddedBroker broker;

    ReportGateTest() throws IOException {
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(
                        "127.0.0.1", 0, BrokerBed.CONTROLLER, false, (t, a, r) -> {})
                .withReports(this)
                .withLogins(new DeviceLogins() {
                    @Override
                    public Optional<EndpointId> device(String userName, String password) {
                        return userName.equals("device") ? Optional.of(BrokerBed.LOGGED_IN) : Optional.empty();
                    }

                    @Override
                    public Newcomer newcomer(String userName, String password, EndpointId claimed) {
                        return new Newcomer.LetIn();
                    }
                }));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Override
    public Answer take(Published report) {
        String body = new String(report.body().toByteArray(), StandardCharsets.UTF_8);
        told.add(report.device() + " " + report.contentType().orElse("-") + " " + body);
        return switch (body) {
            case "never" -> new Answer(Outcome.REFUSED, "it is no report");
            case "later" -> new Answer(Outcome.LATER, "there is no room");
            case "defect" -> throw new IllegalStateException("of a test");
            default -> new Answer(Outcome.STORED, "");
        };
    }

    @Override
    public void notAllowed(EndpointId device, String address, String reason) {
        told.add(device + " " + reason);
    }

    private Mqtt5BlockingClient client(String user, String id) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username(user)
                .password("p".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        return client;
    }

    private static void publish(Mqtt5BlockingClient client, String topic, String body) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .contentType("text/csv")
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static void isRefused(Mqtt5BlockingClient client, String topic, String body, String... why) {
        assertThatThrownBy(() -> publish(client, topic, body))
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused ->
                                assertThat(refused.getMqttMessage().toString()).contains(why));
    }

    @Test
    void a_device_with_a_login_of_its_own_reports_at_its_own_topic_and_is_told_what_became_of_it() {
        String own = "usp/bulk/" + BrokerBed.LOGGED_IN;
        // the login says who it is, and not what it calls itself
        Mqtt5BlockingClient client = client("device", "proto::somebody-else");
        publish(client, own, "a");
        isRefused(client, own, "never", "PAYLOAD_FORMAT_INVALID", "it is no report");
        isRefused(client, own, "later", "QUOTA_EXCEEDED", "there is no room");
        isRefused(client, own, "defect", "QUOTA_EXCEEDED");
        isRefused(client, "usp/bulk/proto::somebody-else", "b", "NOT_AUTHORIZED");
        isRefused(client, own + "/below", "c", "NOT_AUTHORIZED");
        assertThat(told)
                .startsWith(BrokerBed.LOGGED_IN + " text/csv a")
                .contains(BrokerBed.LOGGED_IN + " may not report to usp/bulk/proto::somebody-else")
                .doesNotContain(BrokerBed.LOGGED_IN + " text/csv b", BrokerBed.LOGGED_IN + " text/csv c");
        client.disconnect();
    }

    @Test
    void with_a_login_that_many_share_nobody_reports() {
        Mqtt5BlockingClient client = client("bootstrap", "proto::new");
        isRefused(client, "usp/bulk/proto::new", "a", "NOT_AUTHORIZED");
        assertThat(told).containsExactly("proto::new may not report to usp/bulk/proto::new");
        client.disconnect();
    }
}
