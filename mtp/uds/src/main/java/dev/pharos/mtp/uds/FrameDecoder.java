// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.usp.MalformedInputException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Cuts what comes from the socket into frames and hands on their TLVs, or says once why it cannot: after
/// that nothing more is read, since nobody knows where the next frame would begin.
final class FrameDecoder extends ByteToMessageDecoder {
    /// The stream makes no sense (R-UDS.24).
    record Unparsable(String reason) {}

    private static final byte[] SYNC = {0x5f, 0x55, 0x53, 0x50};

    private int maxFrameBytes = Limits.STRANGER_FRAME_BYTES;
    private boolean lost;

    /// The peer has said who it is and may send Records from now on.
    void allow(int frameBytes) {
        maxFrameBytes = frameBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (lost) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            checkSync(in);
            if (in.readableBytes() < Frame.HEADER_BYTES) {
                return;
            }
            long length = in.getUnsignedInt(in.readerIndex() + 4);
            if (length > maxFrameBytes) {
                throw Frame.malformed(
                        "a frame of " + length + " bytes is more than the " + maxFrameBytes + " that are taken here");
            }
            if (in.readableBytes() < Frame.HEADER_BYTES + length) {
                return;
            }
            in.skipBytes(Frame.HEADER_BYTES);
            out.addAll(Frame.read(in.readSlice((int) length)));
        } catch (MalformedInputException malformed) {
            lost = true;
            in.skipBytes(in.readableBytes());
            out.add(new Unparsable(malformed.detail()));
        }
    }

    /// Garbage is told from its first byte, not only when eight have come.
    private static void checkSync(ByteBuf in) throws MalformedInputException {
        int seen = Math.min(SYNC.length, in.readableBytes());
        for (int i = 0; i < seen; i++) {
            if (in.getByte(in.readerIndex() + i) != SYNC[i]) {
                throw Frame.malformed("the frame does not begin with _USP");
            }
        }
    }
}
