// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS towards a real broker.
class BrokerTlsTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final MqttSession SOON =
            MqttSession.DEFAULT.withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000));

    @TempDir
    Path folder;

    private final RecordingReceiver receiver = new RecordingReceiver();

    @BeforeEach
    void mosquittoIsThere() {
        assumeTrue(Mosquitto.binary().isPresent(), "mosquitto is not installed");
    }

    private Mosquitto broker(TestAuthority authority, String name, String more) throws IOException {
        var issued = authority.issue(SubjectName.host(name));
        return Mosquitto.start(
                folder,
                "allow_anonymous true\ncafile " + authority.trusted() + "\ncertfile " + issued.chain() + "\nkeyfile "
                        + issued.key() + "\n" + more,
                true);
    }

    private MqttMtp agent(Mosquitto broker, TlsSettings tls) {
        return new MqttMtp(
                MqttConfig.agent(broker.uri(), AGENT, "usp/controller/c").withSession(SOON.withTls(tls)));
    }

    @Test
    @Requirement({"R-MQTT.48", "R-MTP.0"})
    void an_agent_reaches_a_broker_that_it_trusts_and_both_see_each_others_certificate()
            throws IOException, CertificateParsingException {
        TestAuthority authority = new TestAuthority(folder);
        var own = authority.issue();
        TlsSettings tls = TlsSettings.trusting(authority.trusted()).withCertificate(own.chain(), own.key());
        try (Mosquitto broker = broker(authority, "localhost", "require_certificate true\n");
                MqttMtp agent = agent(broker, tls)) {
            agent.start(receiver);
            MtpConnection made = receiver.nextConnected();
            assertThat(made.isOpen()).isTrue();
            assertThat(made.security().encrypted()).isTrue();
            assertThat(made.security().certificates().getFirst().getSubjectAlternativeNames())
                    .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"));
        }
    }

    @Test
    @Requirement("R-MTP.4")
    void a_broker_of_another_name_or_authority_is_not_trusted() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        try (Mosquitto broker = broker(authority, "elsewhere.example", "");
                MqttMtp agent = agent(broker, TlsSettings.trusting(authority.trusted()))) {
            agent.start(receiver);
            assertThat(receiver.next(Event.Refused.class).reason()).contains("localhost");
        }
        try (Mosquitto broker = broker(authority, "localhost", "");
                MqttMtp agent = agent(broker, TlsSettings.trustingTheRuntime())) {
            RecordingReceiver other = new RecordingReceiver();
            agent.start(other);
            assertThat(other.next(Event.Refused.class).reason()).contains("not trusted here");
        }
    }

    @Test
    void files_that_cannot_be_used_stop_the_start_and_are_named() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        var own = authority.issue();
        try (Mosquitto broker = broker(authority, "localhost", "")) {
            assertThatThrownBy(() -> agent(broker, TlsSettings.trusting(folder.resolve("missing.pem")))
                            .start(receiver))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing.pem");
            TlsSettings swapped = TlsSettings.trusting(authority.trusted()).withCertificate(own.chain(), own.chain());
            assertThatThrownBy(() -> agent(broker, swapped).start(receiver))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(own.chain().toString());
        }
    }
}
