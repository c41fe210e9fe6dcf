// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Limits;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// What protects a Record by itself.
class RecordGuardTest {
    private static final EndpointId AGENT = EndpointId.of("os::00256D-1");
    private static final EndpointId CONTROLLER = EndpointId.of("self::acs");

    private final TestCertificates authority = new TestCertificates("authority");
    private final SecureIdentity agent = authority.issue(AGENT).trusting(authority);
    private final SecureIdentity controller = authority.issue(CONTROLLER).trusting(authority);
    private final RecordGuard atAgent = new RecordGuard(CONTROLLER, () -> Optional.of(agent));
    private final RecordGuard atController = new RecordGuard(AGENT, () -> Optional.of(controller));

    private static UspRecord message(String payload) {
        return UspRecord.plain(CONTROLLER, AGENT, new RecordType.NoSessionContext(Bytes.ofUtf8(payload)));
    }

    private static UspRecord with(UspRecord record, RecordProtection protection) {
        return new UspRecord(record.version(), record.to(), record.from(), protection, record.type());
    }

    /// The covered bytes of this Record, written out by hand from the specification's rules.
    private static byte[] covered(Bytes certificate) {
        String fields =
                HexFormat.of().formatHex("1.4self::acsos::00256D-1".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        + "00000001"
                        + HexFormat.of().formatHex(certificate.toByteArray())
                        + "000000000000004d"
                        + "8000000000000001"
                        + "0000000000000002"
                        + "0000000000000003"
                        + "00000001"
                        + "00000003";
        return HexFormat.of().parseHex(fields);
    }

    private static UspRecord sessionRecord() {
        return new UspRecord(
                "1.4",
                CONTROLLER,
                AGENT,
                new RecordProtection(PayloadSecurity.TLS12, Bytes.EMPTY, Bytes.EMPTY),
                new RecordType.SessionContext(
                        0x4D,
                        0x8000000000000001L,
                        2,
                        3,
                        SegmentPosition.BEGIN,
                        SegmentPosition.COMPLETE,
                        List.of(Bytes.ofUtf8("not covered"))));
    }

    @Test
    @Requirement({"R-E2E.31", "R-E2E.32", "R-E2E.32.1"})
    void a_signature_is_ecdsa_in_der_over_the_fields_by_number_without_the_payload() throws GeneralSecurityException {
        UspRecord signed = RecordSignature.sign(sessionRecord(), agent);

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(agent.chain().getFirst());
        verifier.update(covered(agent.senderCertificate()));
        assertThat(verifier.verify(signed.protection().macSignature().toByteArray()))
                .isTrue();
        assertThat(signed.protection().macSignature().size()).isLessThanOrEqualTo(RecordSignature.MAX_BYTES);
        assertThat(signed.protection().senderCertificate()).isEqualTo(agent.senderCertificate());
    }

    @Test
    @Requirement({"R-E2E.32", "R-E2E.32.1", "R-E2E.33", "R-E2E.34", "R-E2E.39"})
    void a_code_is_hmac_over_the_same_fields_with_the_first_half_of_the_keys_for_the_client()
            throws GeneralSecurityException {
        byte[] keys = new byte[RecordMac.EXPORTED];
        for (int index = 0; index < keys.length; index++) {
            keys[index] = (byte) index;
        }
        UspRecord coded = new RecordMac(keys, true).protect(sessionRecord());

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys, 0, 32, "HmacSHA256"));
        assertThat(coded.protection().macSignature()).isEqualTo(Bytes.copyOf(mac.doFinal(covered(Bytes.EMPTY))));
        assertThat(coded.protection().senderCertificate()).isEqualTo(Bytes.EMPTY);
        assertThat(new RecordMac(keys, false).holds(coded)).isTrue();
        // A Record that comes back to who made it has the wrong direction's key.
        assertThat(new RecordMac(keys, true).holds(coded)).isFalse();
    }

    @Test
    @Requirement("R-SEC.22")
    void a_certificate_that_is_stored_as_the_peers_own_proves_it_whomever_it_names() {
        SecureIdentity nameless = authority.issue(EndpointId.of("os::00256D-2")).trusting(authority);
        UspRecord signed = RecordSignature.sign(message("hello"), nameless);
        CertificateJudge judge = new CertificateJudge() {
            @Override
            public Optional<String> objection(EndpointId peer, List<X509Certificate> chain) {
                return authority.objection(peer, chain);
            }

            @Override
            public Optional<String> objectionToKnown(List<X509Certificate> chain) {
                return authority.objection(EndpointId.of("os::00256D-2"), chain);
            }
        };
        SecureIdentity judging = new SecureIdentity(controller.chain(), controller.key(), judge);
        for (boolean known : new boolean[] {true, false}) {
            RecordGuard guard = new RecordGuard(
                    AGENT,
                    () -> Optional.of(judging),
                    Secrecy.NOT_DEMANDED,
                    certificate -> known && certificate.equals(nameless.chain().getFirst()));
            assertThat(guard.objection(signed, Carrier.OPEN).isEmpty()).isEqualTo(known);
            assertThat(guard.objection(RecordSignature.sign(message("hello"), agent), Carrier.OPEN))
                    .isEmpty();
        }
    }

    @Test
    @Requirement({"R-E2E.29", "R-E2E.30", "R-E2E.31"})
    void a_record_on_an_open_transport_is_signed_and_believed() {
        UspRecord signed = atAgent.protect(message("hello"), Carrier.OPEN);

        assertThat(signed.protection().macSignature()).isNotEqualTo(Bytes.EMPTY);
        assertThat(atController.objection(signed, Carrier.OPEN)).isEmpty();
        assertThat(atController.objection(signed, Carrier.ON_THIS_HOST)).isEmpty();
    }

    @Test
    @Requirement("R-E2E.29")
    void a_record_on_a_transport_that_protects_it_stays_as_it_is() {
        assertThat(atAgent.protect(message("hello"), Carrier.ON_THIS_HOST)).isEqualTo(message("hello"));
        assertThat(atController.objection(message("hello"), Carrier.ON_THIS_HOST))
                .isEmpty();
    }

    @Test
    @Requirement("R-E2E.30")
    void a_record_whose_signature_was_taken_away_is_refused_on_an_open_transport() {
        assertThat(atController.objection(message("hello"), Carrier.OPEN))
                .hasValue("it carries no signature, and its transport does not protect it");
    }

    @Test
    @Requirement("R-E2E.30")
    void a_signature_is_checked_even_where_the_transport_protects() {
        UspRecord signed = atAgent.protect(message("hello"), Carrier.OPEN);
        UspRecord altered = new UspRecord("1.3", signed.to(), signed.from(), signed.protection(), signed.type());

        assertThat(atController.objection(altered, Carrier.ON_THIS_HOST)).hasValue("its signature is wrong");
    }

    @Test
    @Requirement("R-E2E.31")
    void every_covered_field_counts() {
        UspRecord signed = RecordSignature.sign(sessionRecord(), agent);
        RecordType.SessionContext old = (RecordType.SessionContext) signed.type();
        for (RecordType.SessionContext other : List.of(
                context(old, 1, 0, 0, 0),
                context(old, 0, 1, 0, 0),
                context(old, 0, 0, 1, 0),
                context(old, 0, 0, 0, 1))) {
            UspRecord altered = new UspRecord(signed.version(), signed.to(), signed.from(), signed.protection(), other);
            assertThat(atController.objection(altered, Carrier.OPEN)).hasValue("its signature is wrong");
        }
        assertThat(atController.objection(signed, Carrier.OPEN)).isEmpty();
    }

    private static RecordType.SessionContext context(
            RecordType.SessionContext old, long id, long sequence, long expected, long retransmit) {
        return new RecordType.SessionContext(
                old.sessionId() + id,
                old.sequenceId() + sequence,
                old.expectedId() + expected,
                old.retransmitId() + retransmit,
                old.position(),
                old.recordPosition(),
                old.payload());
    }

    @Test
    void a_certificate_of_another_endpoint_proves_nothing() {
        SecureIdentity other = authority.issue(EndpointId.of("os::00256D-2")).trusting(authority);

        assertThat(atController.objection(RecordSignature.sign(message("hello"), other), Carrier.OPEN))
                .hasValue("its certificate belongs to another Endpoint");
    }

    @Test
    void a_certificate_that_has_expired_or_is_of_a_stranger_proves_nothing() {
        TestCertificates stranger = new TestCertificates("stranger");
        SecureIdentity expired = authority
                .issue(AGENT, "secp256r1", Instant.now().minus(Duration.ofHours(1)))
                .trusting(authority);
        SecureIdentity strange = stranger.issue(AGENT).trusting(authority);

        assertThat(atController.objection(RecordSignature.sign(message("a"), expired), Carrier.OPEN))
                .hasValue("its certificate has expired");
        assertThat(atController.objection(RecordSignature.sign(message("a"), strange), Carrier.OPEN))
                .hasValue("its certificate is signed by somebody who is not trusted here");
    }

    @Test
    void a_signature_without_a_certificate_that_can_be_read_is_refused() {
        UspRecord signed = RecordSignature.sign(message("hello"), agent);
        Bytes signature = signed.protection().macSignature();
        for (Bytes certificate : List.of(
                Bytes.EMPTY,
                Bytes.ofUtf8("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                Bytes.adopt(new byte[Limits.SENDER_CERTIFICATE_BYTES + 1]))) {
            UspRecord strange = with(signed, new RecordProtection(PayloadSecurity.PLAINTEXT, signature, certificate));
            assertThat(atController.objection(strange, Carrier.ON_THIS_HOST))
                    .hasValue("it carries a signature, and no certificate that can be read");
        }
    }

    @Test
    void garbage_is_no_signature() {
        for (String hex : List.of("00", "3000", "ff".repeat(200))) {
            UspRecord strange = with(
                    message("hello"),
                    new RecordProtection(PayloadSecurity.PLAINTEXT, Bytes.ofHex(hex), agent.senderCertificate()));
            assertThat(atController.objection(strange, Carrier.ON_THIS_HOST)).hasValue("its signature is wrong");
        }
    }

    @Test
    void without_certificates_of_our_own_a_signature_is_refused_and_nothing_else() {
        RecordGuard bare = new RecordGuard(AGENT, Optional::empty);

        assertThat(bare.objection(RecordSignature.sign(message("hello"), agent), Carrier.ON_THIS_HOST))
                .hasValueSatisfying(reason -> assertThat(reason).contains("we have no certificates"));
        assertThat(bare.objection(message("hello"), Carrier.OPEN)).isEmpty();
        assertThat(bare.protect(message("hello"), Carrier.OPEN)).isEqualTo(message("hello"));
    }

    @Test
    @Requirement({"R-E2E.31", "R-E2E.40b"})
    void a_key_of_another_curve_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authority
                        .issue(AGENT, "secp384r1", Instant.now().plus(Duration.ofDays(1)))
                        .trusting(authority))
                .withMessageContaining("P-256");
    }
}
