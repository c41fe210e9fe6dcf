// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whole STOMP 1.2 frames, and the ends of line between them that are heart-beats. Everything is bounded: a
/// head that is too long or malformed is the end, a body that is too long is skipped, and its frame comes without
/// it, marked as failed. For either side of a connection; why it is not Netty's own, `docs/decisions` says.
public final class StompFrameDecoder extends ByteToMessageDecoder {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte NUL = 0;

    /// What stands between frames.
    public enum HeartBeat {
        /// One end of line, or several that came at once.
        EOL
    }

    private enum State {
        BETWEEN,
        HEAD,
        BODY,
        SKIPPED_BODY,
        BROKEN
    }

    private State state = State.BETWEEN;
    private StompHead head = new StompHead();
    private int maxBodyBytes;
    private @Nullable StompFrame tooLong;
    private long toSkip;
    private int searched;

    /// @param maxBodyBytes a longer body is skipped
    public StompFrameDecoder(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /// Changes the bound for bodies, from the next read on. On the event loop.
    public void setMaxBodyBytes(int bound) {
        maxBodyBytes = bound;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            State before;
            do {
                before = state;
                step(in, out);
                // A new state may have nothing to read any more, and the caller takes that for "more is needed".
            } while (state != before && out.isEmpty());
        } catch (CorruptedFrameException | TooLongFrameException broken) {
            state = State.BROKEN;
            throw broken;
        }
    }

    private void step(ByteBuf in, List<Object> out) {
        switch (state) {
            case BETWEEN -> between(in, out);
            case HEAD -> head(in);
            case BODY -> body(in, out);
            case SKIPPED_BODY -> skip(in, out);
            case BROKEN -> in.skipBytes(in.readableBytes());
        }
    }

    private void between(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        while (in.isReadable()) {
            byte next = in.getByte(in.readerIndex());
            if (next != LF && next != CR) {
                state = State.HEAD;
                break;
            }
            in.skipBytes(1);
        }
        if (in.readerIndex() > start) {
            out.add(HeartBeat.EOL);
        }
    }

    private void head(ByteBuf in) {
        int length = in.bytesBefore(LF);
        if (length < 0) {
            if (in.readableBytes() > Limits.LINE_BYTES) {
                throw new TooLongFrameException("a line of more than " + Limits.LINE_BYTES + " bytes");
            }
            return;
        }
        byte[] line = new byte[length];
        in.readBytes(line);
        in.skipBytes(1);
        if (head.add(line)) {
            state = State.BODY;
        }
    }

    private void body(ByteBuf in, List<Object> out) {
        long announced = head.contentLength();
        if (announced > maxBodyBytes) {
            startSkipping(announced);
        } else if (announced >= 0) {
            announcedBody(in, (int) announced, out);
        } else {
            bodyUpToNul(in, out);
        }
    }

    private void announcedBody(ByteBuf in, int length, List<Object> out) {
        if (in.readableBytes() <= length) {
            return;
        }
        if (in.getByte(in.readerIndex() + length) != NUL) {
            throw new CorruptedFrameException("no NUL after the " + length + " bytes that content-length says");
        }
        complete(in, length, out);
    }

    private void bodyUpToNul(ByteBuf in, List<Object> out) {
        int found = in.indexOf(in.readerIndex() + searched, in.writerIndex(), NUL);
        int length = (found < 0 ? in.writerIndex() : found) - in.readerIndex();
        if (length > maxBodyBytes) {
            startSkipping(-1);
        } else if (found >= 0) {
            complete(in, length, out);
        } else {
            searched = length;
        }
    }

    private void complete(ByteBuf in, int length, List<Object> out) {
        ByteBuf content = length == 0 ? Unpooled.EMPTY_BUFFER : in.readBytes(length);
        in.skipBytes(1);
        out.add(frame(content));
        next();
    }

    private StompFrame frame(ByteBuf content) {
        StompFrame frame = new DefaultStompFrame(head.command(), content);
        frame.headers().set(head.headers());
        return frame;
    }

    private void startSkipping(long length) {
        StompFrame frame = frame(Unpooled.EMPTY_BUFFER);
        frame.setDecoderResult(
                DecoderResult.failure(new TooLongFrameException("a body of more than " + maxBodyBytes + " bytes")));
        tooLong = frame;
        toSkip = length;
        state = State.SKIPPED_BODY;
    }

    /// `toSkip` counts down to the NUL that ends the frame; below zero the NUL is looked for.
    private void skip(ByteBuf in, List<Object> out) {
        if (toSkip < 0) {
            int before = in.bytesBefore(NUL);
            in.skipBytes(before < 0 ? in.readableBytes() : before);
        } else {
            int part = (int) Math.min(toSkip, in.readableBytes());
            in.skipBytes(part);
            toSkip -= part;
            if (toSkip > 0) {
                return;
            }
        }
        if (in.isReadable()) {
            if (in.readByte() != NUL) {
                throw new CorruptedFrameException("no NUL after the bytes that content-length says");
            }
            StompFrame frame = tooLong;
            if (frame != null) {
                out.add(frame);
            }
            next();
        }
    }

    private void next() {
        head = new StompHead();
        tooLong = null;
        searched = 0;
        state = State.BETWEEN;
    }
}
