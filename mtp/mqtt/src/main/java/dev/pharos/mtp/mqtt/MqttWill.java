// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.usp.Bytes;

/// What the broker publishes for us when it loses us without a DISCONNECT.
///
/// @param qos 0, 1 or 2
/// @param retain whether the broker keeps it for those who subscribe later
public record MqttWill(String topic, Bytes payload, int qos, boolean retain) {
    public MqttWill {
        if (!MqttTopics.mayBeAnswered(topic)) {
            throw new IllegalArgumentException("a will needs a topic without wildcards: '" + topic + "'");
        }
        if (payload.isEmpty() || qos < 0 || qos > 2) {
            throw new IllegalArgumentException("a will needs a value and a QoS of 0, 1 or 2, not " + qos);
        }
    }
}
