// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One side of a session, against Records that a test makes itself.
class E2eSessionTest {
    private static final long PEERS = 77;

    private final SessionPolicy policy = TwoSessions.policy();
    private final E2eSession session = session(policy);
    private final List<SessionEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    private static E2eSession session(SessionPolicy policy) {
        return new E2eSession(new Parties(TwoSessions.AGENT, TwoSessions.CONTROLLER), policy, new Random(1));
    }

    private static Bytes text(String text) {
        return Bytes.ofUtf8(text);
    }

    private static RecordType.SessionContext context(
            long id, long sequence, long expected, long retransmit, String text) {
        return new RecordType.SessionContext(
                id, sequence, expected, retransmit, SegmentPosition.NONE, SegmentPosition.NONE, List.of(text(text)));
    }

    private static UspRecord record(RecordType type) {
        return UspRecord.plain(TwoSessions.AGENT, TwoSessions.CONTROLLER, type);
    }

    private List<RecordType.SessionContext> noted(SessionStep step) {
        events.addAll(step.events());
        return step.records().stream()
                .map(sent -> (RecordType.SessionContext) sent.type())
                .toList();
    }

    private List<RecordType.SessionContext> receive(RecordType.SessionContext context) {
        return noted(session.receive(record(context), context, now));
    }

    private List<RecordType.SessionContext> receive(long id, long sequence, long expected, String text) {
        return receive(context(id, sequence, expected, 0, text));
    }

    private List<RecordType.SessionContext> send(String text) {
        return noted(session.send(text(text), OnRestart.SEND_AGAIN, now));
    }

    private List<RecordType.SessionContext> after(Duration time) {
        now = now.plus(time);
        return noted(session.tick(now));
    }

    private List<String> delivered() {
        return events.stream()
                .filter(SessionEvent.Delivered.class::isInstance)
                .map(event -> ((SessionEvent.Delivered) event).message())
                .map(message -> message.utf8(0, message.size()))
                .toList();
    }

    private List<Fault> restarts() {
        return events.stream()
                .filter(SessionEvent.Restarted.class::isInstance)
                .map(event -> ((SessionEvent.Restarted) event).because())
                .toList();
    }

    @Test
    @Requirement({"R-E2E.3", "R-E2E.14", "R-E2E.17"})
    void a_message_opens_a_session_of_an_id_above_one_with_the_first_record() {
        RecordType.SessionContext first = send("hello").getFirst();

        assertThat(first.sessionId()).isGreaterThan(1);
        assertThat(first.sequenceId()).isEqualTo(1);
        assertThat(first.expectedId()).isEqualTo(1);
        assertThat(first.retransmitId()).isZero();
        assertThat(first.payload()).containsExactly(text("hello"));
        assertThat(session.status()).isEqualTo(E2eSession.Status.NEGOTIATING);
    }

    @Test
    @Requirement({"R-E2E.4", "R-E2E.15", "R-E2E.17"})
    void a_record_of_a_peer_opens_its_session_and_ours_begins_at_one() {
        assertThat(receive(PEERS, 1, 1, "question")).isEmpty();
        RecordType.SessionContext answer = send("answer").getFirst();
        RecordType.SessionContext another = send("another").getFirst();

        assertThat(delivered()).containsExactly("question");
        assertThat(answer.sessionId()).isEqualTo(PEERS);
        assertThat(answer.sequenceId()).isEqualTo(1);
        assertThat(answer.expectedId()).isEqualTo(2);
        assertThat(another.sequenceId()).isEqualTo(2);
        assertThat(session.status()).isEqualTo(E2eSession.Status.UP);
    }

    @Test
    @Requirement("R-E2E.4")
    void a_record_without_content_opens_a_session_too_and_is_acknowledged() {
        receive(new RecordType.SessionContext(PEERS, 1, 1, 0, SegmentPosition.NONE, SegmentPosition.NONE, List.of()));

        RecordType.SessionContext acknowledgement =
                after(Limits.ACKNOWLEDGE_AFTER).getFirst();
        assertThat(session.sessionId()).isEqualTo(PEERS);
        assertThat(acknowledgement.expectedId()).isEqualTo(2);
        assertThat(acknowledgement.payload()).containsExactly(Bytes.EMPTY);
        assertThat(delivered()).isEmpty();
    }

