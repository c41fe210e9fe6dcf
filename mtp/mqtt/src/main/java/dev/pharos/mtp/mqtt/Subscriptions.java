// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.TopicFilter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What we are subscribed to in the session at the broker, and what we want to be. All but [#want] belongs to the
/// serial tasks of its transport.
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final MqttConfig config;
    private final MqttTraffic traffic;
    private volatile List<TopicFilter> further;
    private BrokerClient.@Nullable Welcome welcome;
    private @Nullable ListeningPlan beginning;
    /// Of the session that is up, or the last one that was.
    private @Nullable ListeningPlan plan;

    Subscriptions(MqttConfig config, MqttTraffic traffic) {
        this.config = config;
        this.traffic = traffic;
        this.further = config.session().filters();
    }

    /// A session begins.
    ///
    /// @return empty where nobody says where we are to listen
    Optional<ListeningPlan> begin(BrokerClient.Welcome welcomed) {
        welcome = welcomed;
        Optional<ListeningPlan> wanted = ListeningPlan.of(config, further, welcomed);
        beginning = wanted.orElse(null);
        return wanted;
    }

    /// The broker has accepted what the session begins with. What it remembers of an earlier one and is not wanted any
    /// more ends.
    void begun(BrokerClient client) {
        ListeningPlan before = plan;
        ListeningPlan now = Objects.requireNonNull(beginning);
        plan = now;
        if (before != null && !config.session().clean()) {
            unsubscribe(client, now.without(before));
        }
    }

    /// Completes with the number of filters that the broker has accepted.
    CompletableFuture<Integer> subscribe(BrokerClient client, List<TopicFilter> filters) {
        return client.subscribe(filters)
                .orTimeout(config.session().retry().answerTime().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((accepted, failure) -> traffic.subscribed(accepted != null));
    }

    /// Changes what is wanted beside the topic where we are answered, from the next [#begin] or [#follow] on. Any
    /// thread may ask.
    void want(List<TopicFilter> filters) {
        further = filters;
    }

    /// Subscribes to what is wanted now and was not, and ends the rest, in the session that is up (R-MQTT.34).
    ///
    /// @return false where we are to be answered elsewhere, which our peers know from the beginning of the session
    boolean follow(BrokerClient client) {
        ListeningPlan before = Objects.requireNonNull(plan);
        Optional<ListeningPlan> wanted = ListeningPlan.of(config, further, Objects.requireNonNull(welcome));
        if (wanted.filter(it -> it.ownTopic().equals(before.ownTopic())).isEmpty()) {
            return false;
        }
        plan = wanted.get();
        unsubscribe(client, wanted.get().without(before));
        List<TopicFilter> more = wanted.get().beyond(before);
        if (!more.isEmpty()) {
            Futures.whenDone(
                    subscribe(client, more),
                    (accepted, failure) -> tell("the broker accepted no subscription to {}: {}", more, failure));
        }
        return true;
    }

    /// Listens at a place that the session can do without.
    void beside(BrokerClient client, String filter) {
        boolean shared = Objects.requireNonNull(plan).isShared();
        List<TopicFilter> one = List.of(new TopicFilter(shared ? MqttTopics.sharedByUs(filter) : filter, 1));
        Futures.whenDone(subscribe(client, one), (accepted, failure) -> {
            if (failure != null || accepted == null || accepted == 0) {
                LOG.warn("the broker does not let us listen at {}: {}", one, failure == null ? "" : Texts.of(failure));
            }
        });
    }

    private void unsubscribe(BrokerClient client, List<String> gone) {
        if (!gone.isEmpty()) {
            Futures.whenDone(client.unsubscribe(gone), (done, failure) -> {
                traffic.unsubscribed(failure == null);
                tell("the broker did not end the subscriptions to {}: {}", gone, failure);
            });
        }
    }

    private static void tell(String what, List<?> filters, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn(what, filters, Texts.of(failure));
        }
    }
}
