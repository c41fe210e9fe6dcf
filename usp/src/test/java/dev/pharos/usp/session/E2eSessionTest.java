// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a session goes: order, repetition, restarts.
class E2eSessionTest extends SessionStage {
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
        noted(session.receive(other, context(PEERS, 2, 1, 0, "x"), Carrier.ON_THIS_HOST, now));

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
        noted(session.receive(signed, content, Carrier.ON_THIS_HOST, now));

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
}
