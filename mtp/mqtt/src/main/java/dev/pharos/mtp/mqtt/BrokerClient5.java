// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttClientIdentifier;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import dev.pharos.mtp.Publication;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.mtp.tls.ClientTls;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// MQTT 5.0.
final class BrokerClient5 implements BrokerClient {
    private static final String ENDPOINT_ID = "usp-endpoint-id";
    private static final String SUBSCRIBE_TOPIC = "subscribe-topic";
    private static final String CONTENT_TYPE = "usp.msg";

    private final MqttConfig config;
    private final MqttQos qos;
    private final Mqtt5AsyncClient client;
    private volatile List<X509Certificate> brokers = List.of();

    BrokerClient5(MqttConfig config, Optional<String> clientId, @Nullable ClientTls tls, Listener listener) {
        this.config = config;
        this.qos = config.session().publishQos() == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE;
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .transportConfig(BrokerAddress.of(config, tls, chain -> brokers = chain))
                .addDisconnectedListener(context -> listener.disconnected(Texts.of(context.getCause())));
        if (clientId.isPresent()) {
            builder = builder.identifier(clientId.get());
        }
        client = builder.buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, packet -> listener.arrived(incoming(packet)), true);
    }

    private static Incoming incoming(Mqtt5Publish packet) {
        return new Incoming(
                packet.getTopic().toString(),
                packet.getResponseTopic().map(Object::toString),
                packet.getContentType().map(Object::toString),
                Bytes.adopt(packet.getPayloadAsBytes()),
                packet.getQos() != MqttQos.AT_MOST_ONCE,
                packet::acknowledge);
    }

    @Override
    public List<X509Certificate> certificates() {
        return brokers;
    }

    @Override
    public CompletableFuture<Welcome> connect() {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder()
                .cleanStart(config.session().clean())
                .sessionExpiryInterval(0)
                .keepAlive((int) config.session().keepAlive().toSeconds())
                .userProperties()
                .add(ENDPOINT_ID, config.own().toString())
                .applyUserProperties()
                .restrictions()
                .receiveMaximum(config.isAgent() ? Limits.AGENT_RECEIVE_MAXIMUM : Limits.RECEIVE_MAXIMUM)
                .maximumPacketSize(config.queues().maxRecordBytes() + Limits.PACKET_OVERHEAD)
                .requestResponseInformation(true)
                .applyRestrictions();
        if (config.session().login().isPresent()) {
            MqttLogin login = config.session().login().get();
            connect = connect.simpleAuth()
                    .username(login.userName())
                    .password(login.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        if (config.session().will().isPresent()) {
            MqttWill will = config.session().will().get();
            connect = connect.willPublish()
                    .topic(will.topic())
                    .qos(Objects.requireNonNull(MqttQos.fromCode(will.qos())))
                    .payload(will.payload().asReadOnlyBuffer())
                    .retain(will.retain())
                    .applyWillPublish();
        }
        return client.connect(connect.build()).thenApply(this::welcome);
    }

    private Welcome welcome(Mqtt5ConnAck answer) {
        List<String> topics = answer.getUserProperties().asList().stream()
                .filter(property -> property.getName().toString().equals(SUBSCRIBE_TOPIC))
                .map(property -> property.getValue().toString())
                .toList();
        return new Welcome(
                answer.getResponseInformation().map(Object::toString),
                topics,
                answer.getAssignedClientIdentifier().map(MqttClientIdentifier::toString));
    }

    @Override
    public CompletableFuture<Integer> subscribe(List<TopicFilter> filters) {
        List<Mqtt5Subscription> subscriptions = filters.stream()
                .map(filter -> Mqtt5Subscription.builder()
                        .topicFilter(filter.topic())
                        .qos(filter.qos() == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
                        .build())
                .toList();
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder()
                .addSubscriptions(subscriptions)
                .userProperties()
                .add(ENDPOINT_ID, config.own().toString())
                .applyUserProperties()
                .build();
        // The library fails as soon as the broker refuses one filter of several; the others are subscribed to
        // nevertheless.
        return client.subscribe(subscribe)
                .exceptionally(BrokerClient5::partlyRefused)
                .thenApply(answer -> (int) answer.getReasonCodes().stream()
                        .filter(code -> !code.isError())
                        .count());
    }

    private static Mqtt5SubAck partlyRefused(Throwable failure) {
        if (Texts.unwrapped(failure) instanceof Mqtt5SubAckException refused) {
            return refused.getMqttMessage();
        }
        throw new CompletionException(failure);
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<String> topics) {
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(topics.stream().map(MqttTopicFilter::of).toList())
                .build();
        return client.unsubscribe(unsubscribe).thenApply(answer -> null);
    }

    @Override
    public CompletableFuture<Delivery> publish(String topic, String replyTo, Bytes record) {
        Mqtt5Publish publish = Mqtt5Publish.builder()
                .topic(topic)
                .qos(qos)
                .payload(record.asReadOnlyBuffer())
                .contentType(CONTENT_TYPE)
                .responseTopic(replyTo)
                .build();
        return client.publish(publish).thenApply(BrokerClient5::delivery);
    }

    @Override
    public CompletableFuture<Void> publish(Publication publication) {
        Mqtt5Publish publish = Mqtt5Publish.builder()
                .topic(publication.topic())
                .qos(Objects.requireNonNull(MqttQos.fromCode(publication.qos())))
                .retain(publication.retain())
                .payload(publication.payload().asReadOnlyBuffer())
                .contentType(publication.contentType())
                .build();
        return client.publish(publish).thenApply(result -> {
            Optional<Throwable> error = result.getError();
            if (error.isPresent()) {
                throw new CompletionException(error.get());
            }
            return null;
        });
    }

    private static Delivery delivery(Mqtt5PublishResult result) {
        Optional<Throwable> error = result.getError();
        if (error.isPresent()) {
            throw new CompletionException(error.get());
        }
        boolean nobody = result instanceof Mqtt5PublishResult.Mqtt5Qos1Result confirmed
                && confirmed.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
        return nobody ? Delivery.NOBODY_LISTENS : Delivery.TAKEN;
    }

    @Override
    public void disconnect(Duration patience) {
        Futures.await(client.disconnect(), patience);
    }
}
