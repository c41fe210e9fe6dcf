// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A controller among clients of the same broker that publish what is no Record.
class HostilePublisherTest {
    private static final String TOPIC = "usp/controller/c";

    @TempDir
    Path folder;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private Artemis broker;
    private MqttMtp controller;
    private Mqtt5BlockingClient publisher;

    @BeforeEach
    void start() throws Exception {
        broker = new Artemis(folder);
        controller = new MqttMtp(MqttConfig.controller(broker.uri(), EndpointId.of("user:lab:c"))
                .withOwnTopic(TOPIC)
                .withQueues(new MqttQueues(1000, 2, 1_000_000)));
        controller.start(receiver);
        publisher = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.uri().getPort())
                .buildBlocking();
        publisher.connect();
        // Nobody tells from outside when the controller has subscribed: greet until it hears.
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    publisher.publish(to(TOPIC).responseTopic("greeter").build());
                    return !receiver.pending().isEmpty();
                });
        publisher.publish(
                to(TOPIC).payload(utf8("last")).responseTopic("greeter").build());
        while (!receiver.skipTo(Event.Received.class).record().equals(Bytes.ofUtf8("last"))) {
            // an earlier greeting
        }
    }

    @AfterEach
    void stop() throws Exception {
        publisher.disconnect();
        controller.close();
        broker.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Mqtt5PublishBuilder.Complete to(String topic) {
        return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE);
    }

    @Test
    @Requirement({"R-MQTT.27a", "R-MQTT.22"})
    void what_is_no_record_is_refused_and_the_session_stays() {
        publisher.publish(to(TOPIC).responseTopic("x").contentType("text/plain").build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("content type");
        publisher.publish(to(TOPIC).build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("without a reply-to");
        publisher.publish(to(TOPIC).responseTopic("x").payload(new byte[1001]).build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("1001 bytes");
        publisher.publish(to(TOPIC).responseTopic(TOPIC).build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("reply-to");
        publisher.publish(to(TOPIC + "/reply-to=" + TOPIC.replace("/", "%2F")).build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("reply-to");
        publisher.publish(to(TOPIC + "/reply-to=").build());
        assertThat(receiver.next(Event.Refused.class).reason()).contains("reply-to");
        publisher.publish(to(TOPIC)
                .responseTopic("x")
                .contentType("application/vnd.bbf.usp.msg")
                .payload(utf8("good"))
                .build());
        assertThat(receiver.nextConnected().peer().endpointId()).isEmpty();
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("good"));
    }

    @Test
    @Requirement({"R-MQTT.25", "R-MQTT.24"})
    void a_reply_goes_to_the_topic_after_the_last_reply_to() throws Exception {
        var replies = publisher.publishes(MqttGlobalPublishFilter.ALL);
        publisher.subscribeWith().topicFilter("real/#").send();
        publisher.publish(to(TOPIC + "/reply-to=false/reply-to=real%2Ftopic").build());
        receiver.nextConnected().send(Bytes.ofUtf8("answer"));
        assertThat(replies.receive().getTopic().toString()).isEqualTo("real/topic/reply-to=usp%2Fcontroller%2Fc");
        replies.close();
    }

    @Test
    void a_full_queue_refuses() {
        publisher.publish(to(TOPIC).responseTopic("x").build());
        MtpConnection connection = receiver.nextConnected();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        connection.send(Bytes.ofUtf8("record"));
                    }
                })
                .isInstanceOf(QueueFullException.class);
    }
}
