// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// How a controller is reached, as `Device.LocalAgent.Controller.{i}.MTP.{i}.` shows it. It describes the
/// transport that the program made; it makes none.
public sealed interface ControllerMtp {
    record WebSocket(String host, int port, String path, boolean encrypted) implements ControllerMtp {}

    /// @param topic the controller's
    record Mqtt(String topic) implements ControllerMtp {}

    /// @param destination the controller's
    record Stomp(String destination) implements ControllerMtp {}

    record Uds() implements ControllerMtp {}

    /// The name in TR-181.
    default String protocol() {
        return switch (this) {
            case WebSocket _ -> "WebSocket";
            case Mqtt _ -> "MQTT";
            case Stomp _ -> "STOMP";
            case Uds _ -> "UDS";
        };
    }
}
