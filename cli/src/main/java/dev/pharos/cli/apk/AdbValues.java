// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A tree of values as apk-tools has it: each is a word of 32 bits, with its kind in the upper four and in the
/// others the value itself or where it is. All of it is little-endian. A value that is there already is not
/// written again.
final class AdbValues {
    /// A value that is not there.
    static final int NONE = 0;

    private static final int SMALL_NUMBER = 0x1000_0000;
    private static final int NUMBER = 0x2000_0000;
    private static final int LARGE_NUMBER = 0x3000_0000;
    private static final int SHORT_BYTES = 0x8000_0000;
    private static final int BYTES = 0x9000_0000;
    private static final int LONG_BYTES = 0xa000_0000;
    private static final int ARRAY = 0xd000_0000;
    private static final int OBJECT = 0xe000_0000;
    private static final int WHERE = 0x0fff_ffff;

    /// Two versions and the word of the root.
    private static final int HEAD = 8;
    private static final int ROOT = 4;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Map<ByteBuffer, Integer> known = new HashMap<>();

    AdbValues() {
        written.writeBytes(new byte[HEAD]);
    }

    /// @param value not negative
    int number(long value) {
        if (value < SMALL_NUMBER) {
            return SMALL_NUMBER | (int) value;
        }
        return value <= 0xffff_ffffL
                ? NUMBER | place(words(4).putInt((int) value).array(), 4)
                : LARGE_NUMBER | place(words(8).putLong(value).array(), 4);
    }

    int text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    int bytes(byte[] value) {
        int length = value.length;
        if (length == 0) {
            return NONE;
        }
        if (length <= 0xff) {
            return SHORT_BYTES
                    | place(words(1 + length).put((byte) length).put(value).array(), 1);
        }
        return length <= 0xffff
                ? BYTES
                        | place(
                                words(2 + length)
                                        .putShort((short) length)
                                        .put(value)
                                        .array(),
                                2)
                : LONG_BYTES | place(words(4 + length).putInt(length).put(value).array(), 4);
    }

    /// Bytes that [#fill] says later, and that nothing else shares.
    ///
    /// @param length at most 255
    int later(int length) {
        ByteBuffer zeroes = ByteBuffer.wrap(words(1 + length).put((byte) length).array());
        known.remove(zeroes);
        int value = bytes(new byte[length]);
        known.remove(zeroes);
        return value;
    }

    /// Members in the order of their numbers; those at the end that are [#NONE] are left out.
    int object(int... members) {
        return slots(OBJECT, members);
    }

    int array(List<Integer> elements) {
        return slots(ARRAY, elements.stream().mapToInt(Integer::intValue).toArray());
    }

    private int slots(int kind, int... members) {
        int count = members.length;
        while (count > 0 && members[count - 1] == NONE) {
            count--;
        }
        if (count == 0) {
            return NONE;
        }
        byte[] slots = new byte[4 * (count + 1)];
        ByteBuffer words = ByteBuffer.wrap(slots).order(ByteOrder.LITTLE_ENDIAN).putInt(count + 1);
        for (int member : Arrays.copyOf(members, count)) {
            words.putInt(member);
        }
        return kind | place(slots, 4);
    }

    private static ByteBuffer words(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int place(byte[] value, int alignment) {
        Integer there = known.get(ByteBuffer.wrap(value));
        if (there != null && there % alignment == 0) {
            return there;
        }
        written.writeBytes(new byte[-written.size() & (alignment - 1)]);
        int place = written.size();
        if (place > WHERE - value.length) {
            throw new IllegalArgumentException("too much to be said of a package");
        }
        written.writeBytes(value);
        known.put(ByteBuffer.wrap(value), place);
        return place;
    }

    /// All of it, with this value as the root.
    byte[] rooted(int root) {
        byte[] all = written.toByteArray();
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(ROOT, root);
        return all;
    }

    /// Says what [#later] had kept a place for.
    static void fill(byte[] all, int later, byte[] value) {
        System.arraycopy(value, 0, all, (later & WHERE) + 1, value.length);
    }
}
