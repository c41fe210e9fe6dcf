// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.nio.ByteBuffer;
import java.util.Optional;

/// One message between ubusd and a client.
///
/// @param sequence of the request that it is, or that it answers; 0 to 65,535
/// @param peer a client or an object, as the type says
record UbusMessage(UbusMessageType type, int sequence, int peer, UbusAttributes attributes) {
    /// The message's own head and that of its blob.
    static final int HEAD_BYTES = 12;

    byte[] encoded() {
        byte[] blob = attributes.encoded();
        return ByteBuffer.allocate(HEAD_BYTES + blob.length)
                .put((byte) 0)
                .put((byte) type.number)
                .putShort((short) sequence)
                .putInt(peer)
                .putInt(blob.length + Integer.BYTES)
                .put(blob)
                .array();
    }

    /// How many bytes follow a head; below 0 where it makes no sense.
    static int bodyBytes(byte[] head) {
        int length = ByteBuffer.wrap(head).getInt(8) & 0xff_ffff;
        return length < Integer.BYTES || length > Limits.MESSAGE_BYTES ? -1 : length - Integer.BYTES;
    }

    /// @return empty for a type that is not known, which is to be passed over
    static Optional<UbusMessage> decoded(byte[] head, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(head);
        int sequence = Short.toUnsignedInt(buffer.getShort(2));
        return UbusMessageType.of(Byte.toUnsignedInt(buffer.get(1)))
                .map(type -> new UbusMessage(type, sequence, buffer.getInt(4), UbusAttributes.of(body)));
    }

    UbusStatus status() {
        return UbusStatus.of(attributes.word(UbusAttribute.STATUS).orElse(UbusStatus.UNKNOWN_ERROR.code()));
    }
}
