// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompHeaders;
import io.netty.handler.codec.stomp.StompSubframeEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The frames that [StompGate] changes on their way: `inner` is towards Artemis, `outer` towards the client. In both
/// directions only headers pass that are named here: Artemis gives a meaning to many others.
final class StompFrames extends StompSubframeEncoder {
    static final String REPLY_TO_DEST = "reply-to-dest";
    private static final String CONTENT_TYPE = "content-type";
    private static final Set<String> OUTER = Set.of(
            "version",
            "session",
            "heart-beat",
            "receipt-id",
            "destination",
            "message-id",
            "subscription",
            CONTENT_TYPE,
            "content-length",
            "message",
            REPLY_TO_DEST);

    /// The login does not go further.
    static StompFrame innerConnect(StompFrame connect) {
        StompFrame made = new DefaultStompFrame(StompCommand.STOMP);
        made.headers().set(StompHeaders.ACCEPT_VERSION, "1.2");
        copy(connect, made, "heart-beat");
        return made;
    }

    static StompFrame innerSend(StompFrame send, String destination) {
        StompFrame made =
                new DefaultStompFrame(StompCommand.SEND, send.content().retainedSlice());
        made.headers()
                .set(StompHeaders.DESTINATION, StompPeer.inner(destination))
                .set(
                        StompHeaders.CONTENT_LENGTH,
                        Integer.toString(send.content().readableBytes()));
        copy(send, made, CONTENT_TYPE, REPLY_TO_DEST, "receipt");
        return made;
    }

    static StompFrame innerSubscribe(StompFrame subscribe, String destination) {
        StompFrame made = new DefaultStompFrame(StompCommand.SUBSCRIBE);
        made.headers()
                .set(StompHeaders.DESTINATION, StompPeer.inner(destination))
                .set(StompHeaders.ACK, "auto");
        copy(subscribe, made, "id", "receipt");
        return made;
    }

    /// UNSUBSCRIBE or DISCONNECT.
    static StompFrame innerEnd(StompFrame frame) {
        StompFrame made = new DefaultStompFrame(frame.command());
        copy(frame, made, "id", "receipt");
        return made;
    }

    static StompFrame error(String message) {
        StompFrame made = new DefaultStompFrame(StompCommand.ERROR);
        made.headers().set(StompHeaders.MESSAGE, message).set(StompHeaders.VERSION, "1.2");
        return made;
    }

    private static void copy(StompFrame from, StompFrame to, String... names) {
        for (String name : names) {
            header(from, name).ifPresent(value -> to.headers().set(name, value));
        }
    }

    static Optional<String> header(StompFrame frame, String name) {
        return Optional.ofNullable(frame.headers().getAsString(name));
    }

    /// The bytes of a frame.
    ByteBuf bytes(ChannelHandlerContext context, StompFrame frame) throws Exception {
        List<Object> out = new ArrayList<>(1);
        encode(context, frame, out);
        return (ByteBuf) out.getFirst();
    }

    /// What Artemis writes, one frame a buffer, as the client is to get it. Takes the buffer over.
    ///
    /// @param ownDestination told to the client when it is welcomed (R-STOMP.6)
    static ByteBuf outer(ByteBuf inner, Optional<String> ownDestination) {
        int end = endOfHead(inner);
        if (end < 0) {
            // A heart-beat.
            return inner;
        }
        String[] lines =
                inner.toString(inner.readerIndex(), end, StandardCharsets.UTF_8).split("\n", -1);
        boolean error = lines[0].equals("ERROR");
        StringBuilder head = new StringBuilder(256).append(lines[0]).append('\n');
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = colon < 0 ? "" : lines[i].substring(0, colon);
            if (name.equals("destination")) {
                head.append("destination:")
                        .append(escaped(StompPeer.outer(lines[i].substring(colon + 1))))
                        .append('\n');
            } else if (OUTER.contains(name) && !(error && name.startsWith("content-"))) {
                head.append(lines[i]).append('\n');
            }
        }
        if (lines[0].equals("CONNECTED")) {
            // CONNECTED knows no escapes.
            ownDestination.ifPresent(
                    own -> head.append("subscribe-dest:").append(own).append('\n'));
        }
        head.append('\n');
        if (error) {
            // Its body is for developers of the broker.
            inner.release();
            return Unpooled.copiedBuffer(head.append('\0').toString(), StandardCharsets.UTF_8);
        }
        inner.skipBytes(end + 2);
        return Unpooled.wrappedBuffer(Unpooled.copiedBuffer(head.toString(), StandardCharsets.UTF_8), inner);
    }

    /// Bytes before the empty line; -1 where there is none.
    private static int endOfHead(ByteBuf frame) {
        int from = frame.readerIndex();
        for (int at = from; at + 1 < frame.writerIndex(); at++) {
            if (frame.getByte(at) == '\n' && frame.getByte(at + 1) == '\n') {
                return at - from;
            }
        }
        return -1;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace(":", "\\c");
    }
}
