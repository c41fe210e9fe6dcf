// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.util.Optional;

/// Where a peer is: our broker and the peer's topic there, as people read it and as it is found again.
///
/// @param broker `mqtt://host:port`
/// @param topic where the peer listens, empty where it said none
/// @param replyToInTopic whether it speaks MQTT 3.1.1 and so reads our reply-to topic from the topic (R-MQTT.24)
record PeerAddress(String broker, Optional<String> topic, boolean replyToInTopic) {
    private static final String OLD_VERSION = " (MQTT 3.1.1)";

    String text() {
        return broker + topic.map(name -> " " + name).orElse("") + (replyToInTopic ? OLD_VERSION : "");
    }

    /// Reads what [#text()] wrote; empty where that is of another broker, or names no topic that may be published to.
    Optional<PeerAddress> parse(String text) {
        if (!text.startsWith(broker + " ")) {
            return Optional.empty();
        }
        boolean old = text.endsWith(OLD_VERSION);
        String name = text.substring(broker.length() + 1, old ? text.length() - OLD_VERSION.length() : text.length());
        return Optional.of(name)
                .filter(MqttTopics::mayBeAnswered)
                .map(found -> new PeerAddress(broker, Optional.of(found), old));
    }
}
