// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One side of a session, against Records that a test makes itself.
class SessionStage {
    static final long PEERS = 77;

    final SessionPolicy policy = TwoSessions.policy();
    final E2eSession session = session(policy);
    final List<SessionEvent> events = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T12:00:00Z");

    static E2eSession session(SessionPolicy policy) {
        return new E2eSession(
                new Parties(TwoSessions.AGENT, TwoSessions.CONTROLLER),
                policy,
                new Random(1),
                TwoSessions.NOTHING_SECURE);
    }

    static Bytes text(String text) {
        return Bytes.ofUtf8(text);
    }

    static RecordType.SessionContext context(long id, long sequence, long expected, long retransmit, String text) {
        return new RecordType.SessionContext(
                id, sequence, expected, retransmit, SegmentPosition.NONE, SegmentPosition.NONE, List.of(text(text)));
    }

    static UspRecord record(RecordType type) {
        return UspRecord.plain(TwoSessions.AGENT, TwoSessions.CONTROLLER, type);
    }

    List<RecordType.SessionContext> noted(SessionStep step) {
        events.addAll(step.events());
        return step.records().stream()
                .map(sent -> (RecordType.SessionContext) sent.type())
                .toList();
    }

    List<RecordType.SessionContext> receive(RecordType.SessionContext context) {
        return noted(session.receive(record(context), context, Carrier.ON_THIS_HOST, now));
    }

    List<RecordType.SessionContext> receive(long id, long sequence, long expected, String text) {
        return receive(context(id, sequence, expected, 0, text));
    }

    List<RecordType.SessionContext> send(String text) {
        return noted(session.send(text(text), OnRestart.SEND_AGAIN, now));
    }

    List<RecordType.SessionContext> after(Duration time) {
        now = now.plus(time);
        return noted(session.tick(now));
    }

    List<String> delivered() {
        return events.stream()
                .filter(SessionEvent.Delivered.class::isInstance)
                .map(event -> ((SessionEvent.Delivered) event).message())
                .map(message -> message.utf8(0, message.size()))
                .toList();
    }

    List<Fault> restarts() {
        return events.stream()
                .filter(SessionEvent.Restarted.class::isInstance)
                .map(event -> ((SessionEvent.Restarted) event).because())
                .toList();
    }
}
