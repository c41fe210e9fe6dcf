// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

/// A topic filter that is subscribed to beside the topic where we listen (R-MQTT.15).
///
/// @param topic with or without wildcards
/// @param qos 0 or 1
public record TopicFilter(String topic, int qos) {
    public TopicFilter {
        if (topic.isEmpty() || (qos != 0 && qos != 1)) {
            throw new IllegalArgumentException("not a subscription: '" + topic + "' with QoS " + qos);
        }
    }
}
