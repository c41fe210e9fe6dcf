// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.mtp.tls.CrowdGate.Answer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// TLS of an accepted connection, which asks a [CrowdGate] when its first bytes come: a peer that says nothing
/// takes
/// no place.
final class GatedSslHandler extends SslHandler {
    /// A whole record: a fatal alert, `internal_error`, for which one needs neither key nor handshake. TLS has
    /// none that says "later" (RFC 8446 section 6).
    private static final byte[] NOT_NOW = {21, 3, 3, 0, 2, 2, 80};

    private enum State {
        UNTOUCHED,
        ENTERED,
        TURNED_AWAY
    }

    private final CrowdGate gate;
    private final Duration place;
    private @Nullable Consumer<Throwable> listener;
    private volatile State state = State.UNTOUCHED;

    GatedSslHandler(SSLEngine engine, CrowdGate gate, Duration place) {
        super(engine);
        this.gate = gate;
        this.place = place;
    }

    /// Whom to tell of what fails, in place of the pipeline.
    void tell(Consumer<Throwable> failed) {
        listener = failed;
        handshakeFuture().addListener(done -> {
            if (!done.isSuccess() && state != State.TURNED_AWAY) {
                failed.accept(done.cause());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (state == State.UNTOUCHED) {
            SocketAddress peer = context.channel().remoteAddress();
            switch (gate.enter(peer)) {
                case Answer.Enter _ -> enter(context, peer);
                case Answer.TurnedAway answer -> turnAway(context, answer);
            }
        }
        if (state == State.TURNED_AWAY) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    private void enter(ChannelHandlerContext context, SocketAddress peer) {
        state = State.ENTERED;
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                gate.leave(peer);
            }
        };
        Future<?> timer = context.executor().schedule(leave, place.toMillis(), TimeUnit.MILLISECONDS);
        handshakeFuture().addListener(_ -> {
            timer.cancel(false);
            leave.run();
        });
    }

    private void turnAway(ChannelHandlerContext context, Answer.TurnedAway answer) {
        state = State.TURNED_AWAY;
        // Before anybody closes it: the peer is to hear it too.
        context.writeAndFlush(Unpooled.wrappedBuffer(NOT_NOW)).addListener(ChannelFutureListener.CLOSE);
        answer.told().map(CrowdedException::new).ifPresent(crowded -> tell(context, crowded));
    }

    private void tell(ChannelHandlerContext context, CrowdedException crowded) {
        if (listener != null) {
            listener.accept(crowded);
        } else {
            context.fireUserEventTriggered(new SslHandshakeCompletionEvent(crowded));
            context.fireExceptionCaught(crowded);
        }
    }
}
