// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.RecordQueue;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.usp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket session, of a server or a client: its last handler in the pipeline, and what the receiver
/// holds.
///
/// Kept small, since a server has one for each Agent: no timer, no thread, no buffer while nothing happens.
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements MtpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final ConnectInfo CONNECT_INFO = new ConnectInfo.WebSocket();

    private final Channel channel;
    private final PeerIdentity peer;
    private final MtpReceiver receiver;
    private final ConnectionLimits limits;
    private final Consumer<WebSocketConnection> ended;
    private final RecordQueue outbound;
    private volatile boolean open = true;
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastPing = lastHeard;
    private volatile boolean wanted = true;
    // The rest belongs to the event loop of the channel.
    private boolean pingUnanswered;
    private boolean announced;
    private @Nullable ByteBuf fragments;
    private @Nullable String endText;

    /// @param ended called once after the receiver knows of the end
    WebSocketConnection(
            Channel channel,
            PeerIdentity peer,
            MtpReceiver receiver,
            ConnectionLimits limits,
            Consumer<WebSocketConnection> ended) {
        this.channel = channel;
        this.peer = peer;
        this.receiver = receiver;
        this.limits = limits;
        this.ended = ended;
        this.outbound = new RecordQueue(limits.queuedRecords(), limits.queuedBytes());
    }

    /// Comes in place of the handler that made the upgrade, and tells the receiver that the session is there. On
    /// the event loop, once.
    void takeOver(ChannelHandler upgrade) {
        // Frames that were read at one go with the last one that the receiver wanted wait in the first handler.
        channel.pipeline().addLast(new FlowControlHandler(), this).remove(upgrade);
        announced = true;
        receiver.connected(this);
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public LinkSecurity security() {
        if (channel.pipeline().get(SslHandler.class) == null) {
            return peer.loopback() ? LinkSecurity.ON_THIS_HOST : LinkSecurity.NONE;
        }
        return new LinkSecurity(true, peer.loopback(), CertificateIdentity.chain(channel));
    }

    @Override
    public ConnectInfo connectInfo() {
        return CONNECT_INFO;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(Bytes record) throws IOException {
        if (!open) {
            throw new IOException("the connection to " + peer.address() + " is closed");
        }
        if (outbound.add(record)) {
            channel.eventLoop().execute(this::writeWaiting);
        }
    }

    /// Writes all that waits and flushes once: many small Records become one system call.
    private void writeWaiting() {
        ArrayDeque<Bytes> records = outbound.takeAll();
        for (Bytes record : records) {
            int size = record.size();
            channel.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(record.asReadOnlyBuffer())))
                    .addListener(finished -> outbound.done(size));
        }
        channel.flush();
    }

    @Override
    public void reading(boolean enabled) {
        // Where the receiver itself asks, on the event loop, nothing more comes to it.
        wanted = enabled;
        if (channel.eventLoop().inEventLoop()) {
            readAsWanted();
        } else {
            channel.eventLoop().execute(this::readAsWanted);
        }
    }

    private void readAsWanted() {
        lastHeard = System.nanoTime();
        pingUnanswered = false;
        // A connection that closes reads in any case, for the Close frame of the peer.
        channel.config().setAutoRead(wanted || !open);
    }

    @Override
    public void close(CloseReason reason) {
        close(CloseCode.of(reason), "closed by us: " + reason);
    }

    void close(WebSocketCloseStatus status, String text) {
        if (!open) {
            return;
        }
        open = false;
        channel.eventLoop().execute(() -> startClosing(status, text));
    }

    private void startClosing(WebSocketCloseStatus status, String text) {
        if (endText != null) {
            return;
        }
        open = false;
        endText = text;
        channel.config().setAutoRead(true);
        writeWaiting();
        channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(FailureLog.LISTENER);
        var deadline = channel.eventLoop().schedule(this::drop, Limits.CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(finished -> deadline.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        lastHeard = System.nanoTime();
        try {
            switch (message) {
                case BinaryWebSocketFrame frame -> data(frame.content(), frame.isFinalFragment());
                case ContinuationWebSocketFrame frame -> continuation(frame.content(), frame.isFinalFragment());
                case TextWebSocketFrame text ->
                    startClosing(
                            new WebSocketCloseStatus(1003, "records travel in binary frames"), "sent a text frame");
                case PingWebSocketFrame frame -> pong(frame.content());
                case CloseWebSocketFrame frame -> peerCloses(frame);
                default -> {
                    // A Pong has said all it says by coming.
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void data(ByteBuf content, boolean complete) {
        if (complete) {
            deliver(content);
        } else {
            fragments = channel.alloc().heapBuffer(content.readableBytes()).writeBytes(content);
        }
    }

    private void continuation(ByteBuf content, boolean complete) {
        ByteBuf before = fragments;
        if (before == null) {
            // The rest of a message that has already been too long; a stray one is stopped by the frame decoder.
            return;
        }
        if ((long) before.readableBytes() + content.readableBytes() > limits.maxRecordBytes()) {
            dropFragments();
            startClosing(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "sent a record of more than " + limits.maxRecordBytes() + " bytes");
            return;
        }
        before.writeBytes(content);
        if (complete) {
            deliver(before);
            dropFragments();
        }
    }

    private void deliver(ByteBuf content) {
        if (open) {
            byte[] record = new byte[content.readableBytes()];
            content.getBytes(content.readerIndex(), record);
            receiver.received(this, Bytes.adopt(record));
        }
    }

    private void drop() {
        channel.close().addListener(FailureLog.LISTENER);
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    private void pong(ByteBuf content) {
        // A peer that floods us with Pings and reads no Pongs must not fill our memory.
        if (open && channel.isWritable()) {
            channel.writeAndFlush(new PongWebSocketFrame(content.retain())).addListener(FailureLog.LISTENER);
        }
    }

    private void peerCloses(CloseWebSocketFrame frame) {
        open = false;
        if (endText == null) {
            int code = frame.statusCode();
            String words = Texts.shown(frame.reasonText());
            endText = "closed by the peer" + (code < 0 ? "" : " with " + code) + (words.isEmpty() ? "" : ": " + words);
            CloseWebSocketFrame answer = code < 0
                    ? new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER)
                    : new CloseWebSocketFrame(true, 0, code, "");
            channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        } else {
            drop();
        }
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    /// How often [KeepAlive] is to look at it at least.
    Duration keepAliveTick() {
        Duration share = limits.pingInterval().dividedBy(Limits.KEEP_ALIVE_SHARE);
        return share.compareTo(Limits.KEEP_ALIVE_TICK) < 0
                ? Limits.KEEP_ALIVE_TICK
                : share.compareTo(Limits.KEEP_ALIVE_REST) > 0 ? Limits.KEEP_ALIVE_REST : share;
    }

    /// Called by [KeepAlive] on its own thread.
    void keepAlive(long now) {
        long interval = limits.pingInterval().toNanos();
        if (open && now - lastPing >= interval) {
            channel.eventLoop().execute(() -> pingIfDue(now, interval));
        }
    }

    private void pingIfDue(long now, long interval) {
        if (!open || now - lastPing < interval) {
            return;
        }
        boolean silent = lastHeard - lastPing < 0;
        if (pingUnanswered && silent && channel.config().isAutoRead()) {
            open = false;
            endText = "the peer has been silent for " + limits.pingInterval().toMillis() + " ms after a ping";
            drop();
            return;
        }
        lastPing = System.nanoTime();
        pingUnanswered = true;
        // Where earlier bytes still wait for the peer, another ping would only queue up behind them.
        if (channel.isWritable()) {
            channel.writeAndFlush(new PingWebSocketFrame()).addListener(FailureLog.LISTENER);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        open = false;
        dropFragments();
        writeWaiting();
        try {
            if (announced) {
                receiver.disconnected(this, endText == null ? "the TCP connection ended" : endText);
            }
        } finally {
            ended.accept(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            // The decoder has sent the Close frame and closes.
            open = false;
            endText = "broke the WebSocket protocol: " + Texts.of(broken);
        } else if (cause instanceof IOException || cause instanceof DecoderException) {
            open = false;
            endText = endText == null ? Texts.of(cause) : endText;
            drop();
        } else {
            LOG.error("a receiver of {} failed; its connection is closed", peer.address(), cause);
            startClosing(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "an error of ours");
        }
    }
}
