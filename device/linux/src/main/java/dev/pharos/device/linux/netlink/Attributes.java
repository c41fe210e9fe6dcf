// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import dev.pharos.device.diagnostics.AddressText;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The attributes of a message: `rtattr`s, each with a length, a type and a value. Of several of one type the
/// last counts, as it does in the kernel.
final class Attributes {
    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3FFF;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final Map<Integer, ByteBuffer> values = new HashMap<>();

    /// @param bytes from the position to the limit, in the byte order of the host
    static Attributes read(ByteBuffer bytes) throws MalformedInputException {
        Attributes attributes = new Attributes();
        ByteBuffer rest = bytes.slice().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER) {
            int length = Short.toUnsignedInt(rest.getShort(rest.position()));
            int type = Short.toUnsignedInt(rest.getShort(rest.position() + 2)) & TYPE_MASK;
            if (length < HEADER || length > rest.remaining()) {
                throw malformed("an attribute of " + length + " bytes where " + rest.remaining() + " are left");
            }
            attributes.values.put(
                    type, rest.slice(rest.position() + HEADER, length - HEADER).order(ByteOrder.nativeOrder()));
            rest.position(Math.min(rest.limit(), rest.position() + aligned(length)));
        }
        return attributes;
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    static MalformedInputException malformed(String why) {
        return new MalformedInputException(StandardErrorCode.INTERNAL_ERROR, "netlink: " + why);
    }

    Optional<ByteBuffer> value(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> value.duplicate().order(ByteOrder.nativeOrder()));
    }

    /// Text that ends with a zero byte or with the attribute.
    String text(int type) {
        return value(type)
                .map(value -> {
                    int end = 0;
                    while (end < value.limit() && value.get(end) != 0) {
                        end++;
                    }
                    byte[] text = new byte[end];
                    value.get(0, text);
                    return new String(text, StandardCharsets.UTF_8);
                })
                .orElse("");
    }

    long unsignedInt(int type, long otherwise) throws MalformedInputException {
        Optional<ByteBuffer> value = value(type);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get().remaining() < Integer.BYTES) {
            throw malformed("attribute " + type + " has no 32 bits");
        }
        return Integer.toUnsignedLong(value.get().getInt(0));
    }

    int unsignedByte(int type) throws MalformedInputException {
        Optional<ByteBuffer> value = value(type);
        if (value.isPresent() && !value.get().hasRemaining()) {
            throw malformed("attribute " + type + " is empty");
        }
        return value.map(bytes -> Byte.toUnsignedInt(bytes.get(0))).orElse(0);
    }

    /// A hardware address with colons; empty where there is none, or where it has not the six bytes of
    /// Ethernet's.
    String mac(int type) {
        return value(type)
                .filter(value -> value.remaining() == 6)
                .map(value -> COLONS.formatHex(bytes(value)))
                .orElse("");
    }

    /// An IP address as text; empty where there is none.
    String address(int type, boolean six) throws MalformedInputException {
        Optional<ByteBuffer> value = value(type);
        if (value.isEmpty()) {
            return "";
        }
        byte[] bytes = bytes(value.get());
        if (bytes.length != (six ? 16 : 4)) {
            throw malformed("an address of " + bytes.length + " bytes");
        }
        return AddressText.of(bytes);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
