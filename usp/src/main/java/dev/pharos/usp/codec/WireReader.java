// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads protobuf's wire format straight into our records, field by field. It exists beside protobuf-java
/// because reading into generated classes first and mapping them then costs twice the objects; the tests hold
/// it to the generated classes' behaviour.
///
/// Unknown fields are skipped, and so is a known field of another wire type, as protobuf does.
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LEN = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int MAP_KEY = 1 << 3 | LEN;
    private static final int MAP_VALUE = 2 << 3 | LEN;

    private final Bytes bytes;
    private final ErrorCode unreadable;
    private final ErrorCode invalid;
    private int position;
    private int limit;
    private int tag;
    private int elements;

    /// Reads one value of a nested message.
    @FunctionalInterface
    interface Nested<T> {
        T read(WireReader in) throws MalformedInputException;
    }

    private WireReader(Bytes bytes, ErrorCode unreadable, ErrorCode invalid) {
        this.bytes = bytes;
        this.unreadable = unreadable;
        this.invalid = invalid;
        this.limit = bytes.size();
    }

    static WireReader ofRecord(Bytes bytes) throws MalformedInputException {
        return new WireReader(
                        bytes, StandardErrorCode.RECORD_COULD_NOT_BE_PARSED, StandardErrorCode.INVALID_RECORD_VALUE)
                .requireSize();
    }

    static WireReader ofMessage(Bytes bytes) throws MalformedInputException {
        return new WireReader(bytes, StandardErrorCode.MESSAGE_FAILED, StandardErrorCode.INVALID_ARGUMENTS)
                .requireSize();
    }

    private WireReader requireSize() throws MalformedInputException {
        if (bytes.size() > Limits.MAX_RECORD_BYTES) {
            throw new MalformedInputException(
                    unreadable, bytes.size() + " bytes, at most " + Limits.MAX_RECORD_BYTES + " are read");
        }
        return this;
    }

    /// Goes to the next field of the message that is being read; false at its end.
    boolean next() throws MalformedInputException {
        if (position == limit) {
            return false;
        }
        long read = varint();
        if (read >>> 32 != 0 || read >>> 3 == 0) {
            throw unreadable("a field number that protobuf does not have");
        }
        tag = (int) read;
        return true;
    }

    /// The field that [#next] went to: its number and wire type as they stand on the wire.
    int tag() {
        return tag;
    }

    /// Reads a nested message: its fields end where its length says.
    <T> T nested(Nested<T> reader) throws MalformedInputException {
        int outer = limit;
        limit = lengthEnd();
        T value = reader.read(this);
        limit = outer;
        return value;
    }

    String string() throws MalformedInputException {
        int end = lengthEnd();
        String text = bytes.utf8(position, end);
        if (text == null) {
            throw unreadable("a text that is not UTF-8");
        }
        position = end;
        return text;
    }

    Bytes bytes() throws MalformedInputException {
        int start = lengthStart();
        return bytes.slice(start, position);
    }

    private int lengthStart() throws MalformedInputException {
        int end = lengthEnd();
        int start = position;
        position = end;
        return start;
    }

    boolean bool() throws MalformedInputException {
        return varint() != 0;
    }

    int fixed32() throws MalformedInputException {
        if (limit - position < 4) {
            throw unreadable("truncated");
        }
        int value = (bytes.at(position) & 0xff)
                | (bytes.at(position + 1) & 0xff) << 8
                | (bytes.at(position + 2) & 0xff) << 16
                | (bytes.at(position + 3) & 0xff) << 24;
        position += 4;
        return value;
    }

    /// An enum by its number on the wire; an unknown number fails (R-ENC.2).
    <E extends Enum<E>> E constant(List<E> constants) throws MalformedInputException {
        int number = (int) varint();
        if (number < 0 || number >= constants.size()) {
            throw invalid("unknown number " + number + " for "
                    + constants.getFirst().getDeclaringClass().getSimpleName());
        }
        return constants.get(number);
    }

    long varint() throws MalformedInputException {
        if (position < limit) {
            byte first = bytes.at(position);
            if (first >= 0) {
                position++;
                return first;
            }
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == limit) {
                throw unreadable("truncated");
            }
            byte part = bytes.at(position++);
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw unreadable("a number of more than 10 bytes");
    }

    private int lengthEnd() throws MalformedInputException {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw unreadable("truncated");
        }
        return position + (int) length;
    }

    /// Adds to a list that began as `List.of()`. Lists of one item, the most frequent, never need a growing
    /// list.
    <T> List<T> append(List<T> list, T item) throws MalformedInputException {
        countElement();
        if (list.isEmpty()) {
            return List.of(item);
        }
        if (list instanceof ArrayList<T> growing) {
            growing.add(item);
            return growing;
        }
        ArrayList<T> growing = new ArrayList<>();
        growing.addAll(list);
        growing.add(item);
        return growing;
    }

    /// Reads one entry into a map that began as null; of two entries with one key the last counts, as
    /// protobuf has it.
    Map<String, String> entry(@Nullable Map<String, String> map) throws MalformedInputException {
        countElement();
        int outer = limit;
        limit = lengthEnd();
        String key = "";
        String value = "";
        while (next()) {
            switch (tag) {
                case MAP_KEY -> key = string();
                case MAP_VALUE -> value = string();
                default -> skip();
            }
        }
        limit = outer;
        Map<String, String> entries = map == null ? new LinkedHashMap<>() : map;
        entries.put(key, value);
        return entries;
    }

    /// The map that [#entry] filled, never to be changed again.
    static Map<String, String> frozen(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : Frozen.adopt(map);
    }

    private void countElement() throws MalformedInputException {
        elements++;
        if (elements > Limits.MAX_ELEMENTS) {
            throw unreadable("more than " + Limits.MAX_ELEMENTS + " list items and map entries");
        }
    }

    /// The first field of the nested message that begins here, without going there, and also where that
    /// message is cut off; 0 for none.
    int peekNestedTag() throws MalformedInputException {
        int start = position;
        long length = varint();
        int peeked = length == 0 || position == limit ? 0 : (int) varint();
        position = start;
        return peeked;
    }

    /// Passes over a field that we do not know.
    void skip() throws MalformedInputException {
        skip(tag, 0);
    }

    private void skip(int unknown, int depth) throws MalformedInputException {
        switch (unknown & 7) {
            case VARINT -> varint();
            case FIXED64 -> pass(8);
            case LEN -> position = lengthEnd();
            case FIXED32 -> pass(4);
            case START_GROUP -> skipGroup(unknown >>> 3, depth + 1);
            default -> throw unreadable("a wire type that is not one, or the end of a group that did not begin");
        }
    }

    private void skipGroup(int number, int depth) throws MalformedInputException {
        if (depth > Limits.MAX_GROUP_DEPTH) {
            throw unreadable("groups nested deeper than " + Limits.MAX_GROUP_DEPTH);
        }
        while (next()) {
            if ((tag & 7) != END_GROUP) {
                skip(tag, depth);
            } else if (tag >>> 3 == number) {
                return;
            } else {
                throw unreadable("the end of another group than began");
            }
        }
        throw unreadable("truncated");
    }

    private void pass(int count) throws MalformedInputException {
        if (limit - position < count) {
            throw unreadable("truncated");
        }
        position += count;
    }

    /// Fails where a oneof has a member already: exactly one may be populated (R-ENC.3).
    void requireUnset(@Nullable Object member, String oneof) throws MalformedInputException {
        if (member != null) {
            throw invalid(oneof + " is set twice");
        }
    }

    /// The member of a oneof, of which exactly one must be populated (R-ENC.3).
    <T> T requireSet(@Nullable T member, String oneof) throws MalformedInputException {
        if (member == null) {
            throw invalid(oneof + " is not set");
        }
        return member;
    }

    /// The bytes are not what they should be.
    MalformedInputException unreadable(String what) {
        return new MalformedInputException(unreadable, "byte " + position + ": " + what);
    }

    /// The bytes can be read and say what is not allowed.
    MalformedInputException invalid(String what) {
        return new MalformedInputException(invalid, what);
    }
}
