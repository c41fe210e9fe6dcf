// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.integrity.TestCertificates;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import dev.pharos.usp.session.TwoSessions.End;
import dev.pharos.usp.session.TwoSessions.Weather;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Sessions whose payload is in TLS, between two ends with somebody in between.
class SecureSessionTest {
    private static final TestCertificates AUTHORITY = new TestCertificates("authority");
    private static final SecureIdentity AGENT =
            AUTHORITY.issue(TwoSessions.AGENT).trusting(AUTHORITY);
    private static final SecureIdentity CONTROLLER =
            AUTHORITY.issue(TwoSessions.CONTROLLER).trusting(AUTHORITY);

    private static SessionPolicy policy() {
        return TwoSessions.policy()
                .withMode(SessionMode.REQUIRE)
                .withSecurity(PayloadSecurity.TLS12)
                .withMaxRetransmitTries(3);
    }

    private static TwoSessions two() {
        return two(policy(), AGENT, CONTROLLER);
    }

    private static TwoSessions two(SessionPolicy policy, SecureIdentity agent, SecureIdentity controller) {
        return new TwoSessions(policy, Weather.FINE, 11, Optional.of(agent), Optional.of(controller));
    }

    private static Bytes text(String text) {
        return Bytes.ofUtf8(text);
    }

    private static Bytes large(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Bytes.adopt(content);
    }

