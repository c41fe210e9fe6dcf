// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.ScriptedMqttBroker;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A Controller that is several servers at one Mosquitto, and one Agent.
class SharedTest {
    private static final EndpointId AGENT = EndpointId.of("user:lab:agent%2F1");
    private static final EndpointId CONTROLLER = EndpointId.of("user:lab:controller");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 40;

    @TempDir
    Path folder;

    private final List<MqttMtp> started = new ArrayList<>();
    private final RecordingReceiver atAgent = new RecordingReceiver();
    private final RecordingReceiver atOne = new RecordingReceiver();
    private final RecordingReceiver atOther = new RecordingReceiver();
    private Mosquitto broker;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Mosquitto.binary().isPresent(), "mosquitto is not installed");
        broker = Mosquitto.open(folder);
    }

    @AfterEach
    void stop() throws Exception {
        started.forEach(MqttMtp::close);
        broker.close();
    }

    private MqttMtp started(MqttConfig config, RecordingReceiver receiver) throws IOException {
        MqttMtp mtp = new MqttMtp(config);
        started.add(mtp);
        mtp.start(receiver);
        await().atMost(PATIENCE).until(() -> mtp.address().isPresent());
        return mtp;
    }

    private MqttMtp server(String name, RecordingReceiver receiver) throws IOException {
        return started(MqttConfig.controller(broker.uri(), CONTROLLER).sharedAs(name), receiver);
    }

    private MtpConnection agent(boolean version5) throws IOException {
        started(
                MqttConfig.agent(broker.uri(), AGENT, MqttTopics.forController(CONTROLLER))
                        .withSession(version5 ? MqttSession.DEFAULT : MqttSession.DEFAULT.version311()),
                atAgent);
        return atAgent.nextConnected();
    }

    private static List<String> records(RecordingReceiver receiver) {
        return receiver.pending().stream()
                .filter(Event.Received.class::isInstance)
                .map(event -> new String(((Event.Received) event).record().toByteArray(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> numbers() {
        return IntStream.range(0, MANY).mapToObj(i -> "record " + i).toList();
    }

    @Test
    void each_record_is_taken_by_one_server_and_an_answer_comes_to_the_one_that_asked() throws Exception {
        for (boolean version5 : new boolean[] {true, false}) {
            MqttMtp one = server("one", atOne);
            MqttMtp other = server("other", atOther);
            MtpConnection toController = agent(version5);
            for (String record : numbers()) {
                toController.send(Bytes.ofUtf8(record));
            }
            await().atMost(PATIENCE)
                    .until(() -> records(atOne).size() + records(atOther).size() >= MANY);
            assertThat(records(atOne)).isNotEmpty().doesNotContainAnyElementsOf(records(atOther));
            assertThat(records(atOther))
                    .isNotEmpty()
                    .hasSize(MANY - records(atOne).size());

            MtpConnection known = atOne.nextConnected();
            drain(atOne);
            drain(atOther);
            // the other has the same connection, and is told nothing of what this one asks
            known.send(Bytes.ofUtf8("question"));
            MtpConnection back = atAgent.nextConnected();
            assertThat(back.peer().address()).contains("usp/answers/user:lab:controller/one");
            assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("question"));
            for (String record : numbers()) {
                back.send(Bytes.ofUtf8(record));
            }
            await().atMost(PATIENCE).until(() -> records(atOne).size() >= MANY);
            assertThat(records(atOne)).containsExactlyElementsOf(numbers());
            assertThat(records(atOther)).isEmpty();
            one.close();
            other.close();
            started.getLast().close();
            drain(atOne);
            drain(atOther);
            drain(atAgent);
        }
    }

    private static void drain(RecordingReceiver receiver) {
        while (!receiver.pending().isEmpty()) {
            receiver.skipTo(Event.class);
        }
    }

    @Test
    void when_a_server_dies_the_others_take_all_that_is_sent_from_then_on() throws Exception {
        server("one", atOne);
        MtpConnection toController = agent(true);
        try (Socket dying = dying(broker.uri())) {
            for (String record : numbers()) {
                toController.send(Bytes.ofUtf8(record));
            }
            int publish = 3;
            assertThat(new DataInputStream(dying.getInputStream()).readUnsignedByte() >> 4)
                    .isEqualTo(publish);
            await().atMost(PATIENCE).until(() -> records(atOne).size() == MANY / 2);
            dying.setSoLinger(true, 0);
        }
        await().atMost(PATIENCE).until(() -> {
            toController.send(Bytes.ofUtf8("again"));
            return records(atOne).contains("again");
        });
        drain(atOne);
        for (String record : numbers()) {
            toController.send(Bytes.ofUtf8(record));
        }
        await().atMost(PATIENCE).until(() -> records(atOne).containsAll(numbers()));
    }

    @Test
    void a_server_that_is_given_no_share_says_so_and_takes_no_part() throws Exception {
        try (ScriptedMqttBroker scripted = new ScriptedMqttBroker(ScriptedMqttBroker.Version.V5)) {
            MqttMtp mtp = new MqttMtp(
                    MqttConfig.controller(scripted.uri(), CONTROLLER).sharedAs("one"));
            started.add(mtp);
            mtp.start(atOne);
            assertThat(scripted.welcome()).contains("user:lab:controller/one");
            int sharedNotSupported = 0x9e;
            assertThat(scripted.subscribed(sharedNotSupported, 1))
                    .contains("$share/pharos/usp/controller/user:lab:controller/#")
                    .contains("usp/answers/user:lab:controller/one/#");
            scripted.next(ScriptedMqttBroker.DISCONNECT);
            assertThat(atOne.next(Event.Refused.class).reason()).contains("accepted not every subscription");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"usp/controller/user:lab:controller", "usp/answers/user:lab:controller/one/x"})
    void nobody_has_answers_sent_to_the_servers_themselves(String replyTo) throws Exception {
        server("one", atOne);
        Mqtt5BlockingClient hostile = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.uri().getPort())
                .buildBlocking();
        hostile.connect();
        try {
            hostile.publishWith()
                    .topic(MqttTopics.forController(CONTROLLER))
                    .responseTopic(replyTo)
                    .payload(new byte[] {1})
                    .send();
            assertThat(atOne.next(Event.Refused.class).reason()).contains("reply-to topic that is none");
        } finally {
            hostile.disconnect();
        }
    }

    /// Takes its share and confirms nothing.
    private static Socket dying(URI broker) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.getPort());
        ByteArrayOutputStream connect = new ByteArrayOutputStream();
        text(connect, "MQTT");
        connect.writeBytes(new byte[] {5, 2, 0, 60, 0});
        text(connect, "dying");
        packet(socket, 0x10, connect);
        ByteArrayOutputStream subscribe = new ByteArrayOutputStream();
        subscribe.writeBytes(new byte[] {0, 1, 0});
        text(subscribe, "$share/pharos/" + MqttTopics.forController(CONTROLLER) + "/#");
        subscribe.write(1);
        packet(socket, 0x82, subscribe);
        DataInputStream answers = new DataInputStream(socket.getInputStream());
        for (int packet = 0; packet < 2; packet++) {
            answers.readUnsignedByte();
            answers.readNBytes(answers.readUnsignedByte());
        }
        return socket;
    }

    private static void packet(Socket socket, int head, ByteArrayOutputStream body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        packet.write(body.size());
        body.writeTo(packet);
        socket.getOutputStream().write(packet.toByteArray());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
