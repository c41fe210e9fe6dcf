// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.server.broker.BrokerReports.Answer;
import dev.pharos.server.broker.BrokerReports.Outcome;
import dev.pharos.usp.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the reports of one device out of what it sends, and confirms each when it is stored: they never lie in the
/// memory of the broker. Runs on the connection's network thread.
final class ReportGate {
    private static final Logger LOG = LoggerFactory.getLogger(ReportGate.class);

    private final BrokerReports reports;
    private final BrokerPeer.Device device;
    private final boolean version5;
    /// Of QoS 2, from their PUBREC to their PUBREL.
    private final Set<Integer> received = new HashSet<>(0);
    private int underWay;

    ReportGate(BrokerReports reports, BrokerPeer.Device device, boolean version5) {
        this.reports = reports;
        this.device = device;
        this.version5 = version5;
    }

    /// Takes a report, and answers it when it is known what became of it.
    void take(ChannelHandlerContext ctx, MqttPublishMessage publish) {
        MqttQoS qos = publish.fixedHeader().qosLevel();
        int id = publish.variableHeader().packetId();
        Optional<String> contentType = Packets.contentType(publish);
        Bytes body = Bytes.adopt(ByteBufUtil.getBytes(publish.payload()));
        ReferenceCountUtil.release(publish);
        if (qos == MqttQoS.EXACTLY_ONCE && received.contains(id)) {
            // once more, since our answer was lost
            answer(ctx, qos, id, new Answer(Outcome.STORED, ""));
            return;
        }
        if (underWay >= Limits.REPORTS_OF_A_DEVICE || received.size() >= Limits.IN_FLIGHT) {
            answer(ctx, qos, id, new Answer(Outcome.LATER, "too many reports at once"));
            return;
        }
        underWay++;
        var report = new BrokerReports.Published(device.id(), device.address(), contentType, body);
        Thread.ofVirtual().name("broker-report").start(() -> {
            Answer answer = taken(report);
            try {
                ctx.executor().execute(() -> {
                    underWay--;
                    answer(ctx, qos, id, answer);
                });
            } catch (RejectedExecutionException stopped) {
                LOG.debug("the broker stops before {} was answered", device.id());
            }
        });
    }

    private Answer taken(BrokerReports.Published report) {
        try {
            return reports.take(report);
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours in a report of {}", device.id(), defect);
            return new Answer(Outcome.LATER, "it could not be stored");
        }
    }

    /// Of MQTT 3.1.1, which has no other way, what is never taken is confirmed and what is to come again is not.
    private void answer(ChannelHandlerContext ctx, MqttQoS qos, int id, Answer answer) {
        boolean silent = qos == MqttQoS.AT_MOST_ONCE || (!version5 && answer.outcome() == Outcome.LATER);
        if (silent || !ctx.channel().isActive()) {
            return;
        }
        if (qos == MqttQoS.EXACTLY_ONCE && (answer.outcome() == Outcome.STORED || !version5)) {
            received.add(id);
        }
        write(ctx, Packets.reported(qos, id, version5 ? Optional.of(answer) : Optional.empty()));
    }

    /// The second half of QoS 2.
    ///
    /// @return whether it was about a report
    boolean released(ChannelHandlerContext ctx, MqttMessage release) {
        if (release.variableHeader() instanceof MqttMessageIdVariableHeader header
                && received.remove(header.messageId())) {
            write(ctx, Packets.complete(header.messageId()));
            return true;
        }
        return false;
    }

    private static void write(ChannelHandlerContext ctx, MqttMessage packet) {
        ctx.writeAndFlush(packet).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
