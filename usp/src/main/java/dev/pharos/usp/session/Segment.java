// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import java.util.List;

/// The part of a Message that one Record carries.
///
/// @param position where it stands within the Message
/// @param recordPosition where it stands within one TLS record or plaintext payload
/// @param payload the plaintext payload or a piece of it, or whole TLS records, or a piece of one
record Segment(SegmentPosition position, SegmentPosition recordPosition, List<Bytes> payload) {
    /// What a Record carries that only opens, acknowledges or asks. One entry of no bytes, as the Records of
    /// USP 1.0 to 1.4 in plaintext have exactly one.
    static final Segment NOTHING = whole(List.of(Bytes.EMPTY));

    Segment {
        payload = Frozen.list(payload);
    }

    static Segment whole(List<Bytes> payload) {
        return new Segment(SegmentPosition.NONE, SegmentPosition.NONE, payload);
    }

    static Segment of(RecordType.SessionContext context) {
        return new Segment(context.position(), context.recordPosition(), context.payload());
    }

    boolean carriesNothing() {
        return payload.stream().allMatch(Bytes::isEmpty);
    }

    /// Whether a Message is complete with this segment.
    boolean endsMessage() {
        return position == SegmentPosition.NONE || position == SegmentPosition.COMPLETE;
    }

    int bytes() {
        int sum = 0;
        for (Bytes part : payload) {
            sum += part.size();
        }
        return sum;
    }
}
