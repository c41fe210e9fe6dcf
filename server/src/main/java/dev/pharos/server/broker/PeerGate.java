// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.server.broker.Admission.Application;
import dev.pharos.server.broker.Admission.Verdict;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands between the wire and Artemis on each connection: finds out who comes, keeps out what no client may do, and
/// turns topics into the form of the inner side and back (see [TopicCode]). Runs on the connection's network thread.
final class PeerGate extends ChannelDuplexHandler {
    private enum State {
        NEW,
        DECIDING,
        IN,
        GONE
    }

    private final Admission admission;
    private final BrokerRefusals refusals;
    private final BrokerReports reports;
    private final Queue<MqttMessage> held = new ArrayDeque<>(0);
    private final Set<String> filters = new HashSet<>(4);
    private State state = State.NEW;
    private boolean version5;
    private @Nullable BrokerPeer peer;
    private @Nullable ReportGate reporting;
    private @Nullable Future<?> patience;

    PeerGate(Admission admission, BrokerRefusals refusals, BrokerReports reports) {
        this.admission = admission;
        this.refusals = refusals;
        this.reports = reports;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        patience = ctx.executor()
                .schedule(
                        () -> {
                            if (state == State.NEW) {
                                turnAway(ctx, "sent no CONNECT packet");
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
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        if (!(packet instanceof MqttMessage message)) {
            ReferenceCountUtil.release(packet);
            return;
        }
        switch (state) {
            case NEW -> first(ctx, message);
            case DECIDING -> hold(ctx, message);
            case IN -> known(ctx, message);
            case GONE -> ReferenceCountUtil.release(message);
        }
    }

    // ---- before the client is known

    private void first(ChannelHandlerContext ctx, MqttMessage message) {
        if (message.decoderResult().isFailure() || !(message instanceof MqttConnectMessage connect)) {
            ReferenceCountUtil.release(message);
            turnAway(ctx, "sent something else than a CONNECT packet of MQTT");
            return;
        }
        int version = connect.variableHeader().version();
        version5 = version == 5;
        if (version != 4 && version != 5) {
            turnAway(ctx, "speaks version " + version + " of MQTT");
            return;
        }
        state = State.DECIDING;
        MqttConnectPayload payload = connect.payload();
        byte[] password = payload.passwordInBytes();
        Application client = new Application(
                Admission.Protocol.MQTT,
                (InetSocketAddress) ctx.channel().remoteAddress(),
                Optional.ofNullable(payload.clientIdentifier()).orElse(""),
                Optional.ofNullable(payload.userName()),
                password == null ? "" : new String(password, StandardCharsets.UTF_8),
                CertificateIdentity.of(ctx.channel()));
        admission.decide(client, verdict -> {
            if (ctx.executor().inEventLoop()) {
                decided(ctx, connect, verdict);
            } else {
                ctx.executor().execute(() -> decided(ctx, connect, verdict));
            }
        });
    }

    private void hold(ChannelHandlerContext ctx, MqttMessage message) {
        if (held.size() >= Limits.HELD_PACKETS) {
            ReferenceCountUtil.release(message);
            turnAway(ctx, "sends before it was let in");
        } else {
            held.add(message);
        }
    }

    private void decided(ChannelHandlerContext ctx, MqttConnectMessage connect, Verdict verdict) {
        if (state != State.DECIDING) {
            return;
        }
        switch (verdict) {
            case Verdict.Refused refused -> refuse(ctx, Packets.refusal(version5, refused.reason()), refused.text());
            case Verdict.Later _ -> {
                state = State.GONE;
                ctx.writeAndFlush(Packets.refusal(version5, Admission.Reason.BUSY))
                        .addListener(ChannelFutureListener.CLOSE);
            }
            case Verdict.Admitted admitted -> admit(ctx, connect, admitted.peer());
        }
    }

    private void admit(ChannelHandlerContext ctx, MqttConnectMessage connect, BrokerPeer admitted) {
        if (connect.variableHeader().isWillFlag()
                && !admitted.mayPublish(connect.payload().willTopic())) {
            refuse(
                    ctx,
                    Packets.refusal(version5, Admission.Reason.LOGIN),
                    "may not publish its will to " + connect.payload().willTopic());
            return;
        }
        peer = admitted;
        reporting = admitted instanceof BrokerPeer.Device device ? new ReportGate(reports, device, version5) : null;
        state = State.IN;
        ctx.channel().attr(TopicGuard.PEER).set(admitted);
        ctx.fireChannelRead(Packets.inner(connect, admitted.session()));
        while (state == State.IN && !held.isEmpty()) {
            known(ctx, held.remove());
        }
        ctx.fireChannelReadComplete();
    }

    private void refuse(ChannelHandlerContext ctx, MqttConnAckMessage answer, String reason) {
        state = State.GONE;
        refusals.refused("mqtt", address(ctx), reason);
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private void turnAway(ChannelHandlerContext ctx, String reason) {
        state = State.GONE;
        refusals.refused("mqtt", address(ctx), reason);
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private String address(ChannelHandlerContext ctx) {
        return peer != null
                ? peer.address()
                : ctx.channel().remoteAddress() instanceof InetSocketAddress from
                        ? from.getAddress().getHostAddress() + ":" + from.getPort()
                        : "unknown";
    }

    // ---- once it is

    private void known(ChannelHandlerContext ctx, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            turnAway(ctx, "sent a packet that is malformed or too large");
            return;
        }
        switch (message) {
            case MqttPublishMessage publish -> publish(ctx, publish);
            case MqttSubscribeMessage subscribe -> subscribe(ctx, subscribe);
            case MqttUnsubscribeMessage unsubscribe -> {
                filters.removeAll(unsubscribe.payload().topics());
                ctx.fireChannelRead(Packets.inner(unsubscribe));
            }
            default -> other(ctx, message);
        }
    }

    private void other(ChannelHandlerContext ctx, MqttMessage message) {
        MqttMessageType type = message.fixedHeader().messageType();
        if (type == MqttMessageType.CONNECT || type == MqttMessageType.AUTH) {
            ReferenceCountUtil.release(message);
            turnAway(ctx, "sent a second " + type + " packet");
        } else if (type == MqttMessageType.PUBREL && reporting != null && reporting.released(ctx, message)) {
            ReferenceCountUtil.release(message);
        } else if (type == MqttMessageType.DISCONNECT && version5) {
            ctx.fireChannelRead(Packets.innerDisconnect(message));
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void publish(ChannelHandlerContext ctx, MqttPublishMessage publish) {
        BrokerPeer who = peer;
        String topic = publish.variableHeader().topicName();
        Optional<String> replyTo = Packets.responseTopic(publish);
        if (who instanceof BrokerPeer.Device device && MqttTopics.isForReports(topic)) {
            if (reporting != null && device.mayReport(topic)) {
                reporting.take(ctx, publish);
                return;
            }
            reports.notAllowed(device.id(), device.address(), "may not report to " + shortened(topic));
        }
        boolean allowed = who != null
                && topic.length() <= Limits.TOPIC_LENGTH
                && who.mayPublish(topic)
                && (replyTo.isEmpty() || who.mayBeAnsweredAt(replyTo.get()));
        if (allowed) {
            ctx.fireChannelRead(Packets.inner(publish));
            return;
        }
        Optional<MqttMessage> answer = Packets.notAuthorized(publish);
        ReferenceCountUtil.release(publish);
        String reason = "may not publish to " + shortened(topic)
                + replyTo.map(to -> ", answers to " + shortened(to)).orElse("");
        if (!version5) {
            // MQTT 3.1.1 has no other way of saying no [MQTT-3.3.5-2].
            turnAway(ctx, reason);
            return;
        }
        refusals.refused("mqtt", address(ctx), reason);
        if (answer.isPresent()) {
            ctx.writeAndFlush(answer.get()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage subscribe) {
        subscribe.payload().topicSubscriptions().forEach(wanted -> filters.add(wanted.topicFilter()));
        boolean tooMuch = filters.size() > Limits.SUBSCRIPTIONS
                || filters.stream().anyMatch(filter -> filter.length() > Limits.TOPIC_LENGTH);
        if (tooMuch) {
            turnAway(ctx, "subscribes to too many topics, or to one that is too long");
        } else {
            // Each filter is judged by TopicGuard, whose refusals Artemis puts into the SUBACK.
            ctx.fireChannelRead(Packets.inner(subscribe));
        }
    }

    private static String shortened(String topic) {
        return topic.length() > 256 ? topic.substring(0, 256) + "…" : topic;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
        Object outer = packet;
        if (packet instanceof MqttPublishMessage publish) {
            outer = Packets.outer(publish);
        } else if (packet instanceof MqttConnAckMessage answer && version5 && state == State.IN) {
            outer = Packets.outer(
                    answer, peer instanceof BrokerPeer.Device device ? Optional.of(device.all()) : Optional.empty());
        }
        ctx.write(outer, promise.unvoid()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
