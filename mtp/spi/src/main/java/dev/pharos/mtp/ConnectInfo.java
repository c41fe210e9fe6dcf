// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

/// What the transport knows that a Connect Record must say; the transport itself knows no Records.
public sealed interface ConnectInfo {
    record WebSocket() implements ConnectInfo {}

    /// @param version5 MQTT 5.0, else 3.1.1
    /// @param subscribedTopic where this endpoint listens
    record Mqtt(boolean version5, String subscribedTopic) implements ConnectInfo {}

    record Stomp(String subscribedDestination) implements ConnectInfo {}

    record Uds() implements ConnectInfo {}

    /// Has no Connect Record.
    record Coap() implements ConnectInfo {}
}
