// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Introductions;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.tls.Vouching;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.pki.Authority;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent and controllers that sign their certificates themselves, over real TLS. The agent trusts an authority that
/// has nothing to do with any of them.
class FirstUseOverTlsTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");
    private static final EndpointId STRANGER = EndpointId.of("self::stranger");
    private static final String PLACE = "127.0.0.1";

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private TestAuthority authority = new TestAuthority(Path.of("unused"));
    private int files;

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    @AfterEach
    void stop() {
        timer.close();
    }

    /// A certificate that its owner has signed itself, and the key.
    private TlsSettings selfSigned(EndpointId id) throws IOException {
        Instant now = Instant.now();
        Issued own = Authority.selfSigned(
                id, KeyKind.EC, new Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1))));
        Path chain = folder.resolve("own-" + ++files + ".pem");
        Path key = folder.resolve("own-" + files + ".key");
        PemWriter.certificates(chain, own.certificate());
        PemWriter.key(key, own.key());
        return TlsSettings.server(chain, key);
    }

    private TlsSettings trusting() throws IOException {
        return TlsSettings.trusting(authority.trusted());
    }

    private Introductions introductions(boolean firstUse) throws IOException {
        Introductions strict = Introductions.byAuthority(new Vouching(trusting()));
        return firstUse ? strict.allowingFirstUse(Duration.ofMinutes(1)) : strict;
    }

    /// An agent of this controller that comes up again each time with what it has kept.
    private RunningGateway gateway(int port, boolean firstUse, List<Mtp> doors, Introductions introductions)
            throws IOException {
        Access access = new Access(
                Optional.empty(), Optional.empty(), trusting().withAcquaintances(introductions), Optional.empty());
        assertThat(introductions.allowsFirstUse()).isEqualTo(firstUse);
        return SimulatedAgent.of("FIRST", 1)
                .withData(folder.resolve("agent"))
                .within(AgentSurroundings.NONE.introducing(introductions).listeningAt(() -> doors))
                .dialling(
                        List.of(new ManagingController(
                                CONTROLLER,
                                ControllerAddress.parse("wss://" + PLACE + ":" + port + "/usp", access),
                                ControllerRole.UNTRUSTED)),
                        access,
                        UnaryOperator.identity(),
                        AgentRuntime.with(timer));
    }

    private RunningGateway gateway(int port, boolean firstUse) throws IOException {
        return gateway(port, firstUse, List.of(), introductions(firstUse));
    }

    private static WebSocketServerMtp server(TlsSettings own, RecordingReceiver receiver) throws IOException {
        WebSocketServerMtp server = new WebSocketServerMtp(
                WebSocketServerConfig.at(PLACE, 0, CONTROLLER).withTls(own));
        server.start(receiver);
        return server;
    }

    private static String refusal(RecordingReceiver receiver) {
        return receiver.skipTo(RecordingReceiver.Event.Refused.class).reason();
    }

    private static UspRecord record(RecordingReceiver receiver) throws Exception {
        return RecordCodec.decode(
                receiver.skipTo(RecordingReceiver.Event.Received.class).record());
    }

    @Test
    @Requirement({"R-MTP.4a", "R-SEC.8", "R-SEC.24a"})
    void a_server_that_signs_itself_is_refused_then_known_and_from_then_on_nobody_else_is() throws Exception {
        RecordingReceiver right = new RecordingReceiver();
        RecordingReceiver forged = new RecordingReceiver();
        try (WebSocketServerMtp server = server(selfSigned(CONTROLLER), right);
                WebSocketServerMtp other = server(selfSigned(CONTROLLER), forged)) {
            try (RunningGateway strict = gateway(server.port(), false)) {
                strict.start();
                assertThat(refusal(right)).contains("does not accept our certificate");
            }
            try (RunningGateway open = gateway(server.port(), true)) {
                open.start();
                assertThat(answer(right, CONTROLLER).agentSupportedProtocolVersions())
                        .contains("1.4");
            }
            try (RunningGateway elsewhere = gateway(other.port(), true)) {
                elsewhere.start();
                assertThat(refusal(forged)).contains("does not accept our certificate");
            }
            try (RunningGateway strict = gateway(server.port(), false)) {
                strict.start();
                assertThat(answer(right, CONTROLLER).agentSupportedProtocolVersions())
                        .contains("1.4");
            }
        }
    }

    @Test
    @Requirement({"R-MTP.4a", "R-SEC.6", "R-SEC.24a"})
    void a_stranger_that_dials_is_let_in_untrusted_where_first_use_is_allowed() throws Exception {
        var own = authority.issue(
                SubjectName.host("localhost"),
                SubjectName.of(SimulatedAgent.of("FIRST", 1).id()));
        for (boolean firstUse : new boolean[] {false, true}) {
            Introductions introductions = introductions(firstUse);
            WebSocketServerMtp door = new WebSocketServerMtp(WebSocketServerConfig.at(
                            PLACE, 0, SimulatedAgent.of("FIRST", 1).id())
                    .withTls(TlsSettings.server(own.chain(), own.key())
                            .withTrusted(authority.trusted())
                            .withAcquaintances(introductions)));
            try (RunningGateway gateway = gateway(1, firstUse, List.of(door), introductions)) {
                gateway.start();
                RecordingReceiver stranger = new RecordingReceiver();
                URI uri = URI.create("wss://localhost:" + door.port() + "/usp");
                TlsSettings selfSigned = selfSigned(STRANGER).withTrusted(authority.trusted());
                try (WebSocketClientMtp client = new WebSocketClientMtp(
                        WebSocketClientConfig.to(uri, STRANGER).withTls(selfSigned))) {
                    client.start(stranger);
                    if (firstUse) {
                        assertThat(answer(stranger, STRANGER).agentSupportedProtocolVersions())
                                .contains("1.4");
                    } else {
                        assertThat(refusal(stranger)).contains("our certificate");
                    }
                }
            }
        }
    }

    private static GetSupportedProtocolResponse answer(RecordingReceiver stranger, EndpointId own) throws Exception {
        MtpConnection connection =
                stranger.skipTo(RecordingReceiver.Event.Connected.class).connection();
        EndpointId agent = SimulatedAgent.of("FIRST", 1).id();
        UspMessage question = new UspMessage(new MessageId("1"), new GetSupportedProtocolRequest("1.4"));
        connection.send(RecordCodec.encode(
                UspRecord.plain(agent, own, new RecordType.NoSessionContext(MessageCodec.encode(question)))));
        while (true) {
            if (record(stranger).type() instanceof RecordType.NoSessionContext content
                    && MessageCodec.decode(content.payload()).body() instanceof GetSupportedProtocolResponse answer) {
                return answer;
            }
        }
    }
}