    private static TwoSessions talking() {
        TwoSessions two = two();
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofSeconds(3));
        assertThat(two.controller.delivered).containsExactly(text("hello"));
        return two;
    }

    private static List<String> reasons(End end) {
        return end.events.stream()
                .filter(SessionEvent.Restarted.class::isInstance)
                .map(event -> ((SessionEvent.Restarted) event).because().errMsg())
                .toList();
    }

    private static UspRecord altered(UspRecord record, UnaryOperator<RecordType.SessionContext> change) {
        return new UspRecord(
                record.version(),
                record.to(),
                record.from(),
                record.protection(),
                change.apply((RecordType.SessionContext) record.type()));
    }

    private static boolean carriesMessage(UspRecord record) {
        return ContextSecurity.isCoded(record)
                && !Segment.of((RecordType.SessionContext) record.type()).carriesNothing();
    }

    @Test
    @Requirement({"R-E2E.18", "R-E2E.29", "R-E2E.41", "R-E2E.43"})
    void messages_go_both_ways_in_tls_within_a_session_and_nothing_of_them_is_seen() {
        TwoSessions two = two();
        two.send(two.agent, text("a secret of the agent"));
        two.send(two.controller, text("a secret of the controller"));
        two.pass(Duration.ofSeconds(5));
        two.send(two.agent, text("another secret"));
        two.pass(Duration.ofSeconds(5));

        assertThat(two.controller.delivered).containsExactly(text("a secret of the agent"), text("another secret"));
        assertThat(two.agent.delivered).containsExactly(text("a secret of the controller"));
        assertThat(two.agent.session.status()).isEqualTo(E2eSession.Status.UP);
        List<UspRecord> all = new ArrayList<>(two.agent.sent);
        all.addAll(two.controller.sent);
        for (UspRecord record : all) {
            assertThat(record.protection().payloadSecurity()).isEqualTo(PayloadSecurity.TLS12);
            assertThat(record.protection().macSignature()).isNotEqualTo(Bytes.EMPTY);
            assertThat(record.type()).isInstanceOf(RecordType.SessionContext.class);
            assertThat(new String(RecordCodec.encode(record).toByteArray(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
        assertThat(two.agent.restarts() + two.controller.restarts()).isZero();
    }

    @Test
    void nothing_passes_any_more_once_the_peers_certificate_is_revoked() {
        List<String> objections = new ArrayList<>();
        SecureIdentity agent = new SecureIdentity(
                AGENT.chain(), AGENT.key(), (peer, chain) -> objections.stream().findFirst());
        TwoSessions two = two(policy(), agent, CONTROLLER);
        two.send(two.controller, text("before"));
        two.pass(Duration.ofSeconds(3));
        assertThat(two.agent.delivered).containsExactly(text("before"));

        objections.add("its certificate has been revoked");
        two.pass(Limits.CERTIFICATE_REVIEW);
        two.send(two.controller, text("after"));
        two.send(two.agent, text("an answer"));
        two.pass(Duration.ofSeconds(3));

        assertThat(two.agent.delivered).containsExactly(text("before"));
        assertThat(two.controller.delivered).isEmpty();
        assertThat(reasons(two.agent)).contains("its certificate has been revoked");
    }

    @Test
    @Requirement("R-E2E.43")
    void each_side_learns_whose_certificate_the_other_has_before_any_message() {
        TwoSessions two = talking();

        assertThat(chains(two.controller)).containsExactly(AGENT.chain());
        assertThat(chains(two.agent)).containsExactly(CONTROLLER.chain());
        List<String> order = two.controller.events.stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
        assertThat(order.indexOf("Secured")).isLessThan(order.indexOf("Delivered"));
    }

    private static List<List<X509Certificate>> chains(End end) {
        return end.events.stream()
                .filter(SessionEvent.Secured.class::isInstance)
                .map(event -> ((SessionEvent.Secured) event).chain())
                .toList();
    }

    @Test
    void a_large_message_takes_many_tls_records_and_arrives_whole() {
        TwoSessions two = two();
        two.send(two.agent, large(300_000));
        two.pass(Duration.ofSeconds(10));

        assertThat(two.controller.delivered).containsExactly(large(300_000));
    }

    @Test
    void handshake_and_payload_are_cut_to_the_size_of_records() {
        TwoSessions two = two(policy().withMaxRecordBytes(1400), AGENT, CONTROLLER);
        two.send(two.agent, large(20_000));
        two.send(two.controller, large(3_000));
        two.pass(Duration.ofSeconds(20));

        assertThat(two.controller.delivered).containsExactly(large(20_000));
        assertThat(two.agent.delivered).containsExactly(large(3_000));
        assertThat(two.agent.sent).hasSizeGreaterThan(15);
        List<UspRecord> all = new ArrayList<>(two.agent.sent);
        all.addAll(two.controller.sent);
        assertThat(all)
                .allSatisfy(
                        record -> assertThat(RecordCodec.encode(record).size()).isLessThanOrEqualTo(1400));
    }

    @Test
    void records_that_have_no_room_for_a_certificate_are_said_to_be_too_small() {
        TwoSessions two = two(policy().withMaxRecordBytes(512), AGENT, CONTROLLER);
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofSeconds(2));

        assertThat(reasons(two.agent)).first().asString().contains("512 bytes have no room");
        assertThat(two.controller.delivered).isEmpty();
    }

    @Test
    @Requirement({"R-E2E.23", "R-E2E.33"})
    void a_record_whose_fields_were_altered_on_the_way_ends_the_session() {
        for (UnaryOperator<RecordType.SessionContext> change : List.<UnaryOperator<RecordType.SessionContext>>of(
                old -> context(old, old.sequenceId(), old.expectedId() - 1, old.retransmitId()),
                old -> context(old, old.sequenceId(), old.expectedId(), 1),
                old -> context(old, old.sequenceId() + 1, old.expectedId(), old.retransmitId()))) {
            TwoSessions two = talking();
            two.relay = record -> carriesMessage(record) ? altered(record, change) : record;
            two.send(two.agent, text("again"));
            two.pass(Duration.ofMillis(100));

            assertThat(reasons(two.controller)).contains("its authentication code is wrong");
            assertThat(two.controller.delivered).containsExactly(text("hello"));
            // What could not be trusted is sent again in the next session, over a way that lets it be.
            two.relay = record -> record;
            two.pass(Duration.ofSeconds(30));
            assertThat(two.controller.delivered).containsExactly(text("hello"), text("again"));
        }
    }

    private static RecordType.SessionContext context(
            RecordType.SessionContext old, long sequence, long expected, long retransmit) {
        return new RecordType.SessionContext(
                old.sessionId(), sequence, expected, retransmit, old.position(), old.recordPosition(), old.payload());
    }

    @Test
    void a_payload_that_was_altered_on_the_way_ends_the_session() {
        TwoSessions two = talking();
        two.relay = record -> carriesMessage(record)
                ? altered(record, old -> {
                    byte[] payload = old.payload().getFirst().toByteArray().clone();
                    payload[payload.length - 1] ^= 1;
                    return new RecordType.SessionContext(
                            old.sessionId(),
                            old.sequenceId(),
                            old.expectedId(),
                            old.retransmitId(),
                            old.position(),
                            old.recordPosition(),
                            List.of(Bytes.adopt(payload)));
                })
                : record;
        two.send(two.agent, text("again"));
        two.pass(Duration.ofMillis(100));

        assertThat(reasons(two.controller))
                .anySatisfy(reason -> assertThat(reason).startsWith("its TLS fails"));
        assertThat(two.controller.delivered).containsExactly(text("hello"));
    }

    @Test
    @Requirement({"R-E2E.23", "R-E2E.30"})
    void a_record_whose_code_was_taken_away_ends_the_session() {
        TwoSessions two = talking();
        two.relay = record -> carriesMessage(record)
                ? new UspRecord(
                        record.version(),
                        record.to(),
                        record.from(),
                        new RecordProtection(PayloadSecurity.TLS12, Bytes.EMPTY, Bytes.EMPTY),
                        record.type())
                : record;
        two.send(two.agent, text("again"));
        two.pass(Duration.ofMillis(100));

        assertThat(reasons(two.controller)).contains("it carries no signature, and its transport does not protect it");
        assertThat(two.controller.delivered).containsExactly(text("hello"));
    }

    @Test
    @Requirement("R-E2E.19")
    void nobody_in_between_can_make_the_session_one_in_plaintext() {
        TwoSessions two = talking();
        long id = two.controller.session.sessionId();
        for (long session : List.of(id, id + 5)) {
            UspRecord forged = UspRecord.plain(
                    TwoSessions.CONTROLLER,
                    TwoSessions.AGENT,
                    SessionStage.context(session, session == id ? 3 : 1, 1, 0, "forged"));
            two.arrive(two.controller, RecordCodec.encode(forged));
        }
        two.pass(Duration.ofSeconds(30));

        assertThat(two.controller.delivered).containsExactly(text("hello"));
        two.send(two.agent, text("again"));
        two.pass(Duration.ofSeconds(30));
        assertThat(two.controller.delivered).containsExactly(text("hello"), text("again"));
    }

    @Test
    void a_plaintext_session_of_the_peer_itself_is_answered_with_one_in_tls() {
        TwoSessions two = new TwoSessions(policy(), Weather.FINE, 11, Optional.of(AGENT), Optional.of(CONTROLLER));
        two.agent.session.use(policy().withSecurity(PayloadSecurity.PLAINTEXT), two.now);
        two.relay = record -> record.protection().macSignature().isEmpty()
                ? new RecordGuard(TwoSessions.CONTROLLER, () -> Optional.of(AGENT)).protect(record, Carrier.OPEN)
                : record;
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofSeconds(30));

        assertThat(two.controller.delivered).containsExactly(text("hello"));
        assertThat(two.agent.sent.getLast().protection().payloadSecurity()).isEqualTo(PayloadSecurity.TLS12);
    }

    @Test
    void records_of_a_handshake_that_are_sent_again_later_let_nobody_in() {
        TwoSessions two = two();
        List<UspRecord> seen = new ArrayList<>();
        two.relay = record -> {
            seen.add(record);
            return record;
        };
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofMinutes(2));
        List<UspRecord> replay = seen.stream()
                .filter(record -> record.to().equals(TwoSessions.CONTROLLER))
                .toList();
        two.take(two.agent, two.agent.session.reset(two.now));
        two.send(two.agent, text("in the second session"));
        two.pass(Duration.ofMinutes(2));
        List<Bytes> before = List.copyOf(two.controller.delivered);

        replay.forEach(record -> two.arrive(two.controller, RecordCodec.encode(record)));
        two.pass(Duration.ofMinutes(2));

        assertThat(two.controller.delivered).isEqualTo(before);
        two.send(two.agent, text("afterwards"));
        two.pass(Duration.ofMinutes(2));
        assertThat(two.controller.delivered).contains(text("afterwards"));
    }

    @Test
    @Requirement("R-E2E.43")
    void a_certificate_that_does_not_prove_the_peer_is_refused_in_a_sentence() {
        TestCertificates stranger = new TestCertificates("stranger");
        refused(
                AUTHORITY.issue(EndpointId.of("os::00256D-2")).trusting(AUTHORITY),
                "its certificate belongs to another Endpoint");
        refused(
                AUTHORITY
                        .issue(TwoSessions.AGENT, "secp256r1", Instant.now().minus(Duration.ofHours(1)))
                        .trusting(AUTHORITY),
                "its certificate has expired");
        refused(
                stranger.issue(TwoSessions.AGENT).trusting(AUTHORITY),
                "its certificate is signed by somebody who is not trusted here");
    }

    private static void refused(SecureIdentity agent, String sentence) {
        TwoSessions two = two(policy(), agent, CONTROLLER);
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofMinutes(3));

        assertThat(two.controller.delivered).isEmpty();
        assertThat(two.controller.events)
                .anySatisfy(event -> assertThat(event).isEqualTo(new SessionEvent.Distrusted(sentence)));
        two.send(two.controller, text("to whom?"));
        two.pass(Duration.ofMinutes(3));
        assertThat(two.agent.delivered).isEmpty();
    }

    /// The signature of the Records is not what keeps a stranger out of TLS: its handshake does by itself.
    @Test
    @Requirement("R-E2E.43")
    void the_handshake_itself_refuses_who_signs_well_and_shows_another_certificate_in_tls() {
        PayloadTls client = new PayloadTls(
                new TestCertificates("stranger").issue(TwoSessions.AGENT).trusting(AUTHORITY),
                TwoSessions.CONTROLLER,
                true);
        PayloadTls server = new PayloadTls(CONTROLLER, TwoSessions.AGENT, false);
        PayloadTls.Good toClient = (PayloadTls.Good) server.receive(client.begin());
        PayloadTls.Good toServer = (PayloadTls.Good) client.receive(toClient.answer());

        PayloadTls.Failed failed = (PayloadTls.Failed) server.receive(toServer.answer());
        assertThat(failed.reason()).isEqualTo("its certificate is signed by somebody who is not trusted here");
        assertThat(server.established()).isFalse();
        assertThat(failed.alert()).isNotEmpty();
        assertThat(((PayloadTls.Failed) client.receive(failed.alert())).reason())
                .startsWith("it refuses our TLS handshake: ");
    }

    @Test
    @Requirement("R-E2E.10")
    void sessions_whose_handshake_fails_come_ever_more_seldom() {
        TwoSessions two = two(
                policy(), AGENT, AUTHORITY.issue(EndpointId.of("self::other")).trusting(AUTHORITY));
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofMinutes(10));

        long begun = two.agent.sent.stream()
                .map(record -> ((RecordType.SessionContext) record.type()).sessionId())
                .distinct()
                .count();
        assertThat(begun).isBetween(2L, 25L);
        assertThat(two.agent.session.retryCount()).isPositive();
    }

    @Test
    void without_certificates_nothing_is_sent_that_was_to_be_in_tls() {
        TwoSessions two = new TwoSessions(policy(), Weather.FINE, 1);
        two.send(two.agent, text("hello"));

        assertThat(two.agent.sent).isEmpty();
        assertThat(two.agent.abandoned()).containsExactly(text("hello"));
    }

    @Test
    void a_peer_without_certificates_refuses_tls_and_says_so() {
        TwoSessions two = new TwoSessions(policy(), Weather.FINE, 1, Optional.of(AGENT), Optional.empty());
        two.send(two.agent, text("hello"));
        two.pass(Duration.ofSeconds(1));

        assertThat(two.controller.delivered).isEmpty();
        assertThat(two.controller.events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                SessionEvent.Distrusted.class,
                                refused -> assertThat(refused.reason()).contains("we have no certificates")));
    }

    @Test
    void a_change_of_the_setting_moves_a_plaintext_session_into_tls() {
        SessionPolicy plain = policy().withSecurity(PayloadSecurity.PLAINTEXT);
        TwoSessions two = two(plain, AGENT, CONTROLLER);
        two.relay = record -> record.protection().macSignature().isEmpty()
                ? new RecordGuard(
                                record.to(),
                                () -> Optional.of(record.from().equals(TwoSessions.AGENT) ? AGENT : CONTROLLER))
                        .protect(record, Carrier.OPEN)
                : record;
        two.send(two.agent, text("in the open"));
        two.pass(Duration.ofSeconds(3));
        two.take(two.agent, two.agent.session.use(policy(), two.now));
        two.send(two.agent, text("hidden"));
        two.pass(Duration.ofSeconds(10));

        assertThat(two.controller.delivered).containsExactly(text("in the open"), text("hidden"));
        assertThat(reasons(two.agent)).containsExactly("its payload must be in TLS from now on");
    }

    @Test
    void a_peer_that_lost_its_state_is_shown_a_new_session() {
        TwoSessions two = talking();
        SessionStep forgotten = two.controller.session.forget(
                new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "restart"), two.now);
        two.take(two.controller, forgotten);
        two.send(two.agent, text("again"));
        two.pass(Duration.ofSeconds(30));

        assertThat(two.controller.delivered).containsExactly(text("hello"), text("again"));
    }

    @Test
    void a_handshake_that_comes_to_no_end_ends_the_session() {
        TwoSessions two = two();
        two.send(two.agent, text("hello"));
        two.relay = record -> null;
        two.pass(Duration.ofSeconds(35));

        assertThat(reasons(two.controller)).contains("the TLS handshake comes to no end");
    }
}
