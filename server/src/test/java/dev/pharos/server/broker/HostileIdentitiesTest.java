// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.HostileIdentities;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.StreamDoor;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [HostileIdentities] do to the embedded broker, over MQTT and over STOMP.
class HostileIdentitiesTest {
    private static final Bytes HELLO = Bytes.ofUtf8("hello");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HostileIdentities peers;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedBroker broker;

    @BeforeEach
    void start_a_broker_that_asks_for_certificates() throws IOException {
        peers = new HostileIdentities(folder);
        TestAuthority.Files own = peers.ofServer();
        TlsSettings tls = TlsSettings.server(own.chain(), own.key())
                .withTrusted(peers.trusted())
                .withRevoked(peers.revoked());
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(
                "127.0.0.1",
                Optional.empty(),
                BrokerBed.CONTROLLER,
                true,
                DeviceLogins.NONE,
                Optional.of(new EmbeddedBrokerConfig.Tls(0, tls)),
                Optional.of(new EmbeddedBrokerConfig.Stomp(
                        Optional.empty(), Optional.of(new EmbeddedBrokerConfig.Tls(0, tls)))),
                Optional.empty(),
                BrokerReports.NONE,
                (transport, address, reason) -> refusals.add(reason)));
    }

    @AfterEach
    void stop_it() {
        broker.close();
    }

    /// @param victim the one that is there all the time
    /// @param opening of a session
    /// @param welcome whether an answer is one
    private record Target(
            HostileIdentities.Door door,
            Function<EndpointId, byte[]> opening,
            Predicate<String> welcome,
            Collection<String> refusals,
            Standing victim)
            implements HostileIdentities.Target {
        @Override
        public byte[] opening(EndpointId id) {
            return opening.apply(id);
        }

        @Override
        public boolean welcomes(String answer) {
            return welcome.test(answer);
        }

        @Override
        public Words words() {
            return new Words("proved to be " + HostileIdentities.VICTIM + " before and does not now", "belongs to");
        }

        @Override
        public void serveVictim() throws IOException {
            victim.greet();
        }
    }

    /// A device and its Controller, with the broker between them.
    private static final class Standing implements AutoCloseable {
        private final Mtp controller;
        private final Mtp device;
        private final RecordingReceiver atController = new RecordingReceiver();
        private final RecordingReceiver atDevice = new RecordingReceiver();
        private final MtpConnection toController;

        Standing(Mtp controller, Mtp device) throws IOException {
            this.controller = controller;
            this.device = device;
            controller.start(atController);
            device.start(atDevice);
            toController = atDevice.nextConnected();
            // The controller may still be on its way to its subscription; what comes before is for nobody.
            await().atMost(BrokerBed.patience())
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        toController.send(HELLO);
                        return !atController.pending().isEmpty();
                    });
        }

        void greet() throws IOException {
            Bytes question = Bytes.ofUtf8("still there? " + System.nanoTime());
            toController.send(question);
            Event.Received received = atController.skipTo(Event.Received.class);
            while (!received.record().equals(question)) {
                received = atController.skipTo(Event.Received.class);
            }
            received.connection().send(question);
            assertThat(atDevice.nextRecord()).isEqualTo(question);
        }

        @Override
        public void close() {
            device.close();
            controller.close();
        }
    }

    private TlsSettings shown() throws IOException {
        TestAuthority.Files own = peers.ofVictim();
        return TlsSettings.trusting(peers.trusted()).withCertificate(own.chain(), own.key());
    }

    @Test
    @Requirement({"R-MQTT.42", "R-SEC.0a"})
    void over_mqtt_whoever_is_not_who_it_says_is_turned_away_with_a_reason() throws Exception {
        BrokerLogin login = broker.controllerLogin();
        int port = broker.securePort().orElseThrow();
        MqttMtp controller = new MqttMtp(MqttConfig.controller(broker.controllerAddress(), BrokerBed.CONTROLLER)
                .withSession(
                        MqttSession.DEFAULT.withClientId("controller").withLogin(login.userName(), login.password())));
        MqttMtp device = new MqttMtp(MqttConfig.agent(
                        URI.create("mqtts://localhost:" + port), HostileIdentities.VICTIM, BrokerBed.CONTROLLER_TOPIC)
                .withSession(MqttSession.DEFAULT
                        .withClientId(HostileIdentities.VICTIM.toString())
                        .withTls(shown())));
        try (Standing victim = new Standing(controller, device)) {
            peers.attack(new Target(
                    new StreamDoor(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    HostileIdentitiesTest::connect,
                    answer -> answer.startsWith(" ") && answer.length() > 3 && answer.charAt(3) == 0,
                    refusals,
                    victim));
        }
    }

    /// A CONNECT of MQTT 5 with a clean start, a minute of keep-alive and no properties.
    private static byte[] connect(EndpointId id) {
        byte[] name = id.toString().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x10);
        out.write(13 + name.length);
        out.writeBytes(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 60, 0, 0, (byte) name.length});
        out.writeBytes(name);
        return out.toByteArray();
    }

    @Test
    @Requirement({"R-STOMP.34", "R-SEC.0a"})
    void over_stomp_whoever_is_not_who_it_says_is_turned_away_with_a_reason() throws Exception {
        BrokerLogin login = broker.controllerLogin();
        int port = broker.secureStompPort().orElseThrow();
        StompMtp controller = new StompMtp(StompConfig.controller(broker.controllerStompAddress(), BrokerBed.CONTROLLER)
                .withSession(StompSession.DEFAULT.withLogin(login.userName(), login.password())));
        StompMtp device = new StompMtp(StompConfig.agent(
                        URI.create("stomps://localhost:" + port),
                        HostileIdentities.VICTIM,
                        StompDestinations.forController(BrokerBed.CONTROLLER))
                .withSession(StompSession.DEFAULT.withTls(shown())));
        try (Standing victim = new Standing(controller, device)) {
            peers.attack(new Target(
                    new StreamDoor(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    id -> ("STOMP\naccept-version:1.2\nhost:h\nendpoint-id:" + StompWire.escape(id.toString())
                                    + "\n\n\0")
                            .getBytes(StandardCharsets.UTF_8),
                    answer -> answer.startsWith("CONNECTED"),
                    refusals,
                    victim));
        }
    }
}
