// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS towards a broker.
class BrokerTlsTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final StompSession SOON =
            StompSession.DEFAULT.withBackoff(new StompBackoff(Duration.ofMillis(200), 1000, Duration.ofMillis(200)));

    @TempDir
    Path folder;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestCertificates authority;

    @BeforeEach
    void prepare() {
        authority = new TestCertificates(folder);
    }

    private static StompMtp agent(URI broker, TlsSettings tls) {
        return new StompMtp(StompConfig.agent(broker, AGENT, "/topic/c").withSession(SOON.withTls(tls)));
    }

    /// A server that speaks one version of TLS only.
    private ScriptedServer server(String protocol) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = TestCertificates.PASSWORD.toCharArray();
        try (var in = Files.newInputStream(
                authority.issue(TestCertificates.host("localhost")).store())) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(new String[] {protocol});
        return new ScriptedServer(listener);
    }

    private static URI secure(ScriptedServer server) {
        return URI.create("stomps://localhost:" + server.uri().getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Requirement({"R-STOMP.36", "R-MTP.0"})
    void both_versions_of_tls_are_spoken(String protocol) throws Exception {
        try (ScriptedServer server = server(protocol);
                StompMtp agent = agent(secure(server), TlsSettings.trusting(authority.authority()))) {
            agent.start(receiver);
            assertThat(server.welcome().command()).isEqualTo("SUBSCRIBE");
            MtpConnection made = receiver.nextConnected();
            assertThat(made.isOpen()).isTrue();
            assertThat(made.security().encrypted()).isTrue();
            assertThat(made.security().certificates().getFirst().getSubjectAlternativeNames())
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"));
        }
    }

    @Test
    void an_agent_shows_its_certificate_to_a_broker_that_wants_one() throws Exception {
        var own = authority.issue();
        var brokers = authority.issue(TestCertificates.host("localhost"));
        try (Artemis broker = Artemis.secure(folder, brokers.store(), Optional.of(authority.trustStore()))) {
            TlsSettings tls = TlsSettings.trusting(authority.authority());
            try (StompMtp without = agent(broker.uri(), tls)) {
                without.start(receiver);
                receiver.next(Event.Refused.class);
            }
            RecordingReceiver other = new RecordingReceiver();
            try (StompMtp with = agent(broker.uri(), tls.withCertificate(own.chain(), own.key()))) {
                with.start(other);
                assertThat(other.nextConnected().isOpen()).isTrue();
            }
        }
    }

    @Test
    @Requirement("R-MTP.4")
    void a_broker_of_another_name_or_authority_is_not_trusted() throws Exception {
        var elsewhere = authority.issue(TestCertificates.host("elsewhere.example"));
        try (Artemis broker = Artemis.secure(folder, elsewhere.store(), Optional.empty());
                StompMtp agent = agent(broker.uri(), TlsSettings.trusting(authority.authority()))) {
            agent.start(receiver);
            assertThat(receiver.next(Event.Refused.class).reason()).contains("localhost");
        }
        try (ScriptedServer server = server("TLSv1.3");
                StompMtp agent = agent(secure(server), TlsSettings.trustingTheRuntime())) {
            Thread serving = Thread.ofVirtual().start(() -> {
                try {
                    server.accept();
                } catch (IOException refused) {
                    // That is what is to happen.
                }
            });
            RecordingReceiver other = new RecordingReceiver();
            agent.start(other);
            assertThat(other.next(Event.Refused.class).reason()).contains("not trusted here");
            serving.join();
        }
    }

    @Test
    void files_that_cannot_be_used_stop_the_start_and_are_named() throws IOException {
        var own = authority.issue();
        URI broker = URI.create("stomps://localhost:1");
        assertThatThrownBy(() -> agent(broker, TlsSettings.trusting(folder.resolve("missing.pem")))
                        .start(receiver))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        TlsSettings swapped = TlsSettings.trusting(authority.authority()).withCertificate(own.chain(), own.chain());
        assertThatThrownBy(() -> agent(broker, swapped).start(receiver))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(own.chain().toString());
    }
}
