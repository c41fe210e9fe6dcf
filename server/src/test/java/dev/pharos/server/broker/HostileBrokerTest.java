// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What [HostilePeers] do to the embedded broker.
class HostileBrokerTest {
    private BrokerBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new BrokerBed();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private static SocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static byte[] packet(int first, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int rest = body.length;
        do {
            out.write(rest > 127 ? (rest % 128) | 128 : rest);
            rest /= 128;
        } while (rest > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private record Mqtt(BrokerBed bed) implements HostilePeers.Target {
        @Override
        public SocketAddress address() {
            return loopback(bed.broker.port());
        }

        @Override
        public byte[] opening(String name) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            text(body, "MQTT");
            // version 5, clean start, a minute, no properties
            body.writeBytes(new byte[] {5, 2, 0, 60, 0});
            text(body, name);
            return packet(0x10, body.toByteArray());
        }

        @Override
        public byte[] message(int payloadBytes) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            text(body, BrokerBed.CONTROLLER_TOPIC);
            // packet id 1, no properties; QoS 1, so that each is answered
            body.writeBytes(new byte[] {0, 1, 0});
            body.writeBytes(new byte[payloadBytes]);
            return packet(0x32, body.toByteArray());
        }

        @Override
        public byte[] oversized() {
            return new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
        }

        /// A packet says how long it is.
        @Override
        public Optional<HostilePeers.Endless> endless() {
            return Optional.empty();
        }

        @Override
        public void serveOthers() {
            Mqtt5BlockingClient controller = bed.controller();
            Mqtt5BlockingClient device = bed.device("proto::good");
            try {
                Queue<String> heard = BrokerBed.heard(device);
                assertThat(BrokerBed.subscribes(device, "usp/agent/proto::good"))
                        .isTrue();
                BrokerBed.publish(controller, "usp/agent/proto::good", "hello");
                await().atMost(BrokerBed.patience()).until(() -> !heard.isEmpty());
            } finally {
                device.disconnect();
                controller.disconnect();
            }
        }
    }

    private record Stomp(BrokerBed bed) implements HostilePeers.Target {
        private static final String TO_CONTROLLER =
                "SEND\ndestination:" + StompWire.escape(StompDestinations.forController(BrokerBed.CONTROLLER)) + "\n";

        @Override
        public SocketAddress address() {
            return loopback(bed.broker.stompPort().orElseThrow());
        }

        @Override
        public byte[] opening(String name) {
            return utf8("STOMP\naccept-version:1.2\nhost:h\nendpoint-id:" + StompWire.escape(name) + "\n\n\0");
        }

        @Override
        public byte[] message(int payloadBytes) {
            return utf8(TO_CONTROLLER + "receipt:r\n\n" + "x".repeat(payloadBytes) + "\0");
        }

        @Override
        public byte[] oversized() {
            return utf8(TO_CONTROLLER + "content-length:1000000000\n\n");
        }

        @Override
        public Optional<HostilePeers.Endless> endless() {
            return Optional.of(
                    new HostilePeers.Endless(Bytes.ofUtf8(TO_CONTROLLER + "\n"), Bytes.ofUtf8("x".repeat(50_000))));
        }

        /// What follows could only be read after the end of it.
        @Override
        public boolean endsWhatIsTooLarge() {
            return false;
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void serveOthers() throws IOException {
            BrokerLogin login = bed.broker.controllerLogin();
            int port = bed.broker.stompPort().orElseThrow();
            try (StompWire controller = new StompWire(port);
                    StompWire device = new StompWire(port)) {
                controller.open("self::c", "login:" + login.userName(), "passcode:" + login.password());
                device.open("proto::good");
                assertThat(device.subscribe("1", "/topic/usp.agent.proto::good").command())
                        .isEqualTo("RECEIPT");
                controller.write("SEND", "destination:" + StompWire.escape("/topic/usp.agent.proto::good"), "\nhello");
                assertThat(device.next().body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void over_mqtt_and_stomp_they_harm_nobody_and_leave_nothing() throws Exception {
        try (HostilePeers mqtt = HostilePeers.against(new Mqtt(bed));
                HostilePeers stomp = HostilePeers.against(new Stomp(bed))) {
            mqtt.attack();
            stomp.attack();
            mqtt.assertSilentOnesAreGone();
            stomp.assertSilentOnesAreGone();
            stomp.leave();
            mqtt.assertNothingIsLeft();
            stomp.assertNothingIsLeft();
        }
        await().atMost(BrokerBed.patience()).until(() -> bed.broker.bytesWaiting() == 0);
    }
}
