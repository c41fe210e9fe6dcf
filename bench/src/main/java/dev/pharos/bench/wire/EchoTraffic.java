// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// One frame, again and again, that must come back as it was.
final class EchoTraffic implements WebSocketLoad.Traffic {
    private final ByteBuf frame;

    EchoTraffic(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i * 31);
        }
        this.frame = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(content).asReadOnly());
    }

    @Override
    public ByteBuf frame(int connection) {
        return frame.duplicate();
    }

    @Override
    public WebSocketLoad.Verdict came(int connection, ByteBuf content) {
        return content.equals(frame) ? WebSocketLoad.Verdict.ANSWER : WebSocketLoad.Verdict.WRONG;
    }
}
