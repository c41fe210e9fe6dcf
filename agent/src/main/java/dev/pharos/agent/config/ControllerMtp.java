// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import java.nio.file.Path;
import java.util.Optional;

/// How a controller is reached, as `Device.LocalAgent.Controller.{i}.MTP.{i}.` and what it refers to show it. What it
/// describes is opened by the program that runs the agent, or by the agent through a
/// [dev.pharos.agent.connection.Dialler].
public sealed interface ControllerMtp {
    record WebSocket(String host, int port, String path, boolean encrypted) implements ControllerMtp {}

    /// @param topic the controller's
    /// @param own where the agent listens
    record Mqtt(Server broker, String topic, String own) implements ControllerMtp {}

    /// @param destination the controller's
    record Stomp(Server broker, String destination) implements ControllerMtp {}

    /// @param socket where the controller listens; empty where the program alone knows
    record Uds(Optional<Path> socket) implements ControllerMtp {}

    /// A broker.
    ///
    /// @param username empty for none; the password is the program's and never part of the data model
    record Server(String host, int port, boolean encrypted, String username) {}

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
