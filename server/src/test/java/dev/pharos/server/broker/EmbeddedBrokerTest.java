// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The broker as our own transport uses it, its ports and its bounds.
class EmbeddedBrokerTest {

    /// Answers each record, if it is told to, and remembers all.
    private static final class Endpoint implements MtpReceiver {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        final AtomicReference<@Nullable MtpConnection> connection = new AtomicReference<>();
        private final boolean answers;

        Endpoint(boolean answers) {
            this.answers = answers;
        }

        MtpConnection peer() {
            return Objects.requireNonNull(connection.get());
        }

        @Override
        public void connected(MtpConnection made) {
            connection.set(made);
        }

        @Override
        public void received(MtpConnection from, Bytes record) {
            String text = new String(record.toByteArray(), StandardCharsets.UTF_8);
            received.add(text);
            if (answers) {
                try {
                    from.send(bytes("answer to " + text));
                } catch (IOException full) {
                    throw new IllegalStateException(full);
                }
            }
        }

        @Override
        public void disconnected(MtpConnection lost, String reason) {
            connection.compareAndSet(lost, null);
        }

        @Override
        public void refused(PeerIdentity peer, String reason) {
            received.add("refused: " + reason);
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static URI uri(EmbeddedBroker broker) {
        return URI.create("mqtt://127.0.0.1:" + broker.port());
    }

    private static MqttMtp controller(EmbeddedBroker broker) {
        BrokerLogin login = broker.controllerLogin();
        return new MqttMtp(MqttConfig.controller(uri(broker), BrokerBed.CONTROLLER)
                .withSession(
                        MqttSession.DEFAULT.withClientId("controller").withLogin(login.userName(), login.password())));
    }

    private static MqttMtp agent(EmbeddedBroker broker, String id, boolean version5) {
        MqttConfig config = MqttConfig.agent(uri(broker), EndpointId.of(id), BrokerBed.CONTROLLER_TOPIC);
        return new MqttMtp(
                version5 ? config : config.withSession(config.session().version311()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"R-MQTT.24", "R-MQTT.39", "R-MQTT.40", "R-MQTT.41", "R-MQTT.46"})
    void a_controller_and_two_agents_talk(boolean version5) throws IOException {
        Endpoint answering = new Endpoint(true);
        Endpoint dotted = new Endpoint(false);
        Endpoint escaped = new Endpoint(false);
        try (BrokerBed bed = new BrokerBed();
                MqttMtp controller = controller(bed.broker);
                MqttMtp first = agent(bed.broker, "os::0200F0-A.B", version5);
                MqttMtp second = agent(bed.broker, "self::a%2Fb%2B", version5)) {
            controller.start(answering);
            Mqtt5BlockingClient probe = bed.device("self::probe");
            first.start(dotted);
            second.start(escaped);
            await().atMost(BrokerBed.patience())
                    .until(() -> dotted.connection.get() != null && escaped.connection.get() != null);
            // The controller may still be on its way to its subscription; what comes before is for nobody.
            await().atMost(BrokerBed.patience()).until(() -> {
                dotted.peer().send(bytes("one"));
                return dotted.received.contains("answer to one");
            });
            escaped.peer().send(bytes("two"));
            String large = "x".repeat(3_000_000);
            escaped.peer().send(bytes(large));

            await().atMost(BrokerBed.patience())
                    .untilAsserted(
                            () -> assertThat(escaped.received).containsExactly("answer to two", "answer to " + large));
            assertThat(dotted.received).containsOnly("answer to one");
            assertThat(bed.refusals).isEmpty();
            probe.disconnect();
        }
    }

    @Test
    void a_taken_port_is_named_with_its_option() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedBroker.start(
                            new EmbeddedBrokerConfig("127.0.0.1", port, BrokerBed.CONTROLLER, true, (t, a, r) -> {})))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("--mqtt");
        }
    }

    @Test
    void close_ends_connections_and_frees_the_port() throws IOException {
        BrokerBed bed = new BrokerBed();
        Mqtt5BlockingClient device = bed.device("self::device");
        int port = bed.broker.port();

        bed.close();

        await().atMost(BrokerBed.patience()).until(() -> !device.getState().isConnected());
        try (EmbeddedBroker again = EmbeddedBroker.start(
                new EmbeddedBrokerConfig("127.0.0.1", port, BrokerBed.CONTROLLER, true, (t, a, r) -> {}))) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void a_subscriber_that_does_not_read_costs_a_bounded_amount_of_memory() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), bed.broker.port())) {
            slow.setSoTimeout(30_000);
            connectAndSubscribe(slow);
            Mqtt5BlockingClient controller = bed.controller();
            byte[] payload = new byte[512 * 1024];
            for (int i = 0; i < 100; i++) {
                controller
                        .publishWith()
                        .topic("usp/agent/self::slow")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload)
                        .send();
                assertThat(bed.broker.bytesWaiting()).isLessThan(Limits.TOPIC_BYTES_WAITING + 2 * 1024 * 1024);
            }
            // Something did wait, so that the bound was tried, and nobody else is held up.
            assertThat(bed.broker.bytesWaiting()).isGreaterThan(Limits.TOPIC_BYTES_WAITING / 2);
            Mqtt5BlockingClient other = bed.device("self::other");
            Queue<String> heard = BrokerBed.heard(other);
            BrokerBed.subscribes(other, "usp/agent/self::other");
            BrokerBed.publish(controller, "usp/agent/self::other", "hello");
            await().atMost(BrokerBed.patience())
                    .untilAsserted(() -> assertThat(heard).containsExactly("usp/agent/self::other hello"));

            slow.shutdownOutput();
            await().atMost(BrokerBed.patience()).until(() -> bed.broker.bytesWaiting() < 1024 * 1024);
        }
    }

    /// By hand and in MQTT 3.1.1, since a client library would read.
    private static void connectAndSubscribe(Socket slow) throws IOException {
        byte[] id = "self::slow".getBytes(StandardCharsets.US_ASCII);
        byte[] filter = "usp/agent/self::slow".getBytes(StandardCharsets.US_ASCII);
        var out = slow.getOutputStream();
        out.write(
                new byte[] {0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, (byte) id.length});
        out.write(id);
        InputStream in = slow.getInputStream();
        assertThat(in.readNBytes(4)).containsExactly(0x20, 2, 0, 0);
        out.write(new byte[] {(byte) 0x82, (byte) (5 + filter.length), 0, 1, 0, (byte) filter.length});
        out.write(filter);
        out.write(1);
        assertThat(in.readNBytes(5)).containsExactly((byte) 0x90, 3, 0, 1, 1);
    }
}
