// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/// The frame of a UNIX domain socket: `_USP`, the length of what follows, and one or more TLVs (R-UDS.6 to
/// R-UDS.11). All numbers are big-endian.
final class Frame {
    /// `_USP` (R-UDS.8).
    static final int SYNC = 0x5f555350;

    /// Bytes before the TLVs, which the length does not count (R-UDS.9).
    static final int HEADER_BYTES = 8;

    private Frame() {}

    /// A frame with one TLV, which is all that we ever send.
    static ByteBuf of(int type, Bytes value, ByteBufAllocator memory) {
        int rest = Tlv.HEADER_BYTES + value.size();
        return memory.buffer(HEADER_BYTES + rest)
                .writeInt(SYNC)
                .writeInt(rest)
                .writeByte(type)
                .writeInt(value.size())
                .writeBytes(value.asReadOnlyBuffer());
    }

    /// The TLVs of a frame without its header, which is read to its end.
    ///
    /// @throws MalformedInputException where lengths do not add up, or there is no TLV; then nothing of it counts
    static List<Tlv> read(ByteBuf rest) throws MalformedInputException {
        List<Tlv> fields = new ArrayList<>(1);
        while (rest.isReadable()) {
            if (rest.readableBytes() < Tlv.HEADER_BYTES) {
                throw malformed("the frame ends inside the header of a TLV");
            }
            int type = rest.readUnsignedByte();
            long length = rest.readUnsignedInt();
            if (length > rest.readableBytes()) {
                throw malformed("a TLV of " + length + " bytes is longer than its frame");
            }
            byte[] value = new byte[(int) length];
            rest.readBytes(value);
            fields.add(new Tlv(type, Bytes.adopt(value)));
        }
        if (fields.isEmpty()) {
            throw malformed("the frame has no TLV");
        }
        return fields;
    }

    static MalformedInputException malformed(String detail) {
        return new MalformedInputException(StandardErrorCode.RECORD_COULD_NOT_BE_PARSED, detail);
    }
}
