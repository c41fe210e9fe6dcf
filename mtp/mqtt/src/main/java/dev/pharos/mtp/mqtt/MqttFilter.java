// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

/// A topic filter that we subscribe to, beside the topic where we listen (R-MQTT.15).
///
/// @param topic with or without wildcards
/// @param qos 0 or 1
public record MqttFilter(String topic, int qos) {
    public MqttFilter {
        if (topic.isEmpty() || (qos != 0 && qos != 1)) {
            throw new IllegalArgumentException("not a subscription: '" + topic + "' with QoS " + qos);
        }
    }
}
