// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompHeartBeat;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.server.broker.StompWire.Frame;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The embedded broker over STOMP: who is let in, what is answered, and our transport through it.
class StompBrokerTest {
    private static StompWire wire(BrokerBed bed) throws IOException {
        return new StompWire(bed.broker.stompPort().orElseThrow());
    }

    @Test
    @Requirement({"R-STOMP.34", "R-STOMP.35"})
    void a_login_makes_its_device_and_a_wrong_one_is_refused() throws IOException {
        try (BrokerBed bed = new BrokerBed(false);
                StompWire right = wire(bed);
                StompWire wrong = wire(bed);
                StompWire without = wire(bed);
                StompWire other = wire(bed)) {
            assertThat(right.open("os::0200F0-LOGIN", "login:device", "passcode:right")
                            .command())
                    .isEqualTo("CONNECTED");
            assertThat(right.subscribe("1", "/topic/usp.agent.os::0200F0-LOGIN").command())
                    .isEqualTo("RECEIPT");

            assertThat(wrong.open("os::0200F0-LOGIN", "login:device", "passcode:wrong")
                            .header("message"))
                    .contains("wrong password");
            assertThat(wrong.next().command()).isEqualTo("END");
            assertThat(without.open("os::0200F0-LOGIN").header("message")).contains("without user name");
            assertThat(other.open("os::0200F0-OTHER", "login:device", "passcode:right")
                            .header("message"))
                    .contains("its login is that of");
            assertThat(bed.refusals).hasSize(3);
        }
    }

