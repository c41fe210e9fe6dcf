// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the blobmsg values that programs on the bus put into their messages. Trusts no length and no depth.
final class BlobReader {
    private BlobReader() {}

    /// The members of a table that has no name of its own, as in the data of a call.
    static UbusTable table(byte[] payload) throws MalformedInputException {
        return table(ByteBuffer.wrap(payload), 0);
    }

    private static UbusTable table(ByteBuffer payload, int depth) throws MalformedInputException {
        Map<String, UbusValue> members = new LinkedHashMap<>();
        while (payload.hasRemaining()) {
            Attribute attribute = Attribute.next(payload);
            String name = attribute.name();
            members.put(name, value(attribute, depth));
        }
        return new UbusTable(members);
    }

    private static List<UbusValue> elements(ByteBuffer payload, int depth) throws MalformedInputException {
        List<UbusValue> elements = new ArrayList<>();
        while (payload.hasRemaining()) {
            Attribute attribute = Attribute.next(payload);
            attribute.name();
            elements.add(value(attribute, depth));
        }
        return elements;
    }

    /// One attribute, the payload beginning with its name until that was read.
    private record Attribute(int type, ByteBuffer payload) {
        static Attribute next(ByteBuffer from) throws MalformedInputException {
            int start = from.position();
            int head = from.remaining() < Integer.BYTES ? 0 : from.getInt(start);
            int length = head & 0xff_ffff;
            if (length < Integer.BYTES || length > from.remaining()) {
                throw malformed("a value of " + length + " bytes where " + from.remaining() + " are left");
            }
            if (head >= 0) {
                throw malformed("a value without a name");
            }
            from.position(Math.min(from.limit(), start + aligned(length)));
            return new Attribute(head >>> 24 & 0x7f, from.slice(start + Integer.BYTES, length - Integer.BYTES));
        }

        String name() throws MalformedInputException {
            int length = payload.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(payload.getShort(0));
            int head = aligned(Short.BYTES + length + 1);
            if (payload.remaining() < Short.BYTES + length + 1 || payload.get(Short.BYTES + length) != 0) {
                throw malformed("a value whose name does not end");
            }
            byte[] bytes = new byte[length];
            payload.get(Short.BYTES, bytes);
            payload.position(Math.min(head, payload.limit()));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static UbusValue value(Attribute attribute, int depth) throws MalformedInputException {
        if (depth >= Limits.DEPTH) {
            throw malformed("more than " + Limits.DEPTH + " values within each other");
        }
        ByteBuffer payload = attribute.payload().slice();
        return switch (attribute.type()) {
            case 0 -> new UbusValue.Null();
            case 1 -> new UbusValue.Array(elements(payload, depth + 1));
            case 2 -> table(payload, depth + 1);
            case 3 -> new UbusValue.Text(text(payload));
            case 4 -> new UbusValue.Int64(wide(payload, Long.BYTES).getLong(0));
            case 5 -> new UbusValue.Int32(wide(payload, Integer.BYTES).getInt(0));
            case 6 -> new UbusValue.Int16(wide(payload, Short.BYTES).getShort(0));
            case 7 -> new UbusValue.Bool(wide(payload, 1).get(0) != 0);
            case 8 -> new UbusValue.Real(wide(payload, Double.BYTES).getDouble(0));
            default -> throw malformed("a value of the unknown kind " + attribute.type());
        };
    }

    private static ByteBuffer wide(ByteBuffer payload, int bytes) throws MalformedInputException {
        if (payload.remaining() != bytes) {
            throw malformed("a number of " + payload.remaining() + " bytes in place of " + bytes);
        }
        return payload;
    }

    private static String text(ByteBuffer payload) throws MalformedInputException {
        int end = 0;
        while (end < payload.remaining() && payload.get(end) != 0) {
            end++;
        }
        if (end == payload.remaining()) {
            throw malformed("a text that does not end");
        }
        byte[] bytes = new byte[end];
        payload.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int aligned(int length) {
        return length + 3 & ~3;
    }

    static MalformedInputException malformed(String what) {
        return new MalformedInputException(StandardErrorCode.INTERNAL_ERROR, "ubus: " + what);
    }
}
