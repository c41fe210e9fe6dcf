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
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What bounds a session, and what its settings allow.
class E2eSessionLimitsTest extends SessionStage {
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
        SessionStep step = session.receive(record(attempt), attempt, Carrier.ON_THIS_HOST, now);

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