    @Test
    @Requirement({"R-E2E.5", "R-E2E.6"})
    void another_session_id_replaces_the_session_and_begins_at_one() {
        receive(PEERS, 1, 1, "a");
        send("answer to a");
        receive(PEERS, 2, 2, "b");
        receive(PEERS - 5, 1, 1, "c");
        RecordType.SessionContext answer = send("answer to c").getFirst();

        assertThat(delivered()).containsExactly("a", "b", "c");
        assertThat(answer.sessionId()).isEqualTo(PEERS - 5);
        assertThat(answer.sequenceId()).isEqualTo(1);
        assertThat(answer.expectedId()).isEqualTo(2);
    }

    @Test
    void a_late_record_of_the_session_before_changes_nothing() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS + 1, 1, 1, "b");
        receive(PEERS, 2, 1, "late");

        assertThat(session.sessionId()).isEqualTo(PEERS + 1);
        assertThat(delivered()).containsExactly("a", "b");
    }

    @Test
    @Requirement({"R-E2E.20", "R-E2E.25"})
    void what_comes_early_waits_and_what_comes_twice_is_ignored() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS, 3, 1, "c");
        receive(PEERS, 3, 1, "c");
        assertThat(delivered()).containsExactly("a");
        receive(PEERS, 1, 1, "a");
        receive(PEERS, 2, 1, "b");
        receive(PEERS, 2, 1, "b");

        assertThat(delivered()).containsExactly("a", "b", "c");
        assertThat(send("x").getFirst().expectedId()).isEqualTo(4);
        assertThat(restarts()).isEmpty();
    }

    @Test
    @Requirement("R-E2E.20")
    void a_missing_record_is_asked_for_after_a_moment_and_again_until_it_comes() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS, 3, 1, "c");
        RecordType.SessionContext ask = after(Limits.GAP_PATIENCE).getFirst();
        RecordType.SessionContext again = after(Limits.ASK_AGAIN_AFTER).getFirst();

        assertThat(ask.retransmitId()).isEqualTo(2);
        assertThat(ask.expectedId()).isEqualTo(2);
        assertThat(again.retransmitId()).isEqualTo(2);
        assertThat(again.sequenceId()).isEqualTo(ask.sequenceId() + 1);
        receive(PEERS, 2, 1, "b");
        assertThat(delivered()).containsExactly("a", "b", "c");
    }

    @Test
    void a_record_that_never_comes_ends_the_session() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS, 3, 1, "c");
        for (int asks = 0; asks <= Limits.ASKS_PER_RECORD; asks++) {
            after(Limits.ASK_AGAIN_AFTER);
        }
        assertThat(restarts()).hasSize(1);
        assertThat(session.sessionId()).isNotEqualTo(PEERS);
    }

    @Test
    @Requirement({"R-E2E.16", "R-E2E.20"})
    void a_record_is_sent_again_on_request_until_it_is_acknowledged() {
        session.use(policy.withMaxRetransmitTries(2), now);
        RecordType.SessionContext first = send("one").getFirst();
        send("two");
        RecordType.SessionContext repeated =
                receive(context(first.sessionId(), 1, 1, 1, "")).getFirst();
        assertThat(repeated.sequenceId()).isEqualTo(1);
        assertThat(repeated.expectedId()).isEqualTo(1);
        assertThat(repeated.payload()).containsExactly(text("one"));

        receive(context(first.sessionId(), 2, 3, 0, ""));
        assertThat(receive(context(first.sessionId(), 3, 1, 1, ""))).isEmpty();
        assertThat(restarts()).isEmpty();
    }

    @Test
    @Requirement("R-E2E.21")
    void too_many_requests_for_one_record_start_a_new_session_in_which_it_is_sent() {
        session.use(policy.withMaxRetransmitTries(2), now);
        long id = send("one").getFirst().sessionId();
        receive(context(id, 1, 1, 1, ""));
        receive(context(id, 2, 1, 1, ""));
        RecordType.SessionContext anew = receive(context(id, 3, 1, 1, "")).getFirst();

        assertThat(restarts()).hasSize(1);
        assertThat(anew.sessionId()).isNotEqualTo(id);
        assertThat(anew.sequenceId()).isEqualTo(1);
        assertThat(anew.payload()).containsExactly(text("one"));
    }

    @Test
    @Requirement("R-E2E.21")
    void a_request_for_what_was_never_sent_or_is_acknowledged_starts_a_new_session() {
        long id = send("one").getFirst().sessionId();
        receive(context(id, 1, 2, 9, ""));
        assertThat(restarts()).hasSize(1);

        long next = session.sessionId();
        receive(context(next, 1, 2, 1, ""));
        assertThat(restarts()).hasSize(2);
    }

    @Test
    @Requirement("R-E2E.21")
    void an_acknowledgement_of_what_was_never_sent_starts_a_new_session() {
        long id = send("one").getFirst().sessionId();
        receive(id, 1, 3, "");
        assertThat(restarts()).extracting(Fault::errCode).containsExactly(StandardErrorCode.INVALID_RECORD_VALUE);
    }

    @Test
    @Requirement({"R-E2E.18", "R-E2E.19"})
    void payload_security_is_the_same_throughout_or_the_session_starts_anew() {
        RecordType.SessionContext question = context(PEERS, 1, 1, 0, "question");
        receive(question);
        session.send(text("one"), OnRestart.SEND_AGAIN, now)
                .records()
                .forEach(record ->
                        assertThat(record.protection().payloadSecurity()).isEqualTo(PayloadSecurity.PLAINTEXT));
        UspRecord other = new UspRecord(
                "1.4",
                TwoSessions.AGENT,
                TwoSessions.CONTROLLER,
                new RecordProtection(PayloadSecurity.TLS12, Bytes.EMPTY, Bytes.EMPTY),
                context(PEERS, 2, 1, 0, "x"));
        noted(session.receive(other, context(PEERS, 2, 1, 0, "x"), now));

        assertThat(delivered()).containsExactly("question");
        assertThat(restarts()).hasSize(1);
    }

    @Test
    void a_record_whose_signature_cannot_be_checked_is_ignored_and_the_session_starts_anew() {
        receive(PEERS, 1, 1, "a");
        RecordType.SessionContext content = context(PEERS, 2, 1, 0, "b");
        UspRecord signed = new UspRecord(
                "1.4",
                TwoSessions.AGENT,
                TwoSessions.CONTROLLER,
                new RecordProtection(PayloadSecurity.PLAINTEXT, text("signature"), Bytes.EMPTY),
                content);
        noted(session.receive(signed, content, now));

        assertThat(delivered()).containsExactly("a");
        assertThat(session.sessionId()).isNotIn(0L, PEERS);
    }

    @Test
    @Requirement("R-E2E.8")
    void a_received_sequence_id_near_the_end_starts_a_new_session() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS, -1L - 10_001, 1, "");
        assertThat(restarts()).isEmpty();
        receive(PEERS, -1L - 10_000, 1, "");
        assertThat(restarts()).hasSize(1);
        assertThat(session.sessionId()).isNotEqualTo(PEERS);
    }

    @Test
    @Requirement("R-E2E.9")
    void a_sent_sequence_id_near_the_end_starts_a_new_session_at_the_next_contact() {
        session.openAt(-1L - 10_001, now);
        long id = session.sessionId();
        assertThat(send("one").getFirst().sequenceId()).isEqualTo(-1L - 10_000);
        assertThat(session.sessionId()).isEqualTo(id);

        List<RecordType.SessionContext> next = send("two");
        assertThat(next).extracting(RecordType.SessionContext::sequenceId).containsExactly(1L, 2L);
        assertThat(session.sessionId()).isNotEqualTo(id);
        assertThat(restarts()).hasSize(1);
    }

    @Test
    @Requirement("R-E2E.7")
    void a_session_that_was_silent_too_long_is_replaced_at_the_next_interaction() {
        session.use(policy.withExpiration(Duration.ofSeconds(60)), now);
        receive(PEERS, 1, 1, "a");
        send("b");
        now = now.plusSeconds(61);
        RecordType.SessionContext next = send("c").getLast();
        assertThat(next.sessionId()).isNotEqualTo(PEERS);
        assertThat(next.payload()).containsExactly(text("c"));

        receive(next.sessionId(), 1, 3, "d");
        now = now.plusSeconds(61);
        receive(next.sessionId(), 2, 3, "late");
        assertThat(delivered()).containsExactly("a", "d");
        assertThat(session.sessionId()).isNotEqualTo(next.sessionId());

        now = now.plusSeconds(61);
        receive(9_000_000_000_000L, 1, 1, "anew");
        assertThat(delivered()).containsExactly("a", "d", "anew");
    }

    @Test
    @Requirement({"R-E2E.10", "R-E2E.12"})
    void failures_in_a_row_wait_longer_each_time_and_a_good_record_ends_the_row() {
        long id = send("one").getFirst().sessionId();
        receive(id, 1, 9, "");
        assertThat(session.status()).isEqualTo(E2eSession.Status.NEGOTIATING);
        assertThat(session.retryCount()).isZero();

        receive(session.sessionId(), 1, 9, "");
        assertThat(session.sessionId()).isZero();
        assertThat(session.retryCount()).isEqualTo(1);
        assertThat(session.due()).contains(now.plusSeconds(5));
        assertThat(after(Duration.ofSeconds(4))).isEmpty();
        assertThat(after(Duration.ofSeconds(1))).isNotEmpty();

        receive(session.sessionId(), 1, 9, "");
        assertThat(session.due()).contains(now.plusSeconds(10));
        after(Duration.ofSeconds(10));
        receive(session.sessionId(), 1, 1, "good");
        assertThat(session.retryCount()).isZero();
        receive(session.sessionId(), 2, 9, "");
        assertThat(session.sessionId()).isNotZero();
    }

    @Test
    @Requirement("R-E2E.11")
    void the_attempts_go_on_for_as_long_as_the_peer_is_silent() {
        send("anybody?");
        int opened = 0;
        long last = session.sessionId();
        for (int round = 0; round < 40; round++) {
            now = session.due().orElseThrow();
            noted(session.tick(now));
            if (session.sessionId() != 0 && session.sessionId() != last) {
                opened++;
                last = session.sessionId();
            }
            if (session.due().isEmpty()) {
                send("still nobody?");
            }
        }
        assertThat(opened).isGreaterThan(5);
        assertThat(session.retryCount()).isGreaterThan(4);
    }

    @Test
    @Requirement("R-E2E.22")
    void what_was_acknowledged_before_a_restart_was_delivered_before_it() {
        receive(PEERS, 1, 1, "a");
        receive(PEERS, 2, 1, "b");
        RecordType.SessionContext last = send("c").getFirst();
        assertThat(last.expectedId()).isEqualTo(3);
        receive(PEERS + 1, 1, 1, "d");
        assertThat(delivered()).containsExactly("a", "b", "d");
    }

    @Test
    @Requirement("R-E2E.24")
    void a_session_id_below_two_is_ignored_and_starts_a_new_session() {
        receive(1, 1, 1, "a");
        assertThat(session.sessionId()).isZero();
        receive(PEERS, 1, 1, "b");
        receive(1, 2, 1, "c");
        assertThat(delivered()).containsExactly("b");
        assertThat(session.sessionId()).isNotEqualTo(PEERS);
    }

    @Test
    void a_message_that_must_not_be_repeated_is_given_up_at_a_restart() {
        noted(session.send(text("reboot"), OnRestart.GIVE_UP, now));
        noted(session.reset(now));
        assertThat(events)
                .anyMatch(event -> event instanceof SessionEvent.Abandoned abandoned
                        && abandoned.message().equals(text("reboot")));
        assertThat(session.sessionId()).isNotZero();
    }

    @Test
    void a_message_is_sent_in_a_few_sessions_at_most() {
        send("poison");
        for (int count = 0; count < Limits.SENDINGS_PER_MESSAGE; count++) {
            noted(session.reset(now));
        }
        assertThat(events).filteredOn(SessionEvent.Abandoned.class::isInstance).hasSize(1);
    }

    @Test
    void messages_that_wait_for_a_session_are_bounded() {
        long id = send("one").getFirst().sessionId();
        receive(id, 1, 9, "");
        receive(session.sessionId(), 1, 9, "");
        for (int count = 1; count < Limits.SESSION_QUEUE; count++) {
            assertThat(send("m" + count)).isEmpty();
        }
        assertThat(events).noneMatch(SessionEvent.Abandoned.class::isInstance);
        send("one too many");
        assertThat(events).anyMatch(SessionEvent.Abandoned.class::isInstance);
        assertThat(after(Duration.ofSeconds(5))).hasSize(Limits.SESSION_QUEUE);
    }

    @Test
    void a_peer_that_never_acknowledges_ends_the_session_and_costs_no_more_than_the_bound() {
        receive(PEERS, 1, 1, "hello");
        Bytes large = Bytes.adopt(new byte[1024 * 1024]);
        int sent = 0;
        while (session.sessionId() == PEERS) {
            noted(session.send(large, OnRestart.GIVE_UP, now));
            sent++;
        }
        assertThat(sent).isEqualTo(Limits.UNACKNOWLEDGED_BYTES / large.size() + 1);
        assertThat(restarts()).extracting(Fault::errCode).containsExactly(StandardErrorCode.RESOURCES_EXCEEDED);
    }

    @Test
    void records_far_ahead_are_kept_up_to_the_bound_and_then_end_the_session() {
        receive(PEERS, 1, 1, "a");
        for (int count = 0; count < Limits.EARLY_RECORDS; count++) {
            receive(PEERS, 3 + count, 1, "x");
        }
        assertThat(restarts()).isEmpty();
        receive(PEERS, 3 + Limits.EARLY_RECORDS, 1, "x");
        assertThat(restarts()).extracting(Fault::errCode).containsExactly(StandardErrorCode.RESOURCES_EXCEEDED);
    }

    @Test
    void every_record_keeps_to_the_largest_size() {
        session.use(policy.withMaxRecordBytes(512), now);
        SessionStep step = session.send(Bytes.adopt(new byte[3138]), OnRestart.SEND_AGAIN, now);
        assertThat(step.records())
                .hasSizeGreaterThan(6)
                .allSatisfy(
                        record -> assertThat(RecordCodec.encode(record).size()).isLessThanOrEqualTo(512));
    }

    @Test
    void more_than_one_payload_in_a_plaintext_record_starts_a_new_session() {
        receive(new RecordType.SessionContext(
                PEERS, 1, 1, 0, SegmentPosition.NONE, SegmentPosition.NONE, List.of(text("a"), text("b"))));
        assertThat(delivered()).isEmpty();
        assertThat(restarts()).hasSize(1);
    }

    @Test
    void many_messages_without_an_answer_are_acknowledged_at_once() {
        List<RecordType.SessionContext> out = new ArrayList<>();
        for (int count = 1; count <= Limits.ACKNOWLEDGE_EVERY; count++) {
            receive(PEERS, count, 1, "m");
            out.addAll(noted(session.tick(now)));
        }
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().expectedId()).isEqualTo(Limits.ACKNOWLEDGE_EVERY + 1);
    }

    @Test
    void a_session_that_is_forgotten_leaves_nothing_behind() {
        receive(PEERS, 1, 1, "a");
        send("b");
        noted(session.forget(new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "bye"), now));
        assertThat(session.status()).isEqualTo(E2eSession.Status.DOWN);
        assertThat(session.due()).isEmpty();
        assertThat(events).anyMatch(SessionEvent.Abandoned.class::isInstance);
        receive(PEERS, 1, 1, "again");
        assertThat(delivered()).containsExactly("a", "again");
    }

    @Test
    @Requirement("R-E2E.6a")
    void where_sessions_are_forbidden_a_session_record_is_answered_with_7106() {
        session.use(policy.withMode(SessionMode.FORBID), now);
        RecordType.SessionContext attempt = context(PEERS, 1, 1, 0, "a");
        SessionStep step = session.receive(record(attempt), attempt, now);

        RecordType.Disconnect refusal =
                (RecordType.Disconnect) step.records().getFirst().type();
        assertThat(refusal.reasonCode()).isEqualTo(7106);
        assertThat(refusal.reason()).isNotEmpty();
        assertThat(step.messages()).isEmpty();
        assertThat(session.sessionId()).isZero();
    }

    @Test
    @Requirement("R-E2E.6b")
    void a_session_that_is_forbidden_while_it_stands_ends_with_7105() {
        receive(PEERS, 1, 1, "a");
        SessionStep step = session.use(policy.withMode(SessionMode.FORBID), now);

        RecordType.Disconnect goodbye =
                (RecordType.Disconnect) step.records().getFirst().type();
        assertThat(goodbye.reasonCode()).isEqualTo(7105);
        assertThat(goodbye.reason()).isNotEmpty();
        assertThat(session.sessionId()).isZero();
        assertThat(session.use(policy.withMode(SessionMode.FORBID), now).records())
                .isEmpty();
    }

    @Test
    void the_mode_says_which_messages_go_through_the_session() {
        assertThat(session.carriesNew()).isFalse();
        receive(PEERS, 1, 1, "a");
        assertThat(session.carriesNew()).isTrue();
        session.use(policy.withMode(SessionMode.FORBID), now);
        assertThat(session.carriesNew()).isFalse();
        session.use(policy.withMode(SessionMode.REQUIRE), now);
        assertThat(session.carriesNew()).isTrue();
        assertThat(session.requiresSessions()).isTrue();
    }

    @Test
    void settings_outside_their_ranges_are_refused() {
        assertThatThrownBy(() -> policy.withMaxRecordBytes(511)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.withMaxRetransmitTries(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.withMaxRetransmitTries(-2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.withExpiration(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
