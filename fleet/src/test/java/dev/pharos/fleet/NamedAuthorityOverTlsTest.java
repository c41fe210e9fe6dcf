// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Introductions;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.tls.Vouching;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that management tells of an authority over USP, and controllers whose certificates that authority has
/// signed, over real TLS. In its files the agent trusts somebody else.
class NamedAuthorityOverTlsTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");
    private static final String PLACE = "127.0.0.1";
    private static final String CERTIFICATE = "Device.LocalAgent.Certificate.1";
    private static final String CREDENTIALS = "Device.LocalAgent.ControllerTrust.Credential.";

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private final AtomicReference<InstantiatedDataModel> model = new AtomicReference<>();
    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestAuthority named = new TestAuthority(Path.of("unused"));
    private TestAuthority ofFiles = named;

    @BeforeEach
    void make_authorities() {
        named = new TestAuthority(folder, "Named");
        ofFiles = new TestAuthority(folder, "Of Files");
    }

    @AfterEach
    void stop() {
        timer.close();
    }

    private WebSocketServerMtp server(SubjectName... names) throws IOException {
        TestAuthority.Files own = named.issue(names);
        WebSocketServerMtp server = new WebSocketServerMtp(
                WebSocketServerConfig.at(PLACE, 0, CONTROLLER).withTls(TlsSettings.server(own.chain(), own.key())));
        server.start(receiver);
        return server;
    }

    /// Each time with what it has kept.
    private RunningGateway gateway(int port) throws IOException {
        TlsSettings tls = TlsSettings.trusting(ofFiles.trusted());
        Introductions introductions = Introductions.byAuthority(new Vouching(tls));
        Access access =
                new Access(Optional.empty(), Optional.empty(), tls.withAcquaintances(introductions), Optional.empty());
        RunningGateway gateway = SimulatedAgent.of("NAMED", 1)
                .withData(folder.resolve("agent"))
                .within(AgentSurroundings.NONE.introducing(introductions).telling(model::set))
                .dialling(
                        List.of(new ManagingController(
                                CONTROLLER,
                                ControllerAddress.parse("wss://" + PLACE + ":" + port + "/usp", access),
                                ControllerRole.FULL)),
                        access,
                        UnaryOperator.identity(),
                        AgentRuntime.with(timer));
        gateway.start();
        return gateway;
    }

    private InstantiatedDataModel model() {
        return Objects.requireNonNull(model.get());
    }

    private String trust(String allowedUses) throws Exception {
        Map<String, String> _ = model().operate(
                        "Device.LocalAgent.AddCertificate()", Map.of("Certificate", Files.readString(named.trusted())));
        return model().write(Origin.MANAGEMENT, transaction -> {
            String row = transaction.add(CREDENTIALS);
            transaction.set(row + "Credential", CERTIFICATE);
            transaction.set(row + "AllowedUses", allowedUses);
            transaction.set(row + "Enable", "true");
            return row;
        });
    }

    private String refusal() {
        return receiver.skipTo(RecordingReceiver.Event.Refused.class).reason();
    }

    private void isConnected() {
        assertThat(receiver.skipTo(RecordingReceiver.Event.Connected.class)).isNotNull();
    }

    @Test
    @Requirement({"R-MTP.4", "R-SEC.24"})
    void an_authority_that_management_names_counts_in_the_next_handshake_and_after_a_restart_and_not_once_disabled()
            throws Exception {
        try (WebSocketServerMtp server = server(SubjectName.of(CONTROLLER))) {
            String row;
            try (RunningGateway _ = gateway(server.port())) {
                assertThat(refusal()).contains("does not accept our certificate");
                row = trust("MTP-only");
                isConnected();
            }
            try (RunningGateway _ = gateway(server.port())) {
                isConnected();
                model().write(Origin.MANAGEMENT, transaction -> {
                    transaction.set(row + "Enable", "false");
                    return row;
                });
            }
            try (RunningGateway _ = gateway(server.port())) {
                assertThat(refusal()).contains("does not accept our certificate");
                model().write(Origin.MANAGEMENT, transaction -> {
                    transaction.set(row + "Enable", "true");
                    return row;
                });
                isConnected();
                Map<String, String> _ = model().operate(CERTIFICATE + ".Delete()", Map.of());
            }
            try (RunningGateway _ = gateway(server.port())) {
                assertThat(refusal()).contains("does not accept our certificate");
            }
        }
    }

    @Test
    @Requirement("R-MTP.4")
    void it_vouches_for_nobody_elses_name() throws Exception {
        try (WebSocketServerMtp server = server(SubjectName.of(EndpointId.of("self::another")));
                RunningGateway _ = gateway(server.port())) {
            assertThat(refusal()).contains("does not accept our certificate");
            String _ = trust("MTP-and-USP");
            assertThat(refusal()).contains("does not accept our certificate");
        }
    }

    @Test
    @Requirement("R-SEC.4a")
    void one_that_may_only_speak_for_brokers_does_not_speak_for_a_controller() throws Exception {
        try (WebSocketServerMtp server = server(SubjectName.of(CONTROLLER));
                RunningGateway _ = gateway(server.port())) {
            assertThat(refusal()).contains("does not accept our certificate");
            String _ = trust("MTP-and-broker");
            assertThat(refusal()).contains("does not accept our certificate");
        }
    }
}
