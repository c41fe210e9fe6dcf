// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.pharos.mtp.Turnstile;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A real broker, and clients of it.
final class BrokerBed implements AutoCloseable {
    static final EndpointId CONTROLLER = EndpointId.of("self::controller.example");
    static final String CONTROLLER_TOPIC = "usp/controller/self::controller.example";
    static final EndpointId LOGGED_IN = EndpointId.of("os::0200F0-LOGIN");

    final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    final EmbeddedBroker broker;

    BrokerBed() throws IOException {
        broker = EmbeddedBroker.start(config(true));
    }

    BrokerBed(boolean loopbackOpen) throws IOException {
        broker = EmbeddedBroker.start(config(loopbackOpen));
    }

    BrokerBed(Turnstile turnstile) throws IOException {
        broker = EmbeddedBroker.start(config(true).behind(turnstile));
    }

    private EmbeddedBrokerConfig config(boolean loopbackOpen) {
        return new EmbeddedBrokerConfig(
                        "127.0.0.1", 0, CONTROLLER, loopbackOpen, (transport, address, reason) -> refusals.add(reason))
                .withStomp(new EmbeddedBrokerConfig.Stomp(Optional.of(0), Optional.empty()))
                .withLogins((user, password) ->
                        user.equals("device") && password.equals("right") ? Optional.of(LOGGED_IN) : Optional.empty());
    }

    Mqtt5BlockingClient client5(String clientId) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
    }

    Mqtt3BlockingClient client3(String clientId) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
    }

    Mqtt5BlockingClient device(String id) {
        Mqtt5BlockingClient client = client5(id);
        client.connect();
        return client;
    }

    Mqtt5BlockingClient controller() {
        Mqtt5BlockingClient client = client5("the-controller");
        client.connectWith()
                .simpleAuth()
                .username(broker.controllerLogin().userName())
                .password(broker.controllerLogin().password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        return client;
    }

    static boolean subscribes(Mqtt5BlockingClient client, String filter) {
        try {
            client.subscribeWith()
                    .topicFilter(filter)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            return true;
        } catch (Mqtt5SubAckException refused) {
            return false;
        }
    }

    /// Whatever the client gets from now on.
    static Queue<String> heard(Mqtt5BlockingClient client) {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, publish -> heard.add(told(publish)));
        return heard;
    }

    private static String told(Mqtt5Publish publish) {
        return publish.getTopic() + " " + new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    static void publish(Mqtt5BlockingClient client, String topic, String text) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    static Duration patience() {
        return Duration.ofSeconds(90);
    }

    @Override
    public void close() {
        broker.close();
    }
}
