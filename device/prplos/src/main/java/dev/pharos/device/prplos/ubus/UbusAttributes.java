// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What is in a message, by attribute, in the order on the wire. Of an attribute that is there twice the last
/// counts; those that are not known, and what comes behind one that is cut off, are passed over, as ubus does.
record UbusAttributes(Map<UbusAttribute, Bytes> payloads) {
    static final UbusAttributes NONE = new UbusAttributes(Map.of());

    static UbusAttributes of(byte[] blob) {
        Map<UbusAttribute, Bytes> payloads = new LinkedHashMap<>();
        Bytes bytes = Bytes.adopt(blob);
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        int at = 0;
        while (blob.length - at >= Integer.BYTES) {
            int head = buffer.getInt(at);
            int length = head & 0xff_ffff;
            if (length < Integer.BYTES || length > blob.length - at) {
                break;
            }
            Bytes payload = bytes.slice(at + Integer.BYTES, at + length);
            UbusAttribute.of(head >>> 24 & 0x7f).ifPresent(id -> payloads.put(id, payload));
            at += BlobReader.aligned(length);
        }
        return new UbusAttributes(payloads);
    }

    byte[] encoded() {
        BlobWriter writer = new BlobWriter();
        payloads.forEach((id, payload) -> writer.attribute(id.number, payload.toByteArray()));
        return writer.toByteArray();
    }

    UbusAttributes with(UbusAttribute id, int word) {
        return with(
                id, Bytes.adopt(ByteBuffer.allocate(Integer.BYTES).putInt(word).array()));
    }

    UbusAttributes with(UbusAttribute id, String text) {
        return with(id, Bytes.ofUtf8(text + "\0"));
    }

    UbusAttributes with(UbusAttribute id, UbusTable table) {
        BlobWriter writer = new BlobWriter();
        writer.table(id.number, table);
        byte[] attribute = writer.toByteArray();
        return with(id, Bytes.adopt(attribute).slice(Integer.BYTES, attribute.length));
    }

    UbusAttributes withFlag(UbusAttribute id) {
        return with(id, Bytes.copyOf(new byte[] {1}));
    }

    private UbusAttributes with(UbusAttribute id, Bytes payload) {
        Map<UbusAttribute, Bytes> more = new LinkedHashMap<>(payloads);
        more.put(id, payload);
        return new UbusAttributes(more);
    }

    /// How many bytes they hold.
    int size() {
        return payloads.values().stream().mapToInt(Bytes::size).sum();
    }

    /// A number of 32 bits; none where it has another width.
    OptionalInt word(UbusAttribute id) {
        Bytes payload = payloads.get(id);
        return payload == null || payload.size() != Integer.BYTES
                ? OptionalInt.empty()
                : OptionalInt.of(payload.asReadOnlyBuffer().getInt());
    }

    /// A text; none where it does not end with a zero byte.
    Optional<String> text(UbusAttribute id) {
        Bytes payload = payloads.get(id);
        if (payload == null || payload.isEmpty() || payload.at(payload.size() - 1) != 0) {
            return Optional.empty();
        }
        String text = new String(payload.toByteArray(), StandardCharsets.UTF_8);
        return Optional.of(text.substring(0, text.indexOf('\0')));
    }

    /// Whether a number of 8 bits is there and not 0.
    boolean flag(UbusAttribute id) {
        Bytes payload = payloads.get(id);
        return payload != null && payload.size() == 1 && payload.at(0) != 0;
    }

    /// A table; an empty one where there is none.
    UbusTable table(UbusAttribute id) throws MalformedInputException {
        Bytes payload = payloads.get(id);
        return payload == null ? UbusTable.EMPTY : BlobReader.table(payload.toByteArray());
    }
}
