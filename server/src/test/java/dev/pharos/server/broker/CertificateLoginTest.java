// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker over TLS: a certificate is as good as a login, and tells the Controller who somebody is.
class CertificateLoginTest {
    private static final EndpointId DEVICE = EndpointId.of("os::0200F0-CERT");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestAuthority authority;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedBroker broker;

    @BeforeEach
    void start_a_broker_that_speaks_tls_only() throws IOException {
        authority = new TestAuthority(folder);
        var own = authority.issue(SubjectName.host("localhost"));
        TlsSettings tls = TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(
                "127.0.0.1",
                Optional.empty(),
                BrokerBed.CONTROLLER,
                true,
                (user, password) -> user.equals("device") && password.equals("right")
                        ? Optional.of(BrokerBed.LOGGED_IN)
                        : Optional.empty(),
                Optional.of(new EmbeddedBrokerConfig.Tls(0, tls)),
                Optional.of(new EmbeddedBrokerConfig.Stomp(
                        Optional.empty(), Optional.of(new EmbeddedBrokerConfig.Tls(0, tls)))),
                Optional.empty(),
                BrokerReports.NONE,
                (transport, address, reason) -> refusals.add(transport + ": " + reason)));
    }

    @AfterEach
    void stop_it() {
        broker.close();
    }

    private MqttMtp agent(EndpointId id, TlsSettings tls) {
        URI uri = URI.create("mqtts://localhost:" + broker.securePort().orElseThrow());
        return new MqttMtp(MqttConfig.agent(uri, id, BrokerBed.CONTROLLER_TOPIC)
                .withSession(MqttSession.DEFAULT.withClientId(id.toString()).withTls(tls)));
    }

    private StompMtp stompAgent(EndpointId id, TlsSettings tls) {
        URI uri = URI.create("stomps://localhost:" + broker.secureStompPort().orElseThrow());
        return new StompMtp(StompConfig.agent(uri, id, StompDestinations.forController(BrokerBed.CONTROLLER))
                .withSession(StompSession.DEFAULT.withTls(tls)));
    }

    private TlsSettings stompShowing(TestAuthority.Files files) throws IOException {
        return TlsSettings.trusting(authority.trusted()).withCertificate(files.chain(), files.key());
    }

    private TlsSettings showing(TestAuthority.Files files) throws IOException {
        return TlsSettings.trusting(authority.trusted()).withCertificate(files.chain(), files.key());
    }

    @Test
    @Requirement({"R-MQTT.43", "R-SEC.9", "R-SEC.10a"})
    void a_certificate_lets_its_device_in_and_the_controller_knows_it_as_proven() throws IOException {
        BrokerLogin login = broker.controllerLogin();
        RecordingReceiver atController = new RecordingReceiver();
        RecordingReceiver atAgent = new RecordingReceiver();
        try (MqttMtp controller = new MqttMtp(MqttConfig.controller(broker.controllerAddress(), BrokerBed.CONTROLLER)
                        .withWitness(broker.witness())
                        .withSession(MqttSession.DEFAULT
                                .withClientId("controller")
                                .withLogin(login.userName(), login.password())));
                MqttMtp agent = agent(DEVICE, showing(authority.issue(SubjectName.of(DEVICE))))) {
            controller.start(atController);
            agent.start(atAgent);
            var toController = atAgent.nextConnected();
            Bytes hello = Bytes.copyOf("hello".getBytes(StandardCharsets.UTF_8));
            // The controller may still be on its way to its subscription; what comes before is for nobody.
            await().atMost(BrokerBed.patience())
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        toController.send(hello);
                        return !atController.pending().isEmpty();
                    });
            var peer = atController.nextConnected().peer();
            assertThat(peer.endpointId()).contains(DEVICE);
            assertThat(peer.proof()).isEqualTo(Proof.CERTIFICATE);
            assertThat(broker.witness().proof(EndpointId.of("os::0200F0-OTHER")))
                    .isEqualTo(Proof.NONE);
        }
    }

    @Test
    @Requirement({"R-SEC.9", "R-SEC.10a"})
    void over_stomp_the_controller_knows_a_device_with_a_certificate_or_a_login_as_proven_too() throws IOException {
        BrokerLogin login = broker.controllerLogin();
        RecordingReceiver atController = new RecordingReceiver();
        EndpointId loggedIn = BrokerBed.LOGGED_IN;
        TlsSettings bare = TlsSettings.trusting(authority.trusted());
        try (StompMtp controller =
                        new StompMtp(StompConfig.controller(broker.controllerStompAddress(), BrokerBed.CONTROLLER)
                                .withWitness(broker.stompWitness())
                                .withSession(StompSession.DEFAULT.withLogin(login.userName(), login.password())));
                StompMtp certified = stompAgent(DEVICE, stompShowing(authority.issue(SubjectName.of(DEVICE))));
                StompMtp withLogin = new StompMtp(StompConfig.agent(
                                URI.create("stomps://localhost:"
                                        + broker.secureStompPort().orElseThrow()),
                                loggedIn,
                                StompDestinations.forController(BrokerBed.CONTROLLER))
                        .withSession(StompSession.DEFAULT.withTls(bare).withLogin("device", "right")));
                StompMtp unproven = stompAgent(EndpointId.of("os::0200F0-BARE"), bare)) {
            controller.start(atController);
            assertThat(proofAtController(certified, atController)).isEqualTo(Proof.CERTIFICATE);
            assertThat(proofAtController(withLogin, atController)).isEqualTo(Proof.CREDENTIALS);
            assertThat(proofAtController(unproven, atController)).isEqualTo(Proof.NONE);
            assertThat(broker.witness().proof(loggedIn)).as("over MQTT").isEqualTo(Proof.NONE);
        }
    }

    /// How the controller knows an agent that sends.
    private static Proof proofAtController(StompMtp agent, RecordingReceiver atController) throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        agent.start(atAgent);
        var toController = atAgent.nextConnected();
        Bytes hello = Bytes.copyOf("hello".getBytes(StandardCharsets.UTF_8));
        // The controller may still be on its way to its subscription; what comes before is for nobody.
        await().atMost(BrokerBed.patience())
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    toController.send(hello);
                    return !atController.pending().isEmpty();
                });
        return atController
                .skipTo(RecordingReceiver.Event.Connected.class)
                .connection()
                .peer()
                .proof();
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_certificate_of_another_device_does_not_let_one_in() throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        try (MqttMtp thief = agent(DEVICE, showing(authority.issue(new SubjectName.Endpoint("os::0200F0-THIEF"))))) {
            thief.start(atAgent);
            assertThat(atAgent.next(RecordingReceiver.Event.Refused.class).reason())
                    .contains("IDENTIFIER");
        }
        assertThat(refusals).anyMatch(reason -> reason.contains("belongs to os::0200F0-THIEF"));
        assertThat(broker.witness().proof(DEVICE)).isEqualTo(Proof.NONE);
    }

    @Test
    void after_a_device_has_proved_itself_nobody_comes_under_its_name_without_a_proof() throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        try (MqttMtp agent = agent(DEVICE, showing(authority.issue(SubjectName.of(DEVICE))))) {
            agent.start(atAgent);
            atAgent.nextConnected();
        }
        RecordingReceiver atBare = new RecordingReceiver();
        try (MqttMtp bare = agent(DEVICE, TlsSettings.trusting(authority.trusted()))) {
            bare.start(atBare);
            atBare.next(RecordingReceiver.Event.Refused.class);
        }
        assertThat(refusals).anyMatch(reason -> reason.contains("before and does not now"));
    }

    @Test
    @Requirement({"R-STOMP.34", "R-STOMP.35"})
    void over_stomp_too_a_certificate_lets_its_device_in_and_no_other() throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        RecordingReceiver atThief = new RecordingReceiver();
        RecordingReceiver atBare = new RecordingReceiver();
        try (StompMtp agent = stompAgent(DEVICE, stompShowing(authority.issue(SubjectName.of(DEVICE))));
                StompMtp thief = stompAgent(
                        DEVICE, stompShowing(authority.issue(new SubjectName.Endpoint("os::0200F0-THIEF"))));
                StompMtp bare = stompAgent(DEVICE, TlsSettings.trusting(authority.trusted()))) {
            agent.start(atAgent);
            atAgent.nextConnected();
            thief.start(atThief);
            assertThat(atThief.next(RecordingReceiver.Event.Refused.class).reason())
                    .contains("belongs to os::0200F0-THIEF");
            bare.start(atBare);
            assertThat(atBare.next(RecordingReceiver.Event.Refused.class).reason())
                    .contains("before and does not now");
        }
    }

    @Test
    void a_proof_over_one_protocol_closes_both_to_those_without_and_makes_nothing_of_the_other_a_proof()
            throws IOException {
        RecordingReceiver atUnproven = new RecordingReceiver();
        RecordingReceiver atAgent = new RecordingReceiver();
        RecordingReceiver atBare = new RecordingReceiver();
        try (MqttMtp unproven = agent(DEVICE, TlsSettings.trusting(authority.trusted()));
                StompMtp agent = stompAgent(DEVICE, stompShowing(authority.issue(SubjectName.of(DEVICE))));
                MqttMtp bare = agent(DEVICE, TlsSettings.trusting(authority.trusted()))) {
            unproven.start(atUnproven);
            atUnproven.nextConnected();
            agent.start(atAgent);
            atAgent.nextConnected();
            // What the first one publishes over MQTT is still nobody's proof.
            assertThat(broker.witness().proof(DEVICE)).isEqualTo(Proof.NONE);
            bare.start(atBare);
            atBare.next(RecordingReceiver.Event.Refused.class);
        }
        assertThat(refusals).anyMatch(reason -> reason.contains("before and does not now"));
    }

    @Test
    void a_failed_handshake_is_told_in_words() throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        try (MqttMtp late = agent(DEVICE, showing(authority.issueExpired(SubjectName.of(DEVICE))))) {
            late.start(atAgent);
            assertThat(atAgent.next(RecordingReceiver.Event.Refused.class).reason())
                    .contains("our certificate");
        }
        await().atMost(BrokerBed.patience())
                .untilAsserted(() -> assertThat(refusals)
                        .anyMatch(reason -> reason.startsWith("mqtt: ") && reason.contains("has expired")));
    }

    @Test
    void the_controllers_own_door_is_for_nobody_else() {
        Mqtt5BlockingClient stranger = MqttClient.builder()
                .useMqttVersion5()
                .identifier(DEVICE.toString())
                .serverHost("127.0.0.1")
                .serverPort(broker.controllerAddress().getPort())
                .buildBlocking();
        assertThatThrownBy(stranger::connect).isInstanceOf(Mqtt5ConnAckException.class);
        assertThat(refusals).anyMatch(reason -> reason.contains("port of the server itself"));
    }

    @Test
    void nor_is_its_door_for_stomp() throws IOException {
        try (StompWire stranger = new StompWire(broker.controllerStompAddress().getPort());
                StompWire device = new StompWire(broker.controllerStompAddress().getPort())) {
            assertThat(stranger.open(DEVICE.toString()).header("message")).contains("port of the server itself");
            assertThat(device.open(BrokerBed.LOGGED_IN.toString(), "login:device", "passcode:right")
                            .header("message"))
                    .contains("port of the server itself");
        }
    }

    @Test
    void handshakes_that_are_too_many_at_once_are_turned_away_and_told_of_as_a_crowd() throws Exception {
        Map<String, Integer> ports = Map.of(
                "mqtt", broker.securePort().orElseThrow(),
                "stomp", broker.secureStompPort().orElseThrow());
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            Instant start = Instant.now();
            List<Socket> begun = HostilePeers.beginHandshakes(port.getValue(), 260);
            // on a slow machine the first of them have lost their places before the last comes
            await().atMost(BrokerBed.patience())
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        if (crowds(port.getKey()).isEmpty() && begun.size() < 3_000) {
                            begun.addAll(HostilePeers.beginHandshakes(port.getValue(), 260));
                        }
                        return !crowds(port.getKey()).isEmpty();
                    });
            assertThat(crowds(port.getKey()).getFirst())
                    .contains("too many TLS handshakes at once, 250 from its address");
            assertThat(crowds(port.getKey()))
                    .as("once a second, not of each")
                    .hasSizeLessThanOrEqualTo(
                            1 + (int) Duration.between(start, Instant.now()).toSeconds());
            HostilePeers.end(begun);
        }
    }

    /// What was told of those that were turned away before their handshake.
    private List<String> crowds(String protocol) {
        return refusals.stream()
                .filter(told -> told.startsWith(protocol + ": turned away before the TLS handshake: "))
                .toList();
    }
}
