// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;

/// Who publishes to us: where a packet is answered, who listens there as far as topics and the broker's witness tell,
/// and which packets are none that could be answered.
final class PacketSenders {
    private static final List<String> RECORD_TYPES = List.of("usp.msg", "application/vnd.bbf.usp.msg");

    private final MqttConfig config;

    PacketSenders(MqttConfig config) {
        this.config = config;
    }

    static Optional<String> replyTopic(BrokerClient.Incoming packet) {
        return packet.responseTopic().or(() -> MqttTopics.replyTo(packet.topic()));
    }

    /// The broker, where nothing is known of who is behind it.
    PeerIdentity nobody() {
        return identity(address(Optional.empty(), false));
    }

    PeerIdentity identity(BrokerClient.Incoming packet) {
        return identity(address(replyTopic(packet), false));
    }

    PeerIdentity identity(String topic, boolean replyToInTopic) {
        return identity(address(Optional.of(topic), replyToInTopic));
    }

    PeerIdentity identity(PeerAddress address) {
        Optional<EndpointId> endpoint = address.topic().flatMap(MqttTopics::endpointId);
        return new PeerIdentity(
                endpoint,
                endpoint.map(config.witness()::proof).orElse(PeerIdentity.Proof.NONE),
                address.text(),
                config.peersOnThisHost());
    }

    /// The peer's address in this text, where it is one at our broker.
    Optional<PeerAddress> address(String text) {
        return address(Optional.empty(), false).parse(text);
    }

    private PeerAddress address(Optional<String> topic, boolean replyToInTopic) {
        return new PeerAddress(
                config.broker().getScheme() + "://" + config.broker().getHost() + ":" + config.port(),
                topic,
                replyToInTopic);
    }

    /// Why a packet is not taken; empty where it is.
    ///
    /// @param ownTopic where we listen
    /// @param configured whether there is a peer who needs no reply-to topic
    Optional<String> problem(BrokerClient.Incoming packet, String ownTopic, boolean configured) {
        if (packet.contentType().filter(type -> !RECORD_TYPES.contains(type)).isPresent()) {
            return Optional.of("published something that is no Record, by its content type");
        }
        if (packet.payload().size() > config.queues().maxRecordBytes()) {
            return Optional.of("published a record of " + packet.payload().size() + " bytes");
        }
        Optional<String> reply = replyTopic(packet);
        if (reply.isEmpty()) {
            return configured
                    ? Optional.empty()
                    : Optional.of("published a record without a reply-to topic, to " + packet.topic());
        }
        boolean answerable = reply.filter(MqttTopics::mayBeAnswered)
                .filter(topic -> !MqttTopics.covers(ownTopic + "/#", topic))
                .filter(topic -> !comesToThoseWhoShare(topic))
                .isPresent();
        return answerable ? Optional.empty() : Optional.of("published a record with a reply-to topic that is none");
    }

    private boolean comesToThoseWhoShare(String topic) {
        return config.session().filters().stream()
                .map(TopicFilter::topic)
                .anyMatch(
                        filter -> MqttTopics.isShared(filter) && MqttTopics.covers(MqttTopics.unshared(filter), topic));
    }
}
