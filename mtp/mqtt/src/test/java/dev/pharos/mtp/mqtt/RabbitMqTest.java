// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RabbitMq;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With RabbitMQ where it is installed. Before 3.13 it speaks 3.1.1 only, and to it `.` and `/` in a topic are one.
class RabbitMqTest {
    private static final EndpointId CONTROLLER = EndpointId.of("user:lab:controller");

    private static @Nullable RabbitMq broker;

    private final RecordingReceiver atAgent = new RecordingReceiver();
    private final RecordingReceiver atController = new RecordingReceiver();
    private final List<MqttMtp> started = new ArrayList<>();

    @BeforeAll
    static void launch(@TempDir Path place) throws IOException {
        assumeTrue(
                RabbitMq.binary().isPresent(),
                "RabbitMQ is not installed: its tests are skipped (apt-get install rabbitmq-server)");
        broker = new RabbitMq(place, "mqtt");
    }

    @AfterAll
    static void end() throws IOException {
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void close() {
        started.forEach(MqttMtp::close);
    }

    private static MqttSession session(String password) {
        return MqttSession.DEFAULT
                .version311()
                .withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000))
                .withLogin("guest", password);
    }

    private static RabbitMq broker() {
        RabbitMq running = broker;
        if (running == null) {
            throw new IllegalStateException("RabbitMQ does not run");
        }
        return running;
    }

    private void start(MqttConfig config, String password, RecordingReceiver receiver) throws IOException {
        MqttMtp mtp = new MqttMtp(config.withSession(session(password)));
        started.add(mtp);
        mtp.start(receiver);
    }

    private void agent(EndpointId id, String password) throws IOException {
        start(MqttConfig.agent(broker().uri(), id, MqttTopics.forController(CONTROLLER)), password, atAgent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:lab:agent", "user:lab:agent.1", "user:lab:agent%2F1"})
    @Requirement({"R-MQTT.24", "R-MQTT.25"})
    void records_travel_both_ways_and_in_order_whatever_an_id_holds(String text) throws Exception {
        EndpointId id = EndpointId.of(text);
        start(MqttConfig.controller(broker().uri(), CONTROLLER), "guest", atController);
        agent(id, "guest");
        MtpConnection toController = atAgent.nextConnected();
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    toController.send(Bytes.ofUtf8("connect"));
                    return !atController.pending().isEmpty();
                });
        MtpConnection toAgent = atController.nextConnected();
        byte[] large = new byte[100_000];
        new Random(7).nextBytes(large);

        toAgent.send(Bytes.copyOf(large));
        for (int i = 0; i < 100; i++) {
            toAgent.send(Bytes.ofUtf8("record " + i));
        }

        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.copyOf(large));
        for (int i = 0; i < 100; i++) {
            assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    @Requirement({"R-MQTT.7", "R-MQTT.10"})
    void a_wrong_password_is_told_and_tried_again() throws IOException {
        agent(EndpointId.of("user:lab:intruder"), "guess");

        assertThat(atAgent.next(Event.Refused.class).reason()).isNotEmpty();
        atAgent.next(Event.Refused.class);
    }
}
