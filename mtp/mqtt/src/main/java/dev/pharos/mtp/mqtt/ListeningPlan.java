// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.TopicFilter;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where we listen in a session at the broker: what our settings, the broker, and the topic where we are answered ask
/// for together (R-MQTT.15).
///
/// @param ownTopic where we are answered
/// @param filters what is subscribed to for all of it
record ListeningPlan(String ownTopic, List<TopicFilter> filters) {
    ListeningPlan {
        filters = Frozen.list(filters);
    }

    /// @param further what is asked for beside the topic where we are answered
    /// @return empty where nobody says where we are to listen (R-MQTT.16)
    static Optional<ListeningPlan> of(MqttConfig config, List<TopicFilter> further, BrokerClient.Welcome welcome) {
        List<TopicFilter> filters = new ArrayList<>(further);
        for (String topic : welcome.subscribeTopics()) {
            if (!topic.isEmpty()
                    && filters.stream().noneMatch(filter -> filter.topic().equals(topic))) {
                filters.add(new TopicFilter(topic, 1));
            }
        }
        return ownTopic(config, filters, welcome).map(topic -> {
            String own = config.listensBelowItsTopic() ? topic + "/#" : topic;
            if (filters.stream()
                    .map(TopicFilter::topic)
                    .noneMatch(filter -> filter.equals(own) || MqttTopics.covers(filter, own))) {
                filters.add(new TopicFilter(own, 1));
            }
            return new ListeningPlan(topic, filters);
        });
    }

    /// The broker's word, else the configured topic, else the first filter that is a topic.
    private static Optional<String> ownTopic(
            MqttConfig config, List<TopicFilter> filters, BrokerClient.Welcome welcome) {
        return welcome.responseInformation()
                .filter(MqttTopics::mayBeAnswered)
                .or(() -> Optional.of(config.ownTopic()).filter(topic -> !topic.isEmpty()))
                .or(() -> filters.stream()
                        .map(TopicFilter::topic)
                        .filter(MqttTopics::mayBeAnswered)
                        .findFirst());
    }

    /// Whether the broker's answer to our subscriptions is enough: one of them, or all where we share some with
    /// others, since whoever does not take its share hears nothing and is not missed.
    boolean served(int accepted) {
        return isShared() ? accepted == filters.size() : accepted > 0;
    }

    /// Whether we share some of it with others.
    boolean isShared() {
        return filters.stream().anyMatch(filter -> MqttTopics.isShared(filter.topic()));
    }

    /// The topics that an earlier plan has and this one has not.
    List<String> without(ListeningPlan earlier) {
        return earlier.filters.stream()
                .map(TopicFilter::topic)
                .filter(topic ->
                        filters.stream().noneMatch(filter -> filter.topic().equals(topic)))
                .toList();
    }

    /// The filters that this plan has and an earlier one has not.
    List<TopicFilter> beyond(ListeningPlan earlier) {
        return filters.stream()
                .filter(filter -> !earlier.filters.contains(filter))
                .toList();
    }
}
