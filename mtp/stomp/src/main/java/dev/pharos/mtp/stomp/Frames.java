// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.usp.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompHeaders;
import java.util.Optional;

/// The frames that we send. There are no others: nothing is ever sent in a transaction or acknowledged (R-STOMP.26,
/// R-STOMP.27). Netty's encoder escapes their headers.
final class Frames {
    static final String CONTENT_TYPE = "application/vnd.bbf.usp.msg";
    static final String REPLY_TO_DEST = "reply-to-dest";
    static final String SUBSCRIBE_DEST = "subscribe-dest";
    static final String VERSION = "1.2";
    private static final String ENDPOINT_ID = "endpoint-id";

    private Frames() {}

    /// Opens the session; not with CONNECT, whose headers know no escapes (R-STOMP.2, R-STOMP.4).
    static StompFrame stomp(StompConfig config) {
        StompFrame frame = new DefaultStompFrame(StompCommand.STOMP);
        StompSession session = config.session();
        frame.headers()
                .set(StompHeaders.ACCEPT_VERSION, VERSION)
                .set(StompHeaders.HOST, session.virtualHost().orElse(config.host()))
                .set(ENDPOINT_ID, config.own().toString());
        session.login()
                .ifPresent(login -> frame.headers()
                        .set(StompHeaders.LOGIN, login.login())
                        .set(StompHeaders.PASSCODE, login.passcode()));
        session.heartBeat().ifPresent(offered -> frame.headers().set(StompHeaders.HEART_BEAT, offered.text()));
        return frame;
    }

    static StompFrame subscribe(String id, String destination, String receipt) {
        StompFrame frame = new DefaultStompFrame(StompCommand.SUBSCRIBE);
        frame.headers()
                .set(StompHeaders.ID, id)
                .set(StompHeaders.DESTINATION, destination)
                .set(StompHeaders.ACK, "auto")
                .set(StompHeaders.RECEIPT, receipt);
        return frame;
    }

    static StompFrame unsubscribe(String id) {
        StompFrame frame = new DefaultStompFrame(StompCommand.UNSUBSCRIBE);
        frame.headers().set(StompHeaders.ID, id);
        return frame;
    }

    static StompFrame send(String destination, String replyTo, Bytes record) {
        StompFrame frame = new DefaultStompFrame(StompCommand.SEND, Unpooled.wrappedBuffer(record.asReadOnlyBuffer()));
        frame.headers()
                .set(StompHeaders.DESTINATION, destination)
                .set(StompHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .set(REPLY_TO_DEST, replyTo)
                .set(StompHeaders.CONTENT_LENGTH, Integer.toString(record.size()));
        return frame;
    }

    static StompFrame disconnect(String receipt) {
        StompFrame frame = new DefaultStompFrame(StompCommand.DISCONNECT);
        frame.headers().set(StompHeaders.RECEIPT, receipt);
        return frame;
    }

    /// A header that is there and not empty.
    static Optional<String> header(StompFrame frame, CharSequence name) {
        return Optional.ofNullable(frame.headers().getAsString(name)).filter(value -> !value.isEmpty());
    }
}
