// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.Bytes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompHeaders;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One STOMP session from the TCP connection to its end: the last handler of its channel. Runs on the channel's
/// event loop and tells its listener there.
final class BrokerSession extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    static final String DECODER = "frames";

    /// What happens at the session.
    interface Listener {
        /// We listen at a destination now, for the first time or anew.
        void subscribed(BrokerSession session, String destination);

        void arrived(BrokerSession session, Incoming message);

        /// Told once.
        void ended(BrokerSession session, String reason);
    }

    /// A MESSAGE frame.
    ///
    /// @param complete whether the body is here; it is not where it was too long
    record Incoming(Optional<String> contentType, Optional<String> replyTo, Bytes body, boolean complete) {}

    private enum State {
        CONNECTING,
        SUBSCRIBING,
        UP,
        LEAVING
    }

    private final StompConfig config;
    private final Optional<String> ownDestination;
    private final Listener listener;
    private volatile LinkSecurity security = LinkSecurity.NONE;
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;
    private @Nullable String endText;
    private boolean destinationFromBroker;
    private String destination = "";
    private int subscriptions;

    BrokerSession(StompConfig config, Optional<String> ownDestination, Listener listener) {
        this.config = config;
        this.ownDestination = ownDestination;
        this.listener = listener;
    }

    // ---- the way up

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        security = new LinkSecurity(config.secure(), isThisHost(context.channel()), List.of());
        deadline = context.executor()
                .schedule(
                        () -> end("no answer within " + Limits.ANSWER_TIME.toSeconds() + " s"),
                        Limits.ANSWER_TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (!config.secure()) {
            write(Frames.stomp(config));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                security = new LinkSecurity(
                        true, isThisHost(context.channel()), CertificateIdentity.chain(context.channel()));
                write(Frames.stomp(config));
            } else {
                end(Texts.of(handshake.cause()));
            }
        } else if (event instanceof IdleStateEvent idle) {
            idle(idle);
        }
    }

    private static boolean isThisHost(Channel connected) {
        return connected.remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    /// How the connection to the broker is secured, once it stands. On any thread.
    LinkSecurity security() {
        return security;
    }

    private void connected(ChannelHandlerContext context, StompFrame frame) {
        Optional<String> version = Frames.header(frame, StompHeaders.VERSION);
        if (state != State.CONNECTING || version.filter(Frames.VERSION::equals).isEmpty()) {
            end("the broker speaks STOMP " + version.map(Texts::shown).orElse("1.0") + ", we need " + Frames.VERSION);
            return;
        }
        startHeartBeats(context, Frames.header(frame, StompHeaders.HEART_BEAT));
        Optional<String> told = Frames.header(frame, Frames.SUBSCRIBE_DEST).filter(StompDestinations::mayBeAnswered);
        destinationFromBroker = told.isPresent();
        Optional<String> chosen = told.or(() -> ownDestination);
        if (chosen.isPresent()) {
            state = State.SUBSCRIBING;
            subscribe(chosen.get());
        } else {
            leave("no destination is configured for us, and the broker named none");
        }
    }

    private void subscribe(String where) {
        destination = where;
        subscriptions++;
        write(Frames.subscribe(Integer.toString(subscriptions), where, receiptOfSubscription()));
    }

    private String receiptOfSubscription() {
        return "subscribed-" + subscriptions;
    }

    private void up() {
        if (state == State.SUBSCRIBING) {
            state = State.UP;
            stopWaiting();
            listener.subscribed(this, destination);
        }
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /// On the event loop: listens elsewhere from now on (R-STOMP.29).
    ///
    /// @return false where the broker has chosen the destination, so that ours is of no account
    boolean moveTo(String where) {
        if (destinationFromBroker) {
            return false;
        }
        if (state == State.UP && !where.equals(destination)) {
            write(Frames.unsubscribe(Integer.toString(subscriptions)));
            state = State.SUBSCRIBING;
            subscribe(where);
        }
        return true;
    }

    // ---- heart-beats

    private void startHeartBeats(ChannelHandlerContext context, Optional<String> answer) {
        StompHeartBeat agreed =
                config.session().heartBeat().orElse(StompHeartBeat.NONE).agreed(answer);
        // A little early, since the broker wants something at least so often; and with as much patience again.
        long write = agreed.outgoing().toMillis() * 3 / 4;
        long read = agreed.incoming().toMillis() * 2;
        if (write > 0 || read > 0) {
            context.pipeline()
                    .addBefore(DECODER, "heart-beat", new IdleStateHandler(read, write, 0, TimeUnit.MILLISECONDS));
        }
    }

    private void idle(IdleStateEvent idle) {
        Channel used = channel;
        if (used == null) {
            return;
        }
        switch (idle.state()) {
            case WRITER_IDLE -> {
                if (used.isWritable()) {
                    used.writeAndFlush(used.alloc().buffer(1).writeByte('\n')).addListener(FailureLog.LISTENER);
                }
            }
            case READER_IDLE -> {
                // While we do not read, silence is our own doing.
                if (used.config().isAutoRead()) {
                    end("the broker has been silent for more than two of its heart-beats");
                }
            }
            case ALL_IDLE -> {}
        }
    }

    // ---- frames

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof StompFrame frame) {
                read(context, frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext context, StompFrame frame) {
        switch (frame.command()) {
            case CONNECTED -> connected(context, frame);
            case MESSAGE -> message(frame);
            case RECEIPT ->
                receipt(Frames.header(frame, StompHeaders.RECEIPT_ID).orElse(""));
            case ERROR -> error(frame);
            case STOMP, CONNECT, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, ABORT, COMMIT, DISCONNECT, UNKNOWN ->
                end("the broker broke the STOMP protocol: it sent a frame of clients, " + frame.command());
        }
    }

    private void message(StompFrame frame) {
        if (state == State.CONNECTING || state == State.LEAVING) {
            return;
        }
        // Some brokers deliver before they confirm.
        up();
        byte[] body = new byte[frame.content().readableBytes()];
        frame.content().getBytes(frame.content().readerIndex(), body);
        listener.arrived(
                this,
                new Incoming(
                        Frames.header(frame, StompHeaders.CONTENT_TYPE),
                        Frames.header(frame, Frames.REPLY_TO_DEST),
                        Bytes.adopt(body),
                        !frame.decoderResult().isFailure()));
    }

    /// Receipts that we did not ask for mean nothing to us (R-STOMP.30).
    private void receipt(String id) {
        if (state == State.LEAVING) {
            drop();
        } else if (id.equals(receiptOfSubscription())) {
            up();
        }
    }

    private void error(StompFrame frame) {
        String message = Frames.header(frame, StompHeaders.MESSAGE)
                .orElseGet(() -> frame.content().toString(StandardCharsets.UTF_8));
        end("the broker says: " + Texts.shown(message));
    }

    // ---- called by the transport, on any thread

    /// @param written told when the socket has taken the frame, or never will
    void send(StompFrame frame, Runnable written) {
        Channel used = channel;
        if (used == null) {
            ReferenceCountUtil.release(frame);
            written.run();
        } else {
            used.writeAndFlush(frame).addListener(FailureLog.LISTENER).addListener(done -> written.run());
        }
    }

    void reading(boolean enabled) {
        Channel used = channel;
        if (used != null) {
            used.config().setAutoRead(enabled);
        }
    }

    void onLoop(Runnable task) {
        Channel used = channel;
        if (used != null) {
            used.eventLoop().execute(task);
        }
    }

    // ---- the way down

    /// On the event loop: ends the session in order (R-STOMP.28), so that the broker has taken all that was sent.
    void leave(String reason) {
        if (state == State.LEAVING) {
            return;
        }
        boolean established = state != State.CONNECTING || endText == null;
        state = State.LEAVING;
        stopWaiting();
        endText = endText == null ? reason : endText;
        Channel used = channel;
        if (used != null && established) {
            // What is still to come must be read, or the receipt would not.
            used.config().setAutoRead(true);
            write(Frames.disconnect("bye"));
            deadline = used.eventLoop().schedule(this::drop, Limits.CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            drop();
        }
    }

    private void end(String reason) {
        endText = endText == null ? reason : endText;
        drop();
    }

    private void drop() {
        Channel used = channel;
        if (used != null) {
            used.close().addListener(FailureLog.LISTENER);
        }
    }

    private void write(StompFrame frame) {
        send(frame, () -> {});
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        listener.ended(this, endText == null ? "the TCP connection ended" : endText);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException broken) {
            end(
                    config.secure() && state == State.CONNECTING
                            ? Texts.of(broken)
                            : "the broker broke the STOMP protocol: " + Texts.of(broken));
        } else if (cause instanceof IOException) {
            end(Texts.of(cause));
        } else {
            LOG.error("an error of ours; the session at {} is closed", config.place(), cause);
            end("an error of ours");
        }
    }
}
