// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an agent says and lets be set of end-to-end security.
final class PayloadSecurityTest {
    private static final String SESSION = "Device.LocalAgent.Controller.1.E2ESession.";
    private final Validity today =
            new Validity(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    private final Authority authority = Authority.create("authority", KeyKind.EC, today);

    private SecureIdentity identity(EndpointId id) {
        Issued issued = authority.issue(
                new CertificateOrder("one", List.of(SubjectName.of(id)), Set.of(Use.CLIENT), today), KeyKind.EC);
        return new SecureIdentity(List.of(issued.certificate()), issued.key(), (peer, chain) -> Optional.empty());
    }

    private Stage open(boolean required) {
        SecureIdentity agent = identity(Stage.AGENT);
        return Stage.open(Stage.config(), ManualClock.standing(), new EndToEnd(() -> Optional.of(agent), required));
    }

    @Test
    void an_agent_without_certificates_has_plaintext_and_refuses_tls() {
        try (Stage stage = Stage.open()) {
            assertThat(stage.value(SESSION + "PayloadSecurity")).isEqualTo("Plaintext");

            UspError refusal = stage.controller()
                    .askInVain(new SetRequest(
                            false,
                            List.of(new UpdateObject(SESSION, Stage.settings(Map.of("PayloadSecurity", "TLS"))))));
            assertThat(refusal.toString()).contains("needs certificates");
            assertThat(stage.value(SESSION + "PayloadSecurity")).isEqualTo("Plaintext");
        }
    }

    @Test
    void an_agent_with_certificates_takes_tls_and_requires_it_where_it_is_told_to() {
        try (Stage able = open(false)) {
            assertThat(able.get(SESSION))
                    .containsEntry("PayloadSecurity", "TLS")
                    .containsEntry("SessionMode", "Allow");
        }
        try (Stage bound = open(true)) {
            assertThat(bound.agent().model().snapshot().value(SESSION + "PayloadSecurity"))
                    .hasValue("TLS");
            assertThat(bound.agent().model().snapshot().value(SESSION + "SessionMode"))
                    .hasValue("Require");
        }
    }

    private static UspRecord get(PayloadSecurity security) {
        Bytes message = MessageCodec.encode(
                new UspMessage(new MessageId("get"), new GetRequest(List.of("Device.Home.Name"), 0)));
        return new UspRecord(
                "1.4",
                Stage.AGENT,
                Stage.CONTROLLER,
                new RecordProtection(security, Bytes.EMPTY, Bytes.EMPTY),
                new RecordType.NoSessionContext(message));
    }

    @Test
    @Requirement({"R-E2E.30", "R-E2E.31"})
    void a_signed_record_outside_a_session_is_carried_out_and_one_that_was_altered_is_dropped() {
        SecureIdentity controller = identity(Stage.CONTROLLER);
        RecordGuard signer = new RecordGuard(Stage.AGENT, () -> Optional.of(controller));
        UspRecord signed = signer.protect(get(PayloadSecurity.PLAINTEXT), Carrier.OPEN);
        try (Stage stage = open(false)) {
            stage.controller()
                    .sendRecord(new UspRecord("1.3", signed.to(), signed.from(), signed.protection(), signed.type()));
            stage.controller().sendRecord(signed);

            assertThat(stage.controller().nextAnswer().body()).isInstanceOf(GetResponse.class);
            assertThat(stage.controller().noAnswer()).isTrue();
        }
    }

    @Test
    @Requirement("R-E2E.41")
    void tls_outside_a_session_is_refused() {
        try (Stage stage = open(false)) {
            stage.controller().sendRecord(get(PayloadSecurity.TLS12));

            assertThat(stage.controller().nextAnswer().body())
                    .isInstanceOfSatisfying(
                            UspError.class,
                            error -> assertThat(error.fault().errCode())
                                    .isEqualTo(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED));
        }
    }
}
