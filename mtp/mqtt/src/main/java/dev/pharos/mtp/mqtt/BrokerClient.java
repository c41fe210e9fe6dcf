// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.Publication;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.mtp.tls.ClientTls;
import dev.pharos.usp.Bytes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One client at the broker, of one protocol version, for one attempt and the session that comes of it.
interface BrokerClient {
    /// What a broker said in CONNACK.
    ///
    /// @param responseInformation the topic where we are to listen (R-MQTT.21)
    /// @param subscribeTopics filters that we are to subscribe to (R-MQTT.15)
    /// @param assignedClientId what the broker called us (R-MQTT.9)
    record Welcome(
            Optional<String> responseInformation, List<String> subscribeTopics, Optional<String> assignedClientId) {
        static final Welcome PLAIN = new Welcome(Optional.empty(), List.of(), Optional.empty());
    }

    /// A PUBLISH packet from the broker.
    ///
    /// @param responseTopic MQTT 5 only
    /// @param contentType MQTT 5 only
    /// @param acknowledge to be run once the packet is dealt with
    record Incoming(
            String topic,
            Optional<String> responseTopic,
            Optional<String> contentType,
            Bytes payload,
            boolean confirmed,
            Runnable acknowledge) {
        /// The same, with something more to be done once it is dealt with.
        Incoming andThen(Runnable more) {
            return new Incoming(topic, responseTopic, contentType, payload, confirmed, () -> {
                acknowledge.run();
                more.run();
            });
        }
    }

    /// What a broker said of a packet of ours.
    enum Delivery {
        TAKEN,
        NOBODY_LISTENS
    }

    /// What happens without being asked for. Called on threads of the MQTT library: must hand over.
    interface Listener {
        void arrived(Incoming packet);

        void disconnected(String reason);
    }

    /// @param clientId empty where the broker is to choose
    /// @param tls null where the broker is spoken to in the clear
    static BrokerClient of(MqttConfig config, Optional<String> clientId, @Nullable ClientTls tls, Listener listener) {
        return config.session().version5()
                ? new BrokerClient5(config, clientId, tls, listener)
                : new BrokerClient3(config, clientId, tls, listener);
    }

    /// What the broker showed of itself, once connected over TLS; else empty.
    List<X509Certificate> certificates();

    CompletableFuture<Welcome> connect();

    /// Completes with the number of filters that the broker has accepted.
    CompletableFuture<Integer> subscribe(List<TopicFilter> filters);

    /// Ends subscriptions (R-MQTT.34); completes when the broker has confirmed it.
    CompletableFuture<Void> unsubscribe(List<String> topics);

    /// @param replyTo carried as Response Topic, which only MQTT 5 has; ignored by 3.1.1, where it is in the
    ///     topic
    CompletableFuture<Delivery> publish(String topic, String replyTo, Bytes record);

    /// Publishes something else than a Record; completes when the broker has taken it.
    CompletableFuture<Void> publish(Publication publication);

    /// Sends DISCONNECT (R-MQTT.35); completes in any case within the given time.
    void disconnect(Duration patience);
}
