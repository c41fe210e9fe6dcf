// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// Whatever a peer sends, in whatever order, a session answers with a step and goes on. Runs over its seeds
/// here; `JAZZER_FUZZ=1` makes it search.
class E2eSessionFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_session_takes_anything(FuzzedDataProvider data) {
        SessionPolicy policy = TwoSessions.policy()
                .withMaxRecordBytes(data.consumeBoolean() ? 512 : 0)
                .withMaxRetransmitTries(data.consumeInt(-1, 10))
                .withExpiration(Duration.ofSeconds(data.consumeInt(0, 100)));
        E2eSession session = new E2eSession(
                new Parties(TwoSessions.AGENT, TwoSessions.CONTROLLER),
                policy,
                new Random(7),
                TwoSessions.NOTHING_SECURE);
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        while (data.remainingBytes() > 0) {
            now = now.plusMillis(data.consumeInt(0, 5000));
            SessionStep step = switch (data.consumeInt(0, 4)) {
                case 0 -> session.send(Bytes.adopt(new byte[data.consumeInt(1, 5000)]), OnRestart.SEND_AGAIN, now);
                case 1 -> session.tick(now);
                case 2 -> session.reset(now);
                default -> receive(session, data, now);
            };
            for (UspRecord record : step.records()) {
                assertThat(((RecordType.SessionContext) record.type()).sessionId())
                        .isNotIn(0L, 1L);
            }
            assertThat(session.status() != E2eSession.Status.UP || session.sessionId() != 0)
                    .isTrue();
        }
    }

    private static SessionStep receive(E2eSession session, FuzzedDataProvider data, Instant now) {
        long id = data.consumeBoolean() ? session.sessionId() : number(data);
        RecordType.SessionContext context = new RecordType.SessionContext(
                id,
                number(data),
                number(data),
                data.consumeBoolean() ? 0 : number(data),
                data.pickValue(SegmentPosition.values()),
                data.pickValue(SegmentPosition.values()),
                data.consumeBoolean() ? List.of() : List.of(Bytes.adopt(data.consumeBytes(40))));
        PayloadSecurity security =
                data.consumeProbabilityFloat() < 0.9 ? PayloadSecurity.PLAINTEXT : PayloadSecurity.TLS12;
        UspRecord record = new UspRecord(
                "1.4",
                TwoSessions.AGENT,
                TwoSessions.CONTROLLER,
                new RecordProtection(security, Bytes.EMPTY, Bytes.EMPTY),
                context);
        return session.receive(record, context, Carrier.ON_THIS_HOST, now);
    }

    private static long number(FuzzedDataProvider data) {
        return data.consumeBoolean() ? data.consumeInt(1, 12) : data.consumeLong();
    }
}
