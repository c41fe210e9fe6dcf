// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.stomp.StompFrameDecoder;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.server.broker.Admission.Application;
import dev.pharos.server.broker.Admission.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stands between the wire and Artemis on each STOMP connection, as [PeerGate] does for MQTT: finds out who comes,
/// keeps
/// out what no client may do, and turns destinations into the form of the inner side and back (see [StompPeer]).
/// Artemis
/// gets nothing but frames that were made here. Runs on the connection's network thread.
///
/// USP sends nothing in transactions and acknowledges nothing (R-STOMP.26, R-STOMP.27): such frames are refused.
final class StompGate extends ChannelDuplexHandler {
    private static final Pattern HEART_BEAT = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");

    private enum State {
        NEW,
        DECIDING,
        IN,
        GONE
    }

    private final Admission admission;
    private final BrokerRefusals refusals;
    private final StompPresence presence;
    private final StompFrameDecoder decoder;
    private final StompFrames frames = new StompFrames();
    private final Queue<StompFrame> held = new ArrayDeque<>(0);
    private final Set<String> subscriptions = new HashSet<>(4);
    private State state = State.NEW;
    private @Nullable BrokerPeer peer;
    private @Nullable Future<?> patience;
    private @Nullable ChannelHandlerContext context;

    StompGate(Admission admission, BrokerRefusals refusals, StompPresence presence, StompFrameDecoder decoder) {
        this.admission = admission;
        this.refusals = refusals;
        this.presence = presence;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        patience = ctx.executor()
                .schedule(
                        () -> {
                            if (state == State.NEW) {
                                refuse(ctx, "sent no CONNECT or STOMP frame");
                            }
                        },
                        Limits.CONNECT_TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        state = State.GONE;
        if (patience != null) {
            patience.cancel(false);
        }
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        if (peer != null) {
            presence.left(peer.session(), this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        try {
            switch (message) {
                case StompFrame frame -> read(ctx, frame);
                case StompFrameDecoder.HeartBeat _ -> heartBeat(ctx);
                default -> {
                    // The decoder makes nothing else.
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, StompFrame frame) throws Exception {
        switch (state) {
            case NEW -> first(ctx, frame);
            case DECIDING -> hold(ctx, frame);
            case IN -> known(ctx, frame);
            case GONE -> {}
        }
    }

    private void heartBeat(ChannelHandlerContext ctx) {
        if (state == State.IN) {
            ctx.fireChannelRead(ctx.alloc().buffer(1).writeByte('\n'));
        }
    }

    // ---- before the client is known

    private void first(ChannelHandlerContext ctx, StompFrame frame) {
        boolean opens = frame.command() == StompCommand.CONNECT || frame.command() == StompCommand.STOMP;
        Optional<String> heartBeat = StompFrames.header(frame, "heart-beat");
        if (!opens || frame.decoderResult().isFailure()) {
            refuse(ctx, "sent something else than a CONNECT or STOMP frame");
        } else if (!List.of(StompFrames.header(frame, "accept-version")
                        .orElse("1.0")
                        .split(","))
                .contains("1.2")) {
            refuse(ctx, "does not speak STOMP 1.2");
        } else if (heartBeat.isPresent() && !HEART_BEAT.matcher(heartBeat.get()).matches()) {
            refuse(ctx, "sent a heart-beat header that is none");
        } else {
            decide(ctx, frame);
        }
    }

    private void decide(ChannelHandlerContext ctx, StompFrame connect) {
        state = State.DECIDING;
        Application client = new Application(
                Admission.Protocol.STOMP,
                (InetSocketAddress) ctx.channel().remoteAddress(),
                StompFrames.header(connect, "endpoint-id").orElse(""),
                StompFrames.header(connect, "login").filter(login -> !login.isEmpty()),
                StompFrames.header(connect, "passcode").orElse(""),
                CertificateIdentity.of(ctx.channel()));
        StompFrame inner = StompFrames.innerConnect(connect);
        admission.decide(client, verdict -> {
            if (ctx.executor().inEventLoop()) {
                decided(ctx, inner, verdict);
            } else {
                ctx.executor().execute(() -> decided(ctx, inner, verdict));
            }
        });
    }

    private void hold(ChannelHandlerContext ctx, StompFrame frame) {
        if (held.size() >= Limits.HELD_PACKETS) {
            refuse(ctx, "sends before it was let in");
        } else {
            held.add(frame.retain());
        }
    }

    private void decided(ChannelHandlerContext ctx, StompFrame inner, Verdict verdict) {
        if (state != State.DECIDING) {
            return;
        }
        switch (verdict) {
            case Verdict.Refused refused -> refuse(ctx, refused.text());
            case Verdict.Later later ->
                end(ctx, "too many come at once; try again in " + later.after().toSeconds() + " s");
            case Verdict.Admitted admitted -> admit(ctx, inner, admitted.peer());
        }
    }

    private void admit(ChannelHandlerContext ctx, StompFrame inner, BrokerPeer admitted) {
        peer = admitted;
        state = State.IN;
        decoder.setMaxBodyBytes(Limits.PACKET_BYTES);
        ctx.channel().attr(TopicGuard.PEER).set(admitted);
        presence.came(admitted.session(), this);
        try {
            forward(ctx, inner);
            while (state == State.IN && !held.isEmpty()) {
                StompFrame next = held.remove();
                try {
                    known(ctx, next);
                } finally {
                    next.release();
                }
            }
        } catch (Exception failed) {
            exceptionCaught(ctx, failed);
        }
        ctx.fireChannelReadComplete();
    }

    /// The same client has come again; on any thread.
    void replaced() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> end(ctx, "the same Endpoint has connected anew"));
        }
    }

    // ---- once it is

    private void known(ChannelHandlerContext ctx, StompFrame frame) throws Exception {
        if (frame.decoderResult().isFailure()) {
            refuse(ctx, "sent a frame that is too large");
            return;
        }
        switch (frame.command()) {
            case SEND -> send(ctx, frame);
            case SUBSCRIBE -> subscribe(ctx, frame);
            case UNSUBSCRIBE -> {
                if (subscriptions.remove(StompFrames.header(frame, "id").orElse(""))) {
                    forward(ctx, StompFrames.innerEnd(frame));
                } else {
                    refuse(ctx, "ends a subscription that it has not");
                }
            }
            case DISCONNECT -> forward(ctx, StompFrames.innerEnd(frame));
            case ACK, NACK, BEGIN, COMMIT, ABORT ->
                refuse(ctx, "sent " + frame.command() + ": acknowledgements and transactions are not offered");
            case CONNECT, STOMP, CONNECTED, MESSAGE, RECEIPT, ERROR, UNKNOWN ->
                refuse(ctx, "sent a " + frame.command() + " frame, which has no place here");
        }
    }

    private void send(ChannelHandlerContext ctx, StompFrame frame) throws Exception {
        BrokerPeer who = peer;
        Optional<String> destination = destination(frame);
        Optional<String> replyTo = StompFrames.header(frame, StompFrames.REPLY_TO_DEST);
        boolean allowed = who != null
                && destination.map(StompPeer::judged).filter(who::mayPublish).isPresent()
                && (replyTo.isEmpty() || who.mayBeAnsweredAt(StompPeer.judged(replyTo.get())));
        if (allowed) {
            forward(ctx, StompFrames.innerSend(frame, destination.get()));
        } else {
            refuse(
                    ctx,
                    "may not send to " + shortened(destination.orElse("no destination"))
                            + replyTo.map(to -> ", answers to " + shortened(to)).orElse(""));
        }
    }

    private void subscribe(ChannelHandlerContext ctx, StompFrame frame) throws Exception {
        BrokerPeer who = peer;
        Optional<String> destination = destination(frame);
        Optional<String> id = StompFrames.header(frame, "id").filter(text -> !text.isEmpty());
        String ack = StompFrames.header(frame, "ack").orElse("auto");
        if (id.isEmpty() || !subscriptions.add(id.get()) || subscriptions.size() > Limits.SUBSCRIPTIONS) {
            refuse(ctx, "subscribes without an id, with one that is in use, or too often");
        } else if (!ack.equals("auto")) {
            refuse(ctx, "wants to acknowledge, which is not offered");
        } else if (who == null
                || destination.map(StompPeer::judged).filter(who::maySubscribe).isEmpty()) {
            refuse(ctx, "may not listen at " + shortened(destination.orElse("no destination")));
        } else {
            forward(ctx, StompFrames.innerSubscribe(frame, destination.get()));
        }
    }

    private static Optional<String> destination(StompFrame frame) {
        return StompFrames.header(frame, "destination").filter(name -> name.length() <= Limits.TOPIC_LENGTH);
    }

    private void forward(ChannelHandlerContext ctx, StompFrame inner) throws Exception {
        try {
            ctx.fireChannelRead(frames.bytes(ctx, inner));
        } finally {
            inner.release();
        }
    }

    // ---- towards the client

    private void refuse(ChannelHandlerContext ctx, String reason) {
        if (state != State.GONE) {
            refusals.refused("stomp", address(ctx), reason);
            end(ctx, reason);
        }
    }

    /// An ERROR frame is the last one of a connection.
    private void end(ChannelHandlerContext ctx, String reason) {
        if (state == State.GONE) {
            return;
        }
        state = State.GONE;
        try {
            ctx.writeAndFlush(frames.bytes(ctx, StompFrames.error(reason))).addListener(ChannelFutureListener.CLOSE);
        } catch (Exception unwritable) {
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private String address(ChannelHandlerContext ctx) {
        return peer != null
                ? peer.address()
                : ctx.channel().remoteAddress() instanceof InetSocketAddress from
                        ? from.getAddress().getHostAddress() + ":" + from.getPort()
                        : "unknown";
    }

    private static String shortened(String destination) {
        String printable = destination.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 256 ? printable.substring(0, 256) + "…" : printable;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf inner) || state == State.GONE) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new IllegalStateException("the connection is over"));
            return;
        }
        boolean last = inner.readableBytes() > 5
                && inner.toString(inner.readerIndex(), 5, StandardCharsets.US_ASCII)
                        .equals("ERROR");
        Optional<String> own = peer instanceof StompPeer.Device device ? Optional.of(device.own()) : Optional.empty();
        ctx.write(StompFrames.outer(inner, own), promise.unvoid())
                .addListener(last ? ChannelFutureListener.CLOSE : ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            refuse(ctx, "sent what is no STOMP");
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
