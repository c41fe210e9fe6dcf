// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAck;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
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

/// MQTT 3.1.1 (R-MQTT.2).
final class BrokerClient3 implements BrokerClient {
    private final MqttConfig config;
    private final MqttQos qos;
    private final Mqtt3AsyncClient client;
    private volatile List<X509Certificate> brokers = List.of();

    BrokerClient3(MqttConfig config, Optional<String> clientId, @Nullable ClientTls tls, Listener listener) {
        this.config = config;
        this.qos = config.session().publishQos() == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE;
        Mqtt3ClientBuilder builder = Mqtt3Client.builder()
                .identifier(clientId.orElse(config.own().toString()))
                .transportConfig(BrokerAddress.of(config, tls, chain -> brokers = chain))
                .addDisconnectedListener(context -> listener.disconnected(Texts.of(context.getCause())));
        client = builder.buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, packet -> listener.arrived(incoming(packet)), true);
    }

    private static Incoming incoming(Mqtt3Publish packet) {
        return new Incoming(
                packet.getTopic().toString(),
                Optional.empty(),
                Optional.empty(),
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
        Mqtt3ConnectBuilder connect = Mqtt3Connect.builder()
                .cleanSession(config.session().clean())
                .keepAlive((int) config.session().keepAlive().toSeconds());
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
        return client.connect(connect.build()).thenApply(answer -> Welcome.PLAIN);
    }

    @Override
    public CompletableFuture<Integer> subscribe(List<TopicFilter> filters) {
        List<Mqtt3Subscription> subscriptions = filters.stream()
                .map(filter -> Mqtt3Subscription.builder()
                        .topicFilter(filter.topic())
                        .qos(filter.qos() == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
                        .build())
                .toList();
        Mqtt3Subscribe subscribe =
                Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build();
        // The library fails as soon as the broker refuses one filter of several; the others are subscribed to
        // nevertheless.
        return client.subscribe(subscribe)
                .exceptionally(BrokerClient3::partlyRefused)
                .thenApply(answer -> (int) answer.getReturnCodes().stream()
                        .filter(code -> !code.isError())
                        .count());
    }

    private static Mqtt3SubAck partlyRefused(Throwable failure) {
        if (Texts.unwrapped(failure) instanceof Mqtt3SubAckException refused) {
            return refused.getMqttMessage();
        }
        throw new CompletionException(failure);
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<String> topics) {
        Mqtt3Unsubscribe unsubscribe = Mqtt3Unsubscribe.builder()
                .addTopicFilters(topics.stream().map(MqttTopicFilter::of).toList())
                .build();
        return client.unsubscribe(unsubscribe).thenApply(answer -> null);
    }

    @Override
    public CompletableFuture<Delivery> publish(String topic, String replyTo, Bytes record) {
        Mqtt3Publish publish = Mqtt3Publish.builder()
                .topic(topic)
                .qos(qos)
                .payload(record.asReadOnlyBuffer())
                .build();
        return client.publish(publish).thenApply(sent -> Delivery.TAKEN);
    }

    @Override
    public CompletableFuture<Void> publish(Publication publication) {
        Mqtt3Publish publish = Mqtt3Publish.builder()
                .topic(publication.topic())
                .qos(Objects.requireNonNull(MqttQos.fromCode(publication.qos())))
                .retain(publication.retain())
                .payload(publication.payload().asReadOnlyBuffer())
                .build();
        return client.publish(publish).thenApply(sent -> null);
    }

    @Override
    public void disconnect(Duration patience) {
        Futures.await(client.disconnect(), patience);
    }
}
