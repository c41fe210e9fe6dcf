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
import dev.pharos.usp.record.UspRecord.RecordProtection;
import dev.pharos.usp.session.SendWindow.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One Session Context while it lasts: numbers what goes out, orders what comes in, asks for what is missing
/// and repeats what is asked for. A fault that it returns ends it (R-E2E.21).
final class OpenContext {
    /// The `sequence_id` from which on a Session Context must be replaced (R-E2E.8, R-E2E.9).
    private static final long NEARLY_EXHAUSTED = -1L - 10_000;
    /// The longest that the length before `session_context` may be, less the byte that an empty one takes.
    private static final int LENGTH_GROWTH = 4;

    private static final String BROKEN_CODE = "its authentication code is wrong";
    private static final Fault FULL =
            new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "the peer acknowledges too little of what it gets");

    private final long id;
    private final boolean ours;
    private final Parties parties;
    private final SendWindow sending;
    private final ReceiveWindow receiving = new ReceiveWindow();
    private final Reassembly reassembly = new Reassembly();
    private final SessionTimes times = new SessionTimes();
    private final ContextSecurity security;
    /// What the TLS handshake wants said, until what called for it is acknowledged in the same Record.
    private final List<Bytes> flight = new ArrayList<>(1);

    private boolean confirmed;

    /// @param ours whether we began it
    /// @param first the `sequence_id` of our first Record
    OpenContext(long id, boolean ours, Parties parties, ContextSecurity security, long first) {
        this.id = id;
        this.ours = ours;
        this.parties = parties;
        this.security = security;
        this.sending = new SendWindow(first);
    }

    ContextSecurity security() {
        return security;
    }

    /// Begins the TLS handshake, where there is one and it is ours to begin.
    @Nullable
    Fault handshake(SessionPolicy policy, Instant now, SessionStep.Draft step) {
        PayloadTls tls = security.tls();
        if (tls == null) {
            return null;
        }
        times.handshake(now);
        if (tls.client()) {
            flight.addAll(tls.begin());
        }
        return sendFlight(policy, now, step);
    }

    private @Nullable Fault sendFlight(SessionPolicy policy, Instant now, SessionStep.Draft step) {
        if (flight.isEmpty()) {
            return null;
        }
        int room = room(policy, true);
        if (room < Limits.MIN_SEGMENT_ROOM) {
            return noRoom(policy);
        }
        for (Segment segment : Segmentation.cut(flight, room)) {
            if (!sending.hasRoomFor(1, segment.bytes())) {
                return FULL;
            }
            step.send(record(sending.add(segment, null, now), 0));
        }
        flight.clear();
        times.sent(now, unanswered());
        return null;
    }

    private static Fault noRoom(SessionPolicy policy) {
        return new Fault(
                StandardErrorCode.INVALID_CONFIGURATION,
                "Records of " + policy.maxRecordBytes() + " bytes have no room for a payload");
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

        /// No more can be sent in this Session Context, as where the peer has acknowledged too little.
        record Full(Fault because) implements Sending {}
    }

    Sending send(Outgoing outgoing, SessionPolicy policy, Instant now, SessionStep.Draft step) {
        int room = room(policy, false);
        if (room < Limits.MIN_SEGMENT_ROOM) {
            return new Sending.Impossible(noRoom(policy));
        }
        List<Bytes> payload;
        try {
            PayloadTls tls = security.tls();
            payload = tls == null ? List.of(outgoing.message()) : tls.protect(outgoing.message());
        } catch (SSLException ended) {
            return new Sending.Full(
                    new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, PayloadTlsEngine.sentence(ended)));
        }
        List<Segment> segments = Segmentation.cut(payload, room);
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

    private int room(SessionPolicy policy, boolean handshake) {
        if (policy.maxRecordBytes() == 0) {
            return Integer.MAX_VALUE;
        }
        RecordType widest = new RecordType.SessionContext(
                -1, -1, -1, -1, SegmentPosition.COMPLETE, SegmentPosition.COMPLETE, List.of());
        int frame = RecordCodec.encode(new UspRecord(
                        UspRecord.VERSION, parties.peer(), parties.own(), security.widest(handshake), widest))
                .size();
        return policy.maxRecordBytes() - frame - LENGTH_GROWTH;
    }

    /// A Record as it goes out now, for the first time or again: what it says of the other direction is always
    /// of now (R-E2E.17).
    private UspRecord record(Sent sent, long retransmitId) {
        Segment segment = sent.segment();
        UspRecord bare = new UspRecord(
                UspRecord.VERSION,
                parties.peer(),
                parties.own(),
                new RecordProtection(security.kind(), Bytes.EMPTY, Bytes.EMPTY),
                new RecordType.SessionContext(
                        id,
                        sent.sequenceId(),
                        receiving.expected(),
                        retransmitId,
                        segment.position(),
                        segment.recordPosition(),
                        segment.payload()));
        return security.protect(bare, sent);
    }

    /// Takes a Record of this Session Context (R-E2E.19, R-E2E.20).
    @Nullable
    Fault receive(
            UspRecord record,
            RecordType.SessionContext context,
            SessionPolicy policy,
            Instant now,
            SessionStep.Draft step) {
        if (record.protection().payloadSecurity() != security.kind()) {
            return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "its payload_security is another than before");
        }
        int order = Long.compareUnsigned(context.sequenceId(), receiving.expected());
        switch (security.check(record)) {
            case BROKEN -> {
                return distrusted(BROKEN_CODE, step);
            }
            case NOT_YET -> {
                return unchecked(record, context, order, now, step);
            }
            case HOLDS -> {}
        }
        Fault fault = heed(context, now);
        if (fault != null) {
            return fault;
        }
        if (order < 0 || receiving.holds(context.sequenceId())) {
            times.owe(now);
            step.ignored("Record " + Long.toUnsignedString(context.sequenceId()) + " came before");
            return null;
        }
        fault = repeat(context, policy, now, step);
        if (fault != null) {
            return fault;
        }
        return order > 0 ? keep(record, context, true, now) : take(context, policy, now, step);
    }

    /// Takes a Record whose code cannot be checked yet: it waits for its turn, and nothing in it counts before.
    private @Nullable Fault unchecked(
            UspRecord record, RecordType.SessionContext context, int order, Instant now, SessionStep.Draft step) {
        if (order > 0) {
            return keep(record, context, false, now);
        }
        if (order < 0) {
            step.ignored("Record " + Long.toUnsignedString(context.sequenceId()) + " came before");
            return null;
        }
        return distrusted("it carries a code before there is a TLS session", step);
    }

    private static Fault distrusted(String reason, SessionStep.Draft step) {
        step.note(new SessionEvent.Distrusted(reason));
        return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, reason);
    }

    private @Nullable Fault heed(RecordType.SessionContext context, Instant now) {
        @Nullable Sent before = sending.oldest();
        if (!sending.acknowledge(context.expectedId())) {
            return new Fault(StandardErrorCode.INVALID_RECORD_VALUE, "it acknowledges a Record that was never sent");
        }
        confirmed = true;
        times.heard(sending.oldestWithContent(), sending.oldest() != before, now);
        return null;
    }

    private @Nullable Fault keep(UspRecord record, RecordType.SessionContext context, boolean heard, Instant now) {
        ReceiveWindow.Early early =
                new ReceiveWindow.Early(record, heard, Segment.of(context).bytes());
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

    private @Nullable Fault take(
            RecordType.SessionContext context, SessionPolicy policy, Instant now, SessionStep.Draft step) {
        RecordType.SessionContext current = context;
        while (true) {
            Fault fault = payload(Segment.of(current), current.expectedId(), now, step);
            ReceiveWindow.Early next = receiving.advance();
            Fault silenced = sendFlight(policy, now, step);
            if (fault != null || silenced != null) {
                return fault != null ? fault : silenced;
            }
            if (next == null) {
                times.ordered(receiving.hasGap(), now);
                return null;
            }
            current = (RecordType.SessionContext) next.record().type();
            fault = next.heard() ? null : hear(next.record(), current, policy, now, step);
            if (fault != null) {
                return fault;
            }
        }
    }

    /// Checks and heeds what came too early for that.
    private @Nullable Fault hear(
            UspRecord record,
            RecordType.SessionContext context,
            SessionPolicy policy,
            Instant now,
            SessionStep.Draft step) {
        if (security.check(record) != ContextSecurity.Verdict.HOLDS) {
            return distrusted(BROKEN_CODE, step);
        }
        Fault fault = heed(context, now);
        return fault != null ? fault : repeat(context, policy, now, step);
    }

    private @Nullable Fault payload(Segment segment, long expectedId, Instant now, SessionStep.Draft step) {
        PayloadTls tls = security.tls();
        if (tls == null && segment.payload().size() > 1) {
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
                if (tls != null) {
                    yield unlock(tls, whole.payload(), step);
                }
                step.note(new SessionEvent.Delivered(Reassembly.joined(whole.payload())));
                yield null;
            }
        };
    }

    private @Nullable Fault unlock(PayloadTls tls, List<Bytes> records, SessionStep.Draft step) {
        boolean before = tls.established();
        return switch (tls.receive(records)) {
            case PayloadTls.Failed failed -> {
                flight.addAll(failed.alert());
                yield distrusted(failed.reason(), step);
            }
            case PayloadTls.Good good -> {
                flight.addAll(good.answer());
                if (!before && tls.established()) {
                    if (security.endsElsewhere()) {
                        yield distrusted(
                                "its handshake carries no signature, and its TLS another certificate than its"
                                        + " connection",
                                step);
                    }
                    times.secured();
                    step.note(new SessionEvent.Secured(tls.peerChain()));
                }
                if (!good.message().isEmpty()) {
                    security.confirm();
                    step.note(new SessionEvent.Delivered(good.message()));
                }
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
        if (times.handshakeFailed(now)) {
            return new Fault(StandardErrorCode.SESSION_CONTEXT_TERMINATED, "the TLS handshake comes to no end");
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
