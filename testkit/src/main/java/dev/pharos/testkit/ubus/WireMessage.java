// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit.ubus;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A message as ubusd sees it: attributes by number, their content as it is. Written for the tests, and not with
/// the code that they test.
final class WireMessage {
    static final int HEAD = 12;
    static final int LARGEST = 1 << 20;

    final int type;
    final int sequence;
    final int peer;
    final Map<Integer, byte[]> attributes = new LinkedHashMap<>();

    WireMessage(int type, int sequence, int peer) {
        this.type = type;
        this.sequence = sequence;
        this.peer = peer;
    }

    static WireMessage of(byte[] head, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(head);
        WireMessage message = new WireMessage(
                Byte.toUnsignedInt(buffer.get(1)), Short.toUnsignedInt(buffer.getShort(2)), buffer.getInt(4));
        ByteBuffer rest = ByteBuffer.wrap(body);
        while (rest.remaining() >= 4) {
            int start = rest.position();
            int word = rest.getInt(start);
            int length = word & 0xffffff;
            int padded = (length + 3) / 4 * 4;
            // an attribute without its padding is dropped, as ubusd does
            if (length < 4 || padded > rest.remaining()) {
                break;
            }
            byte[] payload = new byte[length - 4];
            rest.get(start + 4, payload);
            message.attributes.put(word >>> 24 & 0x7f, payload);
            rest.position(start + padded);
        }
        return message;
    }

    WireMessage with(int id, int number) {
        return with(id, ByteBuffer.allocate(4).putInt(number).array());
    }

    WireMessage with(int id, String text) {
        return with(id, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    WireMessage with(int id, byte[] payload) {
        attributes.put(id, payload);
        return this;
    }

    Optional<Integer> number(int id) {
        byte[] payload = attributes.get(id);
        return payload == null || payload.length != 4
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(payload).getInt());
    }

    Optional<String> text(int id) {
        return Optional.ofNullable(attributes.get(id)).flatMap(WireMessage::text);
    }

    private static Optional<String> text(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
    }

    byte[] encoded() {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        attributes.forEach((id, payload) -> {
            blob.writeBytes(
                    ByteBuffer.allocate(4).putInt(id << 24 | payload.length + 4).array());
            blob.writeBytes(payload);
            while (blob.size() % 4 != 0) {
                blob.write(0);
            }
        });
        return ByteBuffer.allocate(HEAD + blob.size())
                .put((byte) 0)
                .put((byte) type)
                .putShort((short) sequence)
                .putInt(peer)
                .putInt(blob.size() + 4)
                .put(blob.toByteArray())
                .array();
    }

    /// One member of a table: the number of its kind, and its content.
    record Member(int kind, Bytes content) {
        Optional<String> text() {
            return kind == 3 ? WireMessage.text(content.toByteArray()) : Optional.empty();
        }

        Optional<Integer> number() {
            return kind == 5 && content.size() == 4
                    ? Optional.of(content.asReadOnlyBuffer().getInt())
                    : Optional.empty();
        }
    }

    /// The members of the table in this attribute, up to the first that makes no sense.
    Map<String, Member> members(int id) {
        Map<String, Member> members = new LinkedHashMap<>();
        ByteBuffer rest = ByteBuffer.wrap(attributes.getOrDefault(id, new byte[0]));
        while (rest.remaining() >= 8) {
            int start = rest.position();
            int word = rest.getInt(start);
            int length = word & 0xffffff;
            int name = Short.toUnsignedInt(rest.getShort(start + 4));
            int value = 4 + (2 + name + 1 + 3) / 4 * 4;
            if (value > length || length > rest.remaining()) {
                break;
            }
            byte[] content = new byte[length - value];
            rest.get(start + value, content);
            members.put(
                    new String(rest.array(), start + 6, name, StandardCharsets.UTF_8),
                    new Member(word >>> 24 & 0x7f, Bytes.adopt(content)));
            rest.position(Math.min(rest.limit(), start + (length + 3) / 4 * 4));
        }
        return members;
    }

    /// A member of a table, as bytes with their padding.
    static byte[] member(String name, int kind, byte[] content) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int value = 4 + (2 + text.length + 1 + 3) / 4 * 4;
        int length = value + content.length;
        return ByteBuffer.allocate((length + 3) / 4 * 4)
                .putInt(0x8000_0000 | kind << 24 | length)
                .putShort((short) text.length)
                .put(text)
                .put(value, content)
                .array();
    }
}
