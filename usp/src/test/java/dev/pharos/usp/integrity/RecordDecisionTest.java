// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.integrity.Carrier.Way;
import dev.pharos.usp.integrity.RecordDecision.Departure;
import dev.pharos.usp.integrity.RecordDecision.Exchange;
import dev.pharos.usp.integrity.RecordDecision.Integrity;
import dev.pharos.usp.integrity.RecordDecision.Objection;
import dev.pharos.usp.integrity.RecordDecision.Outcome;
import dev.pharos.usp.integrity.RecordDecision.Received;
import dev.pharos.usp.integrity.RecordDecision.Refused;
import dev.pharos.usp.integrity.RecordDecision.Taken;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each branch of the flow charts of TR-369's chapter on security, a line each.
class RecordDecisionTest {
    private static Carrier carrier(Way way, Warrant warrant) {
        return new Carrier(way, warrant, Optional.empty());
    }

    private static Outcome expected(String text) {
        String[] words = text.split(" ");
        return words[0].equals("taken")
                ? new Taken(Warrant.valueOf(words[1]))
                : new Refused(Objection.valueOf(words[1]));
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,         NOBODY,         ABSENT, refused NOT_ENCRYPTED",
        "OPEN,         NOBODY,         VALID,  refused NOT_ENCRYPTED",
        "ON_THIS_HOST, THIS_HOST,      ABSENT, refused NOT_ENCRYPTED",
        "ENCRYPTED,    CERTIFICATE,    ABSENT, taken CERTIFICATE",
        "ENCRYPTED,    CERTIFICATE,    VALID,  taken CERTIFICATE",
        "ENCRYPTED,    CERTIFICATE,    WRONG,  refused WRONG_INTEGRITY",
        "ENCRYPTED,    CREDENTIAL,     ABSENT, taken CREDENTIAL",
        "ENCRYPTED,    CREDENTIAL,     VALID,  taken CREDENTIAL",
        "ENCRYPTED,    CREDENTIAL,     WRONG,  refused WRONG_INTEGRITY",
        "ENCRYPTED,    TRUSTED_BROKER, ABSENT, taken TRUSTED_BROKER",
        "ENCRYPTED,    TRUSTED_BROKER, VALID,  taken TRUSTED_BROKER",
        "ENCRYPTED,    TRUSTED_BROKER, WRONG,  refused WRONG_INTEGRITY",
        "ENCRYPTED,    NOBODY,         ABSENT, refused NOT_ITS_CERTIFICATE",
        "ENCRYPTED,    NOBODY,         VALID,  refused NOT_ITS_CERTIFICATE",
    })
    @Requirement({"R-SEC.0", "R-SEC.22", "R-SEC.22a", "R-SEC.26"})
    void without_tls_inside_a_record_needs_an_encrypted_way_that_ends_at_its_sender_or_a_trusted_broker(
            Way way, Warrant warrant, Integrity integrity, String outcome) {
        for (boolean checks : new boolean[] {true, false}) {
            assertThat(RecordDecision.of(new Received(
                            Secrecy.ALWAYS, carrier(way, warrant), Exchange.NONE, integrity, false, checks)))
                    .isEqualTo(expected(outcome));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ESTABLISHED, OPEN,         NOBODY,         VALID,  false, taken PAYLOAD_TLS",
        "ESTABLISHED, OPEN,         NOBODY,         WRONG,  false, refused WRONG_INTEGRITY",
        "ESTABLISHED, OPEN,         NOBODY,         ABSENT, false, refused UNSIGNED",
        "ESTABLISHED, ON_THIS_HOST, THIS_HOST,      ABSENT, false, refused UNSIGNED",
        "ESTABLISHED, ENCRYPTED,    NOBODY,         ABSENT, false, refused UNSIGNED",
        "ESTABLISHED, ENCRYPTED,    CERTIFICATE,    ABSENT, false, refused UNSIGNED",
        "ESTABLISHED, ENCRYPTED,    CERTIFICATE,    ABSENT, true,  taken PAYLOAD_TLS",
        "ESTABLISHED, ENCRYPTED,    CREDENTIAL,     ABSENT, false, taken PAYLOAD_TLS",
        "ESTABLISHED, ENCRYPTED,    TRUSTED_BROKER, ABSENT, false, refused UNSIGNED",
        "ESTABLISHED, ENCRYPTED,    TRUSTED_BROKER, VALID,  false, taken PAYLOAD_TLS",
        "HANDSHAKE,   OPEN,         NOBODY,         VALID,  false, taken PAYLOAD_TLS",
        "HANDSHAKE,   OPEN,         NOBODY,         WRONG,  false, refused WRONG_INTEGRITY",
        "HANDSHAKE,   OPEN,         NOBODY,         ABSENT, false, refused UNSIGNED",
        "HANDSHAKE,   ENCRYPTED,    NOBODY,         ABSENT, false, refused UNSIGNED",
        "HANDSHAKE,   ENCRYPTED,    CREDENTIAL,     ABSENT, false, taken PAYLOAD_TLS",
        "HANDSHAKE,   ENCRYPTED,    CERTIFICATE,    ABSENT, false, taken PAYLOAD_TLS",
        "HANDSHAKE,   ENCRYPTED,    TRUSTED_BROKER, ABSENT, false, refused UNSIGNED",
    })
    @Requirement("R-SEC.22")
    void with_tls_inside_it_needs_integrity_unless_the_way_ends_where_the_tls_does(
            Exchange exchange, Way way, Warrant warrant, Integrity integrity, boolean same, String outcome) {
        assertThat(RecordDecision.of(
                        new Received(Secrecy.ALWAYS, carrier(way, warrant), exchange, integrity, same, true)))
                .isEqualTo(expected(outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "ESTABLISHED, OPEN,         NOBODY,         false, WITH_INTEGRITY",
        "ESTABLISHED, ENCRYPTED,    CERTIFICATE,    false, WITH_INTEGRITY",
        "ESTABLISHED, ENCRYPTED,    CERTIFICATE,    true,  AS_IT_IS",
        "ESTABLISHED, ENCRYPTED,    CREDENTIAL,     false, AS_IT_IS",
        "ESTABLISHED, ENCRYPTED,    TRUSTED_BROKER, false, WITH_INTEGRITY",
        "HANDSHAKE,   OPEN,         NOBODY,         false, WITH_INTEGRITY",
        "NONE,        OPEN,         NOBODY,         false, IN_PAYLOAD_TLS_ONLY",
        "NONE,        ON_THIS_HOST, THIS_HOST,      false, IN_PAYLOAD_TLS_ONLY",
        "NONE,        ENCRYPTED,    NOBODY,         false, IN_PAYLOAD_TLS_ONLY",
        "NONE,        ENCRYPTED,    CERTIFICATE,    false, AS_IT_IS",
        "NONE,        ENCRYPTED,    CREDENTIAL,     false, AS_IT_IS",
        "NONE,        ENCRYPTED,    TRUSTED_BROKER, false, AS_IT_IS",
    })
    @Requirement({"R-SEC.23", "R-SEC.23a", "R-SEC.26"})
    void a_record_leaves_as_it_is_only_where_the_way_ends_at_the_peer_or_a_trusted_broker(
            Exchange exchange, Way way, Warrant warrant, boolean same, Departure departure) {
        assertThat(RecordDecision.departure(Secrecy.ALWAYS, carrier(way, warrant), exchange, same, true))
                .isEqualTo(departure);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTED,    CERTIFICATE,    true",
        "ENCRYPTED,    CREDENTIAL,     true",
        "ENCRYPTED,    TRUSTED_BROKER, true",
        "ENCRYPTED,    NOBODY,         false",
        "OPEN,         NOBODY,         false",
        "OPEN,         CERTIFICATE,    false",
        "OPEN,         CREDENTIAL,     false",
        "OPEN,         TRUSTED_BROKER, false",
        "ON_THIS_HOST, THIS_HOST,      true",
        "ON_THIS_HOST, NOBODY,         false",
    })
    @Requirement("R-E2E.28")
    void a_way_protects_records_where_it_is_encrypted_and_somebody_answers_for_the_sender(
            Way way, Warrant warrant, boolean protects) {
        assertThat(carrier(way, warrant).protectsRecords()).isEqualTo(protects);
        for (Secrecy secrecy : new Secrecy[] {Secrecy.NOT_DEMANDED, Secrecy.BEYOND_THIS_HOST}) {
            boolean unsignedTaken = RecordDecision.of(
                            new Received(secrecy, carrier(way, warrant), Exchange.NONE, Integrity.ABSENT, false, true))
                    instanceof Taken;
            assertThat(unsignedTaken).isEqualTo(protects);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,         NOBODY,    true,  refused NOT_ENCRYPTED",
        "OPEN,         NOBODY,    false, refused NOT_ENCRYPTED",
        "ON_THIS_HOST, THIS_HOST, true,  taken THIS_HOST",
        "ON_THIS_HOST, NOBODY,    true,  refused UNSIGNED",
        "ON_THIS_HOST, NOBODY,    false, taken NOBODY",
        "ENCRYPTED,    NOBODY,    true,  refused NOT_ITS_CERTIFICATE",
    })
    void within_this_host_messages_need_no_encryption(Way way, Warrant warrant, boolean checks, String outcome) {
        assertThat(RecordDecision.of(new Received(
                        Secrecy.BEYOND_THIS_HOST,
                        carrier(way, warrant),
                        Exchange.NONE,
                        Integrity.ABSENT,
                        false,
                        checks)))
                .isEqualTo(expected(outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "ABSENT, true,  refused UNSIGNED",
        "ABSENT, false, taken NOBODY",
        "VALID,  true,  taken SIGNATURE",
        "WRONG,  true,  refused WRONG_INTEGRITY",
    })
    @Requirement("R-E2E.30")
    void where_nothing_is_demanded_an_open_way_wants_signatures_from_who_can_check_them(
            Integrity integrity, boolean checks, String outcome) {
        assertThat(RecordDecision.of(
                        new Received(Secrecy.NOT_DEMANDED, Carrier.OPEN, Exchange.NONE, integrity, false, checks)))
                .isEqualTo(expected(outcome));
    }

    @ParameterizedTest
    @EnumSource(
            value = Warrant.class,
            names = {"PAYLOAD_TLS", "SIGNATURE"})
    void what_is_inside_a_record_is_nothing_that_a_way_shows(Warrant inside) {
        assertThatIllegalArgumentException().isThrownBy(() -> carrier(Way.ENCRYPTED, inside));
    }

    @Test
    void every_objection_is_a_sentence() {
        for (Objection objection : Objection.values()) {
            assertThat(objection.sentence()).contains(" ");
        }
    }
}
