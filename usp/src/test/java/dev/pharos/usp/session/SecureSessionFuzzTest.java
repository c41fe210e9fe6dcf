// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.integrity.TestCertificates;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import dev.pharos.usp.session.TwoSessions.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whatever somebody in between makes of the Records of a session in TLS, no Message comes out that was not sent,
/// and the session goes on or begins anew. Runs over its seeds here; `JAZZER_FUZZ=1` makes it search.
class SecureSessionFuzzTest {
    private static final TestCertificates AUTHORITY = new TestCertificates("authority");
    private static final SecureIdentity AGENT =
            AUTHORITY.issue(TwoSessions.AGENT).trusting(AUTHORITY);
    private static final SecureIdentity CONTROLLER =
            AUTHORITY.issue(TwoSessions.CONTROLLER).trusting(AUTHORITY);

    @FuzzTest(maxDuration = "20s")
    void a_relay_that_alters_records_gets_nothing_through(FuzzedDataProvider data) {
        SessionPolicy policy = TwoSessions.policy()
                .withMode(SessionMode.REQUIRE)
                .withSecurity(PayloadSecurity.TLS12)
                .withMaxRecordBytes(data.consumeBoolean() ? 1400 : 0)
                .withMaxRetransmitTries(data.consumeInt(-1, 10));
        TwoSessions two = new TwoSessions(policy, Weather.FINE, 7, Optional.of(AGENT), Optional.of(CONTROLLER));
        Bytes sent = Bytes.ofUtf8("the one thing that was sent");
        two.relay = record -> data.remainingBytes() > 0 && data.consumeInt(0, 3) == 0 ? altered(record, data) : record;
        for (int round = 0; round < Limits.SENDINGS_PER_MESSAGE && data.remainingBytes() > 0; round++) {
            two.send(data.consumeBoolean() ? two.agent : two.controller, sent);
            two.pass(Duration.ofSeconds(data.consumeInt(0, 20)));
        }
        two.relay = record -> record;
        two.pass(Duration.ofHours(1));

        assertThat(two.agent.delivered).allMatch(sent::equals);
        assertThat(two.controller.delivered).allMatch(sent::equals);
        two.send(two.agent, sent);
        two.pass(Duration.ofHours(1));
        assertThat(two.controller.delivered).contains(sent);
    }

    private static UspRecord altered(UspRecord record, FuzzedDataProvider data) {
        RecordType.SessionContext old = (RecordType.SessionContext) record.type();
        RecordType.SessionContext context = new RecordType.SessionContext(
                data.consumeBoolean() ? old.sessionId() : data.consumeLong(),
                data.consumeBoolean() ? old.sequenceId() : data.consumeInt(0, 9),
                data.consumeBoolean() ? old.expectedId() : data.consumeInt(0, 9),
                data.consumeBoolean() ? old.retransmitId() : data.consumeInt(0, 9),
                data.consumeBoolean() ? old.position() : data.pickValue(SegmentPosition.values()),
                data.consumeBoolean() ? old.recordPosition() : data.pickValue(SegmentPosition.values()),
                data.consumeBoolean() ? old.payload() : List.of(payload(old, data)));
        RecordProtection protection = new RecordProtection(
                data.consumeBoolean() ? record.protection().payloadSecurity() : PayloadSecurity.PLAINTEXT,
                data.consumeBoolean() ? record.protection().macSignature() : Bytes.copyOf(data.consumeBytes(40)),
                data.consumeBoolean() ? record.protection().senderCertificate() : Bytes.EMPTY);
        UspRecord altered = new UspRecord(record.version(), record.to(), record.from(), protection, context);
        try {
            RecordCodec.decode(RecordCodec.encode(altered));
            return altered;
        } catch (MalformedInputException noRecord) {
            // The codec is fuzzed by itself: here it would only be a Record less.
            return record;
        }
    }

    /// Another payload, or the same with a bit turned.
    private static Bytes payload(RecordType.SessionContext old, FuzzedDataProvider data) {
        Bytes first = old.payload().isEmpty() ? Bytes.EMPTY : old.payload().getFirst();
        if (first.isEmpty() || data.consumeBoolean()) {
            return Bytes.copyOf(data.consumeBytes(60));
        }
        byte[] content = Bytes.copyOf(first.toByteArray()).toByteArray().clone();
        content[data.consumeInt(0, content.length - 1)] ^= (byte) (1 << data.consumeInt(0, 7));
        return Bytes.adopt(content);
    }

    /// What the transport does not protect is never taken as it is.
    @FuzzTest(maxDuration = "10s")
    void nothing_unsigned_gets_in(FuzzedDataProvider data) {
        TwoSessions two = new TwoSessions(
                TwoSessions.policy().withSecurity(PayloadSecurity.TLS12),
                Weather.FINE,
                7,
                Optional.of(AGENT),
                Optional.of(CONTROLLER));
        while (data.remainingBytes() > 0) {
            RecordType.SessionContext context = new RecordType.SessionContext(
                    data.consumeInt(1, 9),
                    data.consumeInt(1, 5),
                    data.consumeInt(1, 5),
                    0,
                    SegmentPosition.NONE,
                    SegmentPosition.NONE,
                    List.of(Bytes.copyOf(data.consumeBytes(100))));
            UspRecord record = new UspRecord(
                    "1.4",
                    TwoSessions.AGENT,
                    TwoSessions.CONTROLLER,
                    new RecordProtection(
                            data.pickValue(PayloadSecurity.values()), Bytes.copyOf(data.consumeBytes(40)), Bytes.EMPTY),
                    context);
            two.take(two.agent, two.agent.session.receive(record, context, Carrier.OPEN, two.now));
        }
        assertThat(two.agent.delivered).isEmpty();
    }
}
