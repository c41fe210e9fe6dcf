// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.testkit.UntrustedBroker;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import dev.pharos.usp.session.SessionMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole agent and a whole controller, with a broker between them that reads and alters everything.
class UntrustedBrokerTest {
    private static final EndpointId DEVICE = EndpointId.of("os::0200F0-SECRET");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "Device.DeviceInfo.SerialNumber";

    @TempDir
    Path folder;

    private final UntrustedBroker broker = new UntrustedBroker();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private TestAuthority authority = new TestAuthority(Path.of("unused"));
    private UspController controller = new UspController(ControllerSettings.of(InMemoryStores.create()));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    @AfterEach
    void close_all() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private EndToEndIdentity identity(TestAuthority.Files own) throws IOException {
        EndToEndIdentity identity =
                EndToEndIdentity.open(TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted()));
        opened.push(identity);
        return identity;
    }

    private void start(TestAuthority.Files deviceCertificate) throws IOException {
        EndToEndIdentity own = identity(authority.issue(SubjectName.of(ControllerSettings.DEFAULT_ID)));
        ControllerSettings settings = ControllerSettings.of(InMemoryStores.create());
        settings = settings.withSessions(PeerPolicy.DEFAULT
                        .sessions()
                        .withMode(SessionMode.REQUIRE)
                        .withSecurity(PayloadSecurity.TLS12))
                .withIdentity(own)
                .withAdmission(admitting(settings));
        InProcessMtp.Pair pair = InProcessMtp.pair(DEVICE, ControllerSettings.DEFAULT_ID, 4096);
        controller = new UspController(settings);
        opened.push(controller);
        controller.attach(broker.to(pair.second()));
        controller.start();

        SharedTimer timer = new SharedTimer();
        opened.push(timer);
        SimulatedGateway gateway = new SimulatedGateway(SimulatedGatewayConfig.of("SECRET", 1));
        AgentConfig config = AgentConfig.of(
                DEVICE,
                new DeviceIdentity("0200F0", "Gateway", "SECRET"),
                "1",
                List.of(ControllerConfig.of(ControllerSettings.DEFAULT_ID, ControllerRole.FULL)));
        UspAgent agent = new UspAgent(
                        config,
                        gateway.elements(),
                        List.of(new AgentMtpBinding(broker.to(pair.first()), ControllerSettings.DEFAULT_ID)),
                        AgentRuntime.with(timer))
                .secured(new EndToEnd(identity(deviceCertificate), true));
        opened.push(agent);
        agent.start();
    }

    /// The device is known and quiet, so that only what a test asks for is on the way.
    private static Admission admitting(ControllerSettings settings) {
        return (device, peer, known) -> {
            if (known.isEmpty()) {
                settings.stores().devices().create(DeviceRecord.unseen(device, false, true, Instant.EPOCH));
            }
            return new Admission.Admitted(false);
        };
    }

    private Optional<String> serialNumber(Duration patience) throws CallException {
        GetResponse got = controller.call(DEVICE, new GetRequest(List.of(NAME), 0), patience);
        return Optional.of(got.toString()).filter(text -> text.contains("SECRET"));
    }

    private void awaitAnswer() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> serialNumber(Duration.ofSeconds(5)).isPresent());
    }

    private static UspRecord record(Bytes bytes) {
        try {
            return RecordCodec.decode(bytes);
        } catch (MalformedInputException malformed) {
            throw new AssertionError(malformed.detail(), malformed);
        }
    }

    private boolean wasTold(String sentence) {
        return controller.stores().events().newest(Optional.of(DEVICE), Long.MAX_VALUE, 100).stream()
                .anyMatch(event -> event.toString().contains(sentence));
    }

    @Test
    @Requirement({"R-E2E.29", "R-E2E.41", "R-E2E.43", "R-SEC.23a"})
    void reads_no_message() throws Exception {
        start(authority.issue(SubjectName.of(DEVICE)));
        awaitAnswer();

        assertThat(broker.seen()).isNotEmpty().allSatisfy(bytes -> {
            UspRecord record = record(bytes);
            assertThat(record.protection().macSignature()).isNotEqualTo(Bytes.EMPTY);
            assertThat(new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(NAME)
                    .doesNotContain("SerialNumber");
            if (record.type() instanceof RecordType.SessionContext) {
                assertThat(record.protection().payloadSecurity()).isEqualTo(PayloadSecurity.TLS12);
            } else {
                assertThat(record.type()).isInstanceOf(RecordType.MqttConnect.class);
            }
        });
    }

    private void alters(UnaryOperator<UspRecord> change) {
        broker.treats(bytes -> {
            UspRecord record = record(bytes);
            boolean message = record.protection().senderCertificate().isEmpty();
            return List.of(message ? RecordCodec.encode(change.apply(record)) : bytes);
        });
    }

    @Test
    @Requirement({"R-E2E.23", "R-E2E.30", "R-E2E.33"})
    void alters_no_record_unnoticed() throws Exception {
        start(authority.issue(SubjectName.of(DEVICE)));
        awaitAnswer();

        alters(record -> {
            RecordType.SessionContext old = (RecordType.SessionContext) record.type();
            return new UspRecord(
                    record.version(),
                    record.to(),
                    record.from(),
                    record.protection(),
                    new RecordType.SessionContext(
                            old.sessionId(),
                            old.sequenceId(),
                            old.expectedId(),
                            old.retransmitId() + 1,
                            old.position(),
                            old.recordPosition(),
                            old.payload()));
        });
        SetRequest set = new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        "Device.LocalAgent.Controller.1.",
                        List.of(new ParameterSetting("PeriodicNotifInterval", "1234", true)))));
        assertThatThrownBy(() -> controller.call(DEVICE, set, Duration.ofSeconds(10)))
                .isInstanceOf(CallException.class);

        broker.treats(List::of);
        awaitAnswer();
        GetResponse interval = controller.call(
                DEVICE, new GetRequest(List.of("Device.LocalAgent.Controller.1.PeriodicNotifInterval"), 0), PATIENCE);
        assertThat(interval.toString()).doesNotContain("1234");
    }

    @Test
    @Requirement({"R-E2E.23", "R-E2E.30"})
    void takes_no_signature_away_unnoticed() throws Exception {
        start(authority.issue(SubjectName.of(DEVICE)));
        awaitAnswer();

        alters(record -> new UspRecord(
                record.version(),
                record.to(),
                record.from(),
                new RecordProtection(record.protection().payloadSecurity(), Bytes.EMPTY, Bytes.EMPTY),
                record.type()));
        assertThatThrownBy(() -> serialNumber(Duration.ofSeconds(2))).isInstanceOf(CallException.class);
        broker.treats(List::of);
        awaitAnswer();
    }

    @Test
    void lets_nobody_in_with_the_certificate_of_another_device_and_the_operator_reads_why() throws Exception {
        start(authority.issue(SubjectName.of(EndpointId.of("os::0200F0-OTHER"))));

        await().atMost(PATIENCE)
                .until(() -> wasTold("its certificate belongs to os::0200F0-OTHER, not to os::0200F0-SECRET"));
        assertThatThrownBy(() -> serialNumber(Duration.ofSeconds(2))).isInstanceOf(CallException.class);
    }
}
