// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes protobuf's wire format straight from our records. The same writing code runs twice: first counting,
/// which finds the size of the whole and of each nested message, then into an array of that size. Counting
/// takes every text for ASCII, so that it need not look at it; where that was wrong the array grows and the
/// lengths around the text are put right.
///
/// As proto3 has it, fields that are empty, zero or false are left out; `member` methods write them all the
/// same, for oneofs.
final class WireWriter {
    private static final int KEY_TAG = 1 << 3 | WireReader.LEN;
    private static final int VALUE_TAG = 2 << 3 | WireReader.LEN;
    /// Most messages nest no deeper and no wider than this.
    private static final int EXPECTED_NESTED = 6;
    /// By how much a text's own length and those of the messages around it may widen: eight lengths of at
    /// most four bytes more.
    private static final int WIDENING = 32;

    /// Up to this length a text is written character by character: the JDK encodes faster, but into an array
    /// of its own for each text.
    private static final int SHORT = 12;

    private boolean counting = true;
    private int position;
    private byte[] buffer = {};
    /// The size of each nested message, in the order in which they begin.
    private int[] sizes = new int[EXPECTED_NESTED];
    private int nested;
    /// What must fit in the array: what was counted, and what texts beyond ASCII took more.
    private int needed;

    /// Writes all of one message.
    @FunctionalInterface
    interface Content<T> {
        void write(WireWriter out, T value);
    }

    static <T> Bytes encode(T value, Content<T> content) {
        WireWriter out = new WireWriter();
        content.write(out, value);
        out.startWriting();
        content.write(out, value);
        return Bytes.adopt(out.position == out.buffer.length ? out.buffer : Arrays.copyOf(out.buffer, out.position));
    }

    private void startWriting() {
        counting = false;
        needed = position;
        buffer = new byte[position];
        position = 0;
        nested = 0;
    }

    <T> void nested(int tag, T value, Content<T> content) {
        tag(tag);
        int index = nested++;
        if (counting) {
            int start = position;
            content.write(this, value);
            int length = position - start;
            remember(index, length);
            position += widthOf(length);
        } else {
            int counted = sizes[index];
            length(counted);
            int start = position;
            content.write(this, value);
            correctLength(start, counted);
        }
    }

    private void remember(int index, int length) {
        if (index >= sizes.length) {
            sizes = Arrays.copyOf(sizes, Math.max(index + 1, sizes.length * 2));
        }
        sizes[index] = length;
    }

    /// Puts right the length before `start` where what followed was not of the size that was counted.
    private void correctLength(int start, int counted) {
        int length = position - start;
        if (length == counted) {
            return;
        }
        int before = widthOf(counted);
        int widened = widthOf(length) - before;
        if (widened > 0) {
            System.arraycopy(buffer, start, buffer, start + widened, length);
        }
        putLength(start - before, length);
        position += widened;
    }

    <T> void each(int tag, List<T> values, Content<T> content) {
        for (int index = 0; index < values.size(); index++) {
            nested(tag, values.get(index), content);
        }
    }

    void string(int tag, String text) {
        if (!text.isEmpty()) {
            member(tag, text);
        }
    }

    void strings(int tag, List<String> texts) {
        for (int index = 0; index < texts.size(); index++) {
            member(tag, texts.get(index));
        }
    }

    /// A text that is written even when empty: an item of a list, part of a map entry or the member of a
    /// oneof.
    void member(int tag, String text) {
        tag(tag);
        int chars = text.length();
        if (counting) {
            position += widthOf(chars) + chars;
            return;
        }
        if (chars <= SHORT && putAscii(text, position + 1)) {
            putLength(position, chars);
            position += 1 + chars;
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length != chars) {
            makeRoom(encoded.length - chars + WIDENING);
        }
        length(encoded.length);
        System.arraycopy(encoded, 0, buffer, position, encoded.length);
        position += encoded.length;
    }

    /// Writes a text at `at`.
    ///
    /// @return false where it is not ASCII; what was written then means nothing
    private boolean putAscii(String text, int at) {
        int seen = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            seen |= character;
            buffer[at + index] = (byte) character;
        }
        return seen < 0x80;
    }

    private void makeRoom(int more) {
        needed += more;
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(needed, buffer.length + buffer.length / 2));
        }
    }

    void bytes(int tag, Bytes bytes) {
        if (!bytes.isEmpty()) {
            member(tag, bytes);
        }
    }

    /// Bytes that are written even when empty.
    void member(int tag, Bytes bytes) {
        tag(tag);
        length(bytes.size());
        if (!counting) {
            bytes.copyTo(buffer, position);
        }
        position += bytes.size();
    }

    void bool(int tag, boolean value) {
        number(tag, value ? 1 : 0);
    }

    /// An enum by its number on the wire, which its declaration promises to be the order of its constants.
    @SuppressWarnings("EnumOrdinal")
    void constant(int tag, Enum<?> constant) {
        number(tag, constant.ordinal());
    }

    /// An unsigned number of up to 64 bits.
    void number(int tag, long number) {
        if (number == 0) {
            return;
        }
        tag(tag);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    void fixed32(int tag, int value) {
        if (value != 0) {
            tag(tag);
            put(value);
            put(value >> 8);
            put(value >> 16);
            put(value >> 24);
        }
    }

    void map(int tag, Map<String, String> map) {
        map.forEach((key, value) -> entry(tag, key, value));
    }

    private void entry(int tag, String key, String value) {
        tag(tag);
        int counted = 2 + widthOf(key.length()) + key.length() + widthOf(value.length()) + value.length();
        if (counting) {
            position += widthOf(counted) + counted;
            return;
        }
        length(counted);
        int start = position;
        member(KEY_TAG, key);
        member(VALUE_TAG, value);
        correctLength(start, counted);
    }

    /// All tags of USP take one byte, as no field has a number above 15.
    private void tag(int tag) {
        put(tag);
    }

    private void put(int value) {
        if (!counting) {
            buffer[position] = (byte) value;
        }
        position++;
    }

    private void length(int length) {
        if (!counting) {
            putLength(position, length);
        }
        position += widthOf(length);
    }

    private void putLength(int at, int length) {
        int rest = length;
        int index = at;
        while (rest >= 0x80) {
            buffer[index++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[index] = (byte) rest;
    }

    /// How many bytes a length takes as a varint: one for each 7 bits.
    private static int widthOf(int length) {
        return length < 0x80 ? 1 : (38 - Integer.numberOfLeadingZeros(length)) / 7;
    }
}
