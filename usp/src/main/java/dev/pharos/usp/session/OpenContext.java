// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Limits;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.session.SendWindow.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One Session Context while it lasts: numbers what goes out, orders what comes in, asks for what is missing
/// and repeats what is asked for. A fault that it returns ends it (R-E2E.21).
final class OpenContext {
    /// The `sequence_id` from which on a Session Context must be replaced (R-E2E.8, R-E2E.9).
    private static final long NEARLY_EXHAUSTED = -1L - 10_000;
    /// The longest that the length before `session_context` may be, less the byte that an empty one takes.
    private static final int LENGTH_GROWTH = 4;

    private static final Fault FULL =
            new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "the peer acknowledges too little of what it gets");

    private final long id;
    private final boolean ours;
    private final Parties parties;
    private final SendWindow sending;
    private final ReceiveWindow receiving = new ReceiveWindow();
    private final Reassembly reassembly = new Reassembly();
    private final SessionTimes times = new SessionTimes();
    private boolean confirmed;

    /// @param ours whether we began it
    /// @param first the `sequence_id` of our first Record
    OpenContext(long id, boolean ours, Parties parties, long first) {
        this.id = id;
        this.ours = ours;
        this.parties = parties;
        this.sending = new SendWindow(first);
    }

    long id() {
        return id;
    }

    /// Whether we began it and nothing shows yet that the peer knows.
    boolean unanswered() {
        return ours && !confirmed;
    }

    boolean nearlyExhausted() {
        return Long.compareUnsigned(sending.next(), NEARLY_EXHAUSTED) > 0;
    }

    static boolean nearlyExhausted(long sequenceId) {
        return Long.compareUnsigned(sequenceId, NEARLY_EXHAUSTED) >= 0;
    }

    List<Outgoing> unacknowledged() {
        return sending.unacknowledged();
    }

    Optional<Instant> due() {
        return times.due();
    }

    /// How many Records came in their order.
    long received() {
        return receiving.expected() - 1;
    }

    boolean hasSentNone() {
        return sending.oldest() == null;
    }

    /// How the sending of a Message went.
    sealed interface Sending {
        record Done() implements Sending {}

        /// It can never be sent like this.
        record Impossible(Fault because) implements Sending {}

        /// The peer has acknowledged too little for more to be sent.
        record Full(Fault because) implements Sending {}
    }

    Sending send(Outgoing outgoing, SessionPolicy policy, Instant now, SessionStep.Draft step) {
        int room = room(policy);
        if (room < Limits.MIN_SEGMENT_ROOM) {
            return new Sending.Impossible(new Fault(
                    StandardErrorCode.INVALID_CONFIGURATION,
                    "Records of " + policy.maxRecordBytes() + " bytes have no room for a payload"));
        }
        List<Segment> segments = Segmentation.cut(List.of(outgoing.message()), room);
        if (!sending.hasRoomFor(segments.size(), outgoing.message().size())) {
            return new Sending.Full(FULL);
        }
        for (Segment segment : segments) {
            step.send(record(sending.add(segment, outgoing, now), 0));
        }
        times.sent(now, unanswered());
        return new Sending.Done();
    }

    /// Sends a Record without a payload: opens, acknowledges, or asks for the Record `retransmitId`.
    void sendNothing(long retransmitId, Instant now, SessionStep.Draft step) {
        step.send(record(sending.add(Segment.NOTHING, null, now), retransmitId));
        times.acknowledged();
    }

    private int room(SessionPolicy policy) {
        if (policy.maxRecordBytes() == 0) {
            return Integer.MAX_VALUE;
        }
        RecordType widest = new RecordType.SessionContext(
                -1, -1, -1, -1, SegmentPosition.COMPLETE, SegmentPosition.COMPLETE, List.of());
        int frame = RecordCodec.encode(UspRecord.plain(parties.peer(), parties.own(), widest))
                .size();
        return policy.maxRecordBytes() - frame - LENGTH_GROWTH;
    }

    /// A Record as it goes out now, for the first time or again: what it says of the other direction is always
    /// of now (R-E2E.17).
    private UspRecord record(Sent sent, long retransmitId) {
        Segment segment = sent.segment();
        return UspRecord.plain(
                parties.peer(),
                parties.own(),
                new RecordType.SessionContext(
                        id,
                        sent.sequenceId(),
                        receiving.expected(),
                        retransmitId,
                        segment.position(),
                        segment.recordPosition(),
                        segment.payload()));
    }

    /// Takes a Record of this Session Context (R-E2E.19, R-E2E.20).
    @Nullable
    Fault receive(
            UspRecord record,
            RecordType.SessionContext context,
            SessionPolicy policy,
            Instant now,
            SessionStep.Draft step) {
        if (record.protection().payloadSecurity() != PayloadSecurity.PLAINTEXT) {
            return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "its payload_security is another than before");
        }
        @Nullable Sent before = sending.oldest();
        if (!sending.acknowledge(context.expectedId())) {
            return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "it acknowledges a Record that was never sent");
        }
        confirmed = true;
        times.heard(sending.oldestWithContent(), sending.oldest() != before, now);
        int order = Long.compareUnsigned(context.sequenceId(), receiving.expected());
        if (order < 0 || receiving.holds(context.sequenceId())) {
            times.owe(now);
            step.ignored("Record " + Long.toUnsignedString(context.sequenceId()) + " came before");
            return null;
        }
        Fault fault = repeat(context, policy, now, step);
        if (fault != null) {
            return fault;
        }
        return order > 0 ? keep(record, context, now) : take(context, now, step);
    }

    private @Nullable Fault keep(UspRecord record, RecordType.SessionContext context, Instant now) {
        ReceiveWindow.Early early =
                new ReceiveWindow.Early(record, true, Segment.of(context).bytes());
        times.gap(now);
        return switch (receiving.keep(context.sequenceId(), early)) {
            case YES, DUPLICATE -> null;
            case NO_ROOM ->
                new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "too many Records came before one that is missing");
        };
    }

    /// Sends again what the Record asks for. It does so when the Record arrives and not only when its turn
    /// comes: two sides that miss something of each other would else wait for ever.
    private @Nullable Fault repeat(
            RecordType.SessionContext context, SessionPolicy policy, Instant now, SessionStep.Draft step) {
        long wanted = context.retransmitId();
        if (wanted == 0) {
            return null;
        }
        boolean never = Long.compareUnsigned(wanted, sending.next()) >= 0;
        if (never || Long.compareUnsigned(wanted, context.expectedId()) < 0) {
            return new Fault(
                    StandardErrorCode.INVALID_RECORD_VALUE,
                    "it asks for Record " + Long.toUnsignedString(wanted)
                            + ", which was never sent or is acknowledged");
        }
        Sent sent = sending.find(wanted);
        if (sent == null) {
            step.ignored("a request for a Record that is acknowledged by now");
            return null;
        }
        if (!policy.allowsRepeat(sent.repeats())) {
            return new Fault(
                    StandardErrorCode.SESSION_CONTEXT_TERMINATED,
                    "Record " + Long.toUnsignedString(wanted) + " may not be sent again");
        }
        sent.repeated(now);
        step.send(record(sent, 0));
        return null;
    }

    private @Nullable Fault take(RecordType.SessionContext context, Instant now, SessionStep.Draft step) {
        RecordType.SessionContext current = context;
        while (true) {
            Fault fault = payload(Segment.of(current), current.expectedId(), now, step);
            if (fault != null) {
                return fault;
            }
            ReceiveWindow.Early next = receiving.advance();
            if (next == null) {
                times.ordered(receiving.hasGap(), now);
                return null;
            }
            current = (RecordType.SessionContext) next.record().type();
        }
    }

    private @Nullable Fault payload(Segment segment, long expectedId, Instant now, SessionStep.Draft step) {
        if (segment.payload().size() > 1) {
            return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "a plaintext Record has one payload");
        }
        if (!segment.carriesNothing()) {
            times.took(now);
        } else if (lacksSomethingOld(expectedId, now)) {
            times.owe(now);
        }
        return switch (reassembly.add(segment)) {
            case Reassembly.Unfinished _ -> null;
            case Reassembly.Broken broken -> new Fault(StandardErrorCode.INVALID_RECORD_VALUE, broken.reason());
            case Reassembly.Whole whole -> {
                Bytes message = Reassembly.joined(whole.payload());
                step.note(new SessionEvent.Delivered(message));
                yield null;
            }
        };
    }

    /// Whether the peer does not have what it must have, had it arrived.
    private boolean lacksSomethingOld(long expectedId, Instant now) {
        Sent missing = sending.find(expectedId);
        return missing != null && !missing.at().plus(Limits.ACKNOWLEDGE_AFTER).isAfter(now);
    }

    /// Does what is due.
    @Nullable
    Fault tick(Instant now, SessionStep.Draft step) {
        if (times.failed(now)) {
            return new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "the peer does not answer");
        }
        if (!sending.hasRoomFor(1, 0)) {
            return FULL;
        }
        if (times.askDue(now)) {
            boolean beginning = receiving.expected() == 1;
            if (!times.ask(beginning ? Limits.ASKS_FOR_THE_BEGINNING : Limits.ASKS_PER_RECORD, now)) {
                return new Fault(
                        StandardErrorCode.SESSION_CONTEXT_TERMINATED,
                        "Record " + Long.toUnsignedString(receiving.expected()) + " does not come");
            }
            sendNothing(receiving.expected(), now, step);
        }
        if (times.probeDue(now)) {
            times.probe(now);
            sendNothing(0, now, step);
        }
        if (times.acknowledgementDue(now)) {
            sendNothing(0, now, step);
        }
        return null;
    }

    /// Shows the peer that this Session Context is the one that counts, soon.
    void remind(Instant now) {
        times.owe(now);
    }
}
