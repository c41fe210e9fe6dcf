// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes blob attributes and the blobmsg values within them, all in network byte order.
final class BlobWriter {
    private static final int EXTENDED = 0x8000_0000;

    private byte[] bytes = new byte[256];
    private int size;

    /// One attribute with this payload.
    void attribute(int id, byte[] payload) {
        int start = open();
        put(payload);
        close(start, id << 24);
    }

    /// One attribute that holds a table, without a name of its own.
    void table(int id, UbusTable table) {
        int start = open();
        table.members().forEach(this::value);
        close(start, id << 24);
    }

    private void value(String name, UbusValue value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length > 0xffff) {
            throw new IllegalArgumentException("a name of " + text.length + " bytes");
        }
        int start = open();
        putNumber(text.length, Short.BYTES);
        put(text);
        putNumber(0, 1);
        pad();
        switch (value) {
            case UbusValue.Null ignored -> {}
            case UbusValue.Array array -> array.elements().forEach(element -> value("", element));
            case UbusTable table -> table.members().forEach(this::value);
            case UbusValue.Text(String content) -> {
                put(content.getBytes(StandardCharsets.UTF_8));
                putNumber(0, 1);
            }
            case UbusValue.Int64(long number) -> putNumber(number, Long.BYTES);
            case UbusValue.Int32(int number) -> putNumber(number, Integer.BYTES);
            case UbusValue.Int16(short number) -> putNumber(number, Short.BYTES);
            case UbusValue.Bool(boolean truth) -> putNumber(truth ? 1 : 0, 1);
            case UbusValue.Real(double number) -> putNumber(Double.doubleToRawLongBits(number), Long.BYTES);
        }
        close(start, EXTENDED | value.kind().number << 24);
    }

    private int open() {
        int start = size;
        putNumber(0, Integer.BYTES);
        return start;
    }

    /// The length counts the padding of what is inside, and not the attribute's own.
    private void close(int start, int head) {
        ByteBuffer.wrap(bytes).putInt(start, head | (size - start & 0xff_ffff));
        pad();
    }

    private void pad() {
        while (size % 4 != 0) {
            putNumber(0, 1);
        }
    }

    private void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void putNumber(long number, int width) {
        reserve(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (number >> shift);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
