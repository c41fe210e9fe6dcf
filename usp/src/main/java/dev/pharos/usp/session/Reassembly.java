// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import java.util.ArrayList;
import java.util.List;

/// Puts a Message together again from the segments of Records, which come in the order of their
/// `sequence_id`.
///
/// A Message ends with a segment that is COMPLETE and ends the TLS record or payload it belongs to, be that
/// as COMPLETE or as NONE: where each TLS record has a Record of its own, none is ever COMPLETE (case 6).
final class Reassembly {
    private final List<Bytes> entries = new ArrayList<>();
    private final List<Bytes> pieces = new ArrayList<>();
    private boolean begun;
    private boolean recordBegun;
    private int bytes;
    private int segments;

    /// What a segment led to.
    sealed interface Outcome {}

    /// The Message goes on, or there was nothing.
    record Unfinished() implements Outcome {}

    /// @param payload the plaintext payload, or the TLS records in order
    record Whole(List<Bytes> payload) implements Outcome {}

    /// The segments do not fit together; what was gathered is gone.
    record Broken(String reason) implements Outcome {}

    Outcome add(Segment segment) {
        if (segment.position() == SegmentPosition.NONE && segment.carriesNothing()) {
            return new Unfinished();
        }
        String objection = objection(segment);
        if (!objection.isEmpty()) {
            clear();
            return new Broken(objection);
        }
        if (segment.position() == SegmentPosition.NONE) {
            return new Whole(segment.payload());
        }
        begun = true;
        bytes += segment.bytes();
        segments++;
        gather(segment);
        if (segment.position() != SegmentPosition.COMPLETE) {
            return new Unfinished();
        }
        List<Bytes> whole = List.copyOf(entries);
        clear();
        return new Whole(whole);
    }

    private void gather(Segment segment) {
        switch (segment.recordPosition()) {
            case NONE -> entries.addAll(segment.payload());
            case BEGIN, IN_PROCESS -> {
                recordBegun = true;
                pieces.addAll(segment.payload());
            }
            case COMPLETE -> {
                pieces.addAll(segment.payload());
                entries.add(joined(pieces));
                pieces.clear();
                recordBegun = false;
            }
        }
    }

    private String objection(Segment segment) {
        boolean first = segment.position() == SegmentPosition.NONE || segment.position() == SegmentPosition.BEGIN;
        if (first == begun) {
            return begun
                    ? "a Message began before the one before it was complete"
                    : "a segment came of a Message that never began";
        }
        if (segment.position() == SegmentPosition.NONE && segment.recordPosition() != SegmentPosition.NONE) {
            return "payloadrec_sar_state says that a payload is cut, payload_sar_state that it is whole";
        }
        boolean continues = segment.recordPosition() == SegmentPosition.IN_PROCESS
                || segment.recordPosition() == SegmentPosition.COMPLETE;
        if (continues != recordBegun) {
            return recordBegun
                    ? "a payload record began before the one before it was complete"
                    : "a piece came of a payload record that never began";
        }
        boolean open = segment.recordPosition() == SegmentPosition.BEGIN
                || segment.recordPosition() == SegmentPosition.IN_PROCESS;
        if (segment.position() == SegmentPosition.COMPLETE && open) {
            return "the Message is complete but its last payload record is not";
        }
        if (bytes > Limits.MAX_RECORD_BYTES - segment.bytes() || segments >= Limits.MAX_SEGMENTS) {
            return "the Message is larger than " + Limits.MAX_RECORD_BYTES + " bytes or " + Limits.MAX_SEGMENTS
                    + " segments";
        }
        return "";
    }

    private void clear() {
        entries.clear();
        pieces.clear();
        begun = false;
        recordBegun = false;
        bytes = 0;
        segments = 0;
    }

    /// All parts as one.
    static Bytes joined(List<Bytes> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int size = 0;
        for (Bytes part : parts) {
            size += part.size();
        }
        byte[] whole = new byte[size];
        int position = 0;
        for (Bytes part : parts) {
            part.copyTo(whole, position);
            position += part.size();
        }
        return Bytes.adopt(whole);
    }
}
