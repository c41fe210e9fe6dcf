// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import java.util.Optional;

/// The packets that [PeerGate] changes on their way: `inner` is towards Artemis, `outer` towards the client.
final class Packets {
    /// Artemis ends a connection without keep-alive at once, so that "none" becomes the longest there is.
    private static final int LONGEST_KEEP_ALIVE = 65_535;

    private Packets() {}

    /// The login does not go further. No session outlives its connection: there is nothing that could be kept, or pile
    /// up, for a client that does not come back.
    static MqttConnectMessage inner(MqttConnectMessage connect, String session) {
        MqttConnectVariableHeader header = connect.variableHeader();
        MqttConnectPayload payload = connect.payload();
        int keepAlive = header.keepAliveTimeSeconds();
        return new MqttConnectMessage(
                connect.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        false,
                        false,
                        false,
                        header.willQos(),
                        header.isWillFlag(),
                        true,
                        keepAlive == 0 ? LONGEST_KEEP_ALIVE : keepAlive,
                        without(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL)),
                new MqttConnectPayload(
                        session,
                        payload.willProperties(),
                        header.isWillFlag() ? TopicCode.encode(payload.willTopic()) : null,
                        payload.willMessageInBytes(),
                        null,
                        null));
    }

    /// Without a session expiry, which would change what [#inner(MqttConnectMessage, String)] has settled.
    static MqttMessage innerDisconnect(MqttMessage disconnect) {
        if (disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            return new MqttMessage(
                    disconnect.fixedHeader(),
                    new MqttReasonCodeAndPropertiesVariableHeader(
                            header.reasonCode(), without(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL)));
        }
        return disconnect;
    }

    /// Nothing is retained, as the CONNACK said.
    static MqttPublishMessage inner(MqttPublishMessage publish) {
        MqttFixedHeader fixed = publish.fixedHeader();
        return renamed(
                publish,
                new MqttFixedHeader(
                        fixed.messageType(), fixed.isDup(), fixed.qosLevel(), false, fixed.remainingLength()),
                TopicCode.encode(publish.variableHeader().topicName()));
    }

    static MqttPublishMessage outer(MqttPublishMessage publish) {
        return renamed(
                publish,
                publish.fixedHeader(),
                TopicCode.decode(publish.variableHeader().topicName()));
    }

    private static MqttPublishMessage renamed(MqttPublishMessage publish, MqttFixedHeader fixed, String topic) {
        MqttPublishVariableHeader header = publish.variableHeader();
        return new MqttPublishMessage(
                fixed, new MqttPublishVariableHeader(topic, header.packetId(), header.properties()), publish.payload());
    }

    static MqttSubscribeMessage inner(MqttSubscribeMessage subscribe) {
        return new MqttSubscribeMessage(
                subscribe.fixedHeader(),
                subscribe.idAndPropertiesVariableHeader(),
                new MqttSubscribePayload(subscribe.payload().topicSubscriptions().stream()
                        .map(wanted ->
                                new MqttTopicSubscription(TopicCode.encode(wanted.topicFilter()), wanted.option()))
                        .toList()));
    }

    static MqttUnsubscribeMessage inner(MqttUnsubscribeMessage unsubscribe) {
        return new MqttUnsubscribeMessage(
                unsubscribe.fixedHeader(),
                unsubscribe.idAndPropertiesVariableHeader(),
                new MqttUnsubscribePayload(unsubscribe.payload().topics().stream()
                        .map(TopicCode::encode)
                        .toList()));
    }

    /// Says what there is not: retained messages, shared subscriptions, sessions that outlive their connection; and to
    /// a device, where it is to listen (R-MQTT.44).
    static MqttConnAckMessage outer(MqttConnAckMessage answer, Optional<String> subscribeTopic) {
        MqttConnAckVariableHeader header = answer.variableHeader();
        if (header.connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            return answer;
        }
        MqttProperties properties = without(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL);
        properties.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));
        properties.add(new IntegerProperty(MqttProperties.RETAIN_AVAILABLE, 0));
        properties.add(new IntegerProperty(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0));
        subscribeTopic.ifPresent(topic -> properties.add(new UserProperty("subscribe-topic", topic)));
        return new MqttConnAckMessage(
                answer.fixedHeader(),
                new MqttConnAckVariableHeader(header.connectReturnCode(), header.isSessionPresent(), properties));
    }

    static MqttConnAckMessage refusal(boolean version5, Admission.Reason reason) {
        MqttConnectReturnCode code = switch (reason) {
            case CLIENT_ID ->
                version5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
                        : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
            case LOGIN ->
                version5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                        : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
            case BUSY ->
                version5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY
                        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
        };
        return MqttMessageBuilders.connAck()
                .returnCode(code)
                .properties(MqttProperties.NO_PROPERTIES)
                .sessionPresent(false)
                .build();
    }

    /// What MQTT 5 answers to a publisher; nothing where it wants no answer.
    static Optional<MqttMessage> notAuthorized(MqttPublishMessage publish) {
        MqttQoS qos = publish.fixedHeader().qosLevel();
        if (qos != MqttQoS.AT_LEAST_ONCE && qos != MqttQoS.EXACTLY_ONCE) {
            return Optional.empty();
        }
        MqttMessageType type = qos == MqttQoS.AT_LEAST_ONCE ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
        return Optional.of(new MqttMessage(
                new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttPubReplyMessageVariableHeader(
                        publish.variableHeader().packetId(),
                        MqttReasonCodes.PubAck.NOT_AUTHORIZED.byteValue(),
                        MqttProperties.NO_PROPERTIES)));
    }

    /// What became of a report: PUBACK or PUBREC.
    ///
    /// @param answer for MQTT 5; empty for 3.1.1, which has no reasons
    static MqttMessage reported(MqttQoS qos, int id, Optional<BrokerReports.Answer> answer) {
        MqttMessageType type = qos == MqttQoS.AT_LEAST_ONCE ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
        MqttFixedHeader fixed = new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
        if (answer.isEmpty()) {
            return new MqttMessage(fixed, MqttMessageIdVariableHeader.from(id));
        }
        MqttProperties properties = new MqttProperties();
        MqttReasonCodes.PubAck code = switch (answer.get().outcome()) {
            case STORED -> MqttReasonCodes.PubAck.SUCCESS;
            case REFUSED -> MqttReasonCodes.PubAck.PAYLOAD_FORMAT_INVALID;
            case LATER -> MqttReasonCodes.PubAck.QUOTA_EXCEEDED;
        };
        if (code != MqttReasonCodes.PubAck.SUCCESS) {
            properties.add(new StringProperty(
                    MqttProperties.REASON_STRING, answer.get().reason()));
        }
        return new MqttMessage(fixed, new MqttPubReplyMessageVariableHeader(id, code.byteValue(), properties));
    }

    /// PUBCOMP.
    static MqttMessage complete(int id) {
        return new MqttMessage(
                new MqttFixedHeader(MqttMessageType.PUBCOMP, false, MqttQoS.AT_MOST_ONCE, false, 0),
                MqttMessageIdVariableHeader.from(id));
    }

    static Optional<String> responseTopic(MqttPublishMessage publish) {
        return text(publish, MqttProperties.RESPONSE_TOPIC);
    }

    static Optional<String> contentType(MqttPublishMessage publish) {
        return text(publish, MqttProperties.CONTENT_TYPE);
    }

    private static Optional<String> text(MqttPublishMessage publish, int property) {
        MqttProperty<?> found = publish.variableHeader().properties().getProperty(property);
        return found != null && found.value() instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static MqttProperties without(MqttProperties properties, int left) {
        MqttProperties kept = new MqttProperties();
        for (MqttProperty<?> property : properties.listAll()) {
            if (property.propertyId() != left) {
                kept.add(property);
            }
        }
        return kept;
    }
}