    @Test
    @Requirement("R-STOMP.6")
    void a_device_is_told_its_destination() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                StompWire device = wire(bed)) {
            Frame welcome = device.open("self::a.b");

            assertThat(welcome.header("version")).isEqualTo("1.2");
            assertThat(welcome.header("subscribe-dest")).isEqualTo("/topic/usp.agent.self::a.b");
            // Which broker this is concerns nobody.
            assertThat(welcome.head()).noneMatch(line -> line.contains("Artemis"));
        }
    }

    @Test
    void who_speaks_no_stomp_1_2_or_does_not_say_who_it_is_stays_outside() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                StompWire old = wire(bed);
                StompWire nobody = wire(bed);
                StompWire broken = wire(bed);
                StompWire wordy = wire(bed)) {
            old.write("CONNECT", "accept-version:1.0,1.1", "host:h", "endpoint-id:self::a");
            Frame answer = old.next();
            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.header("version")).isEqualTo("1.2");
            nobody.write("STOMP", "accept-version:1.2", "host:h");
            assertThat(nobody.next().header("message")).contains("without a client id or endpoint-id");
            broken.raw("STOMP\nno colon here\n\n\0".getBytes(StandardCharsets.UTF_8));
            assertThat(broken.next().header("message")).contains("no STOMP");
            wordy.raw("STOMP\naccept-version:1.2\ncontent-length:100000000\n\n".getBytes(StandardCharsets.UTF_8));
            wordy.raw(new byte[100_000]);
            wordy.finishWriting();
            Awaitility.await().atMost(BrokerBed.patience()).until(() -> bed.broker.bytesWaiting() == 0);
            assertThat(bed.refusals).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "COMMIT", "ABORT", "ACK", "NACK", "STOMP", "MESSAGE", "RECEIPT"})
    void frames_that_usp_has_no_use_for_end_the_connection(String command) throws IOException {
        try (BrokerBed bed = new BrokerBed();
                StompWire device = wire(bed)) {
            device.open("self::a");
            device.write(command, "transaction:t", "id:1");

            assertThat(device.next().command()).isEqualTo("ERROR");
            assertThat(device.next().command()).isEqualTo("END");
            assertThat(bed.refusals).hasSize(1);
        }
    }

    @Test
    void a_second_connection_of_a_device_takes_over() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                StompWire first = wire(bed);
                StompWire second = wire(bed)) {
            first.open("self::a");
            second.open("self::a");

            assertThat(first.next().header("message")).contains("connected anew");
            assertThat(first.next().command()).isEqualTo("END");
            assertThat(second.subscribe("1", "/topic/usp.agent.self::a").command())
                    .isEqualTo("RECEIPT");
        }
    }

    @Test
    void disconnect_is_confirmed_after_everything_before_it() throws IOException {
        try (BrokerBed bed = new BrokerBed();
                StompWire device = wire(bed)) {
            device.open("self::a");
            device.write(
                    "SEND",
                    "destination:" + StompWire.escape(StompDestinations.forController(BrokerBed.CONTROLLER)),
                    "receipt:sent",
                    "\nx");
            device.write("DISCONNECT", "receipt:bye");

            assertThat(device.next().header("receipt-id")).isEqualTo("sent");
            assertThat(device.next().header("receipt-id")).isEqualTo("bye");
            assertThat(device.next().command()).isEqualTo("END");
        }
    }

    @Test
    void our_transport_carries_records_of_any_content_and_size() throws IOException {
        RecordingReceiver atAgent = new RecordingReceiver();
        RecordingReceiver atController = new RecordingReceiver();
        EndpointId agentId = EndpointId.of("os::0200F0-A.B%2F");
        try (BrokerBed bed = new BrokerBed()) {
            URI uri = URI.create("stomp://127.0.0.1:" + bed.broker.stompPort().orElseThrow());
            BrokerLogin login = bed.broker.controllerLogin();
            StompSession session = StompSession.DEFAULT.withHeartBeat(
                    new StompHeartBeat(Duration.ofSeconds(20), Duration.ofSeconds(30)));
            try (StompMtp controller = new StompMtp(StompConfig.controller(uri, BrokerBed.CONTROLLER)
                            .withSession(session.withLogin(login.userName(), login.password())));
                    StompMtp agent = new StompMtp(
                            StompConfig.agent(uri, agentId, StompDestinations.forController(BrokerBed.CONTROLLER))
                                    .withSession(session)
                                    .withDestinationFromBroker())) {
                controller.start(atController);
                agent.start(atAgent);
                MtpConnection toController = atAgent.nextConnected();
                assertThat(agent.ownDestination()).contains(StompDestinations.forAgent(agentId));
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(200))
                        .atMost(BrokerBed.patience())
                        .until(() -> {
                            toController.send(Bytes.ofUtf8("hello"));
                            return !atController.pending().isEmpty();
                        });
                MtpConnection toAgent = atController.nextConnected();
                assertThat(toAgent.peer().endpointId()).contains(agentId);
                byte[] content = new byte[3_000_000];
                new Random(7).nextBytes(content);
                toAgent.send(Bytes.copyOf(content));
                toAgent.send(Bytes.copyOf(new byte[] {0, 0, 10, 0}));
                assertThat(atAgent.nextRecord()).isEqualTo(Bytes.copyOf(content));
                assertThat(atAgent.nextRecord()).isEqualTo(Bytes.copyOf(new byte[] {0, 0, 10, 0}));
                toController.send(Bytes.copyOf(content));
                while (!atController.skipTo(Event.Received.class).record().equals(Bytes.copyOf(content))) {
                    // an earlier greeting
                }
                assertThat(bed.refusals).isEmpty();
            }
        }
    }

    @Test
    @Requirement({"R-STOMP.34", "R-STOMP.36"})
    void over_tls_devices_come_with_their_login_and_our_controller_over_loopback(@TempDir Path folder)
            throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(SubjectName.host("localhost"));
        RecordingReceiver atController = new RecordingReceiver();
        RecordingReceiver atDevice = new RecordingReceiver();
        RecordingReceiver atThief = new RecordingReceiver();
        EmbeddedBrokerConfig config = new EmbeddedBrokerConfig(
                        "127.0.0.1", 0, BrokerBed.CONTROLLER, false, (transport, address, reason) -> {})
                .withStomp(new EmbeddedBrokerConfig.Stomp(
                        Optional.empty(),
                        Optional.of(new EmbeddedBrokerConfig.Tls(0, TlsSettings.server(own.chain(), own.key())))))
                .withLogins((user, password) -> user.equals("device") && password.equals("right")
                        ? Optional.of(BrokerBed.LOGGED_IN)
                        : Optional.empty())
                .withoutMqtt();
        try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
            assertThat(broker.stompPort()).isEmpty();
            BrokerLogin login = broker.controllerLogin();
            URI tls =
                    URI.create("stomps://localhost:" + broker.secureStompPort().orElseThrow());
            StompConfig device =
                    StompConfig.agent(tls, BrokerBed.LOGGED_IN, StompDestinations.forController(BrokerBed.CONTROLLER));
            StompSession session = StompSession.DEFAULT.withTls(TlsSettings.trusting(authority.trusted()));
            try (StompMtp controller =
                            new StompMtp(StompConfig.controller(broker.controllerStompAddress(), BrokerBed.CONTROLLER)
                                    .withSession(StompSession.DEFAULT.withLogin(login.userName(), login.password())));
                    StompMtp right = new StompMtp(device.withSession(session.withLogin("device", "right")));
                    StompMtp wrong = new StompMtp(device.withSession(session.withLogin("device", "wrong")))) {
                controller.start(atController);
                right.start(atDevice);
                wrong.start(atThief);
                assertThat(atThief.next(Event.Refused.class).reason()).contains("wrong password");
                MtpConnection toController = atDevice.nextConnected();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(200))
                        .atMost(BrokerBed.patience())
                        .until(() -> {
                            toController.send(Bytes.ofUtf8("hello"));
                            return !atController.pending().isEmpty();
                        });
                assertThat(atController.nextConnected().peer().endpointId()).contains(BrokerBed.LOGGED_IN);
            }
        }
    }

    @Test
    void a_taken_port_is_named_with_its_option() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedBroker.start(
                            new EmbeddedBrokerConfig("127.0.0.1", 0, BrokerBed.CONTROLLER, true, (t, a, r) -> {})
                                    .withStomp(new EmbeddedBrokerConfig.Stomp(Optional.of(port), Optional.empty()))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("--stomp");
        }
    }
}
