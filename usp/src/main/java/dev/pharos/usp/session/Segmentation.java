// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import java.util.ArrayList;
import java.util.List;

/// Cuts what a Message became into segments that fit their Records (Segmented Message Exchange, cases 1 to 7).
///
/// A plaintext Message is one payload; a Message under TLS is one or several TLS records. All in one Record
/// where they fit; else each TLS record has a Record of its own, and what is too large even then is cut.
final class Segmentation {
    /// The tag of a `payload` field.
    private static final int TAG = 1;

    private Segmentation() {}

    /// @param payload at least one entry
    /// @param room bytes that one Record has for its `payload` fields with their tags and lengths, at least
    ///     [dev.pharos.usp.Limits#MIN_SEGMENT_ROOM]
    static List<Segment> cut(List<Bytes> payload, int room) {
        long whole = 0;
        for (Bytes part : payload) {
            whole += fieldSize(part.size());
        }
        if (whole <= room) {
            return List.of(Segment.whole(payload));
        }
        List<Piece> pieces = new ArrayList<>();
        for (Bytes part : payload) {
            addPieces(pieces, part, room);
        }
        List<Segment> segments = new ArrayList<>(pieces.size());
        for (int index = 0; index < pieces.size(); index++) {
            Piece piece = pieces.get(index);
            segments.add(new Segment(position(index, pieces.size()), piece.position(), List.of(piece.bytes())));
        }
        return segments;
    }

    /// A TLS record or plaintext payload, or a piece of one.
    private record Piece(SegmentPosition position, Bytes bytes) {}

    private static void addPieces(List<Piece> pieces, Bytes part, int room) {
        if (fieldSize(part.size()) <= room) {
            pieces.add(new Piece(SegmentPosition.NONE, part));
            return;
        }
        int size = room - TAG - varintSize(room);
        int count = (part.size() + size - 1) / size;
        for (int index = 0; index < count; index++) {
            int from = index * size;
            Bytes bytes = part.slice(from, Math.min(part.size(), from + size));
            pieces.add(new Piece(position(index, count), bytes));
        }
    }

    private static SegmentPosition position(int index, int count) {
        if (count == 1) {
            return SegmentPosition.NONE;
        }
        if (index == 0) {
            return SegmentPosition.BEGIN;
        }
        return index == count - 1 ? SegmentPosition.COMPLETE : SegmentPosition.IN_PROCESS;
    }

    private static long fieldSize(int bytes) {
        return (long) TAG + varintSize(bytes) + bytes;
    }

    private static int varintSize(int number) {
        return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
    }
}
