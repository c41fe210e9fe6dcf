// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Where a device finds a controller over USP, as rows of its data model say it.
///
/// @param host by which the device reaches it
/// @param authority that vouches for it in TLS; empty where the device is expected to trust it already
public record UspDoor(
        EndpointId controller, String host, int port, boolean encrypted, Way way, Optional<DoorAuthority> authority) {

    /// One whose certificate, if it has any, the device is expected to trust already.
    public UspDoor(EndpointId controller, String host, int port, boolean encrypted, Way way) {
        this(controller, host, port, encrypted, way, Optional.empty());
    }

    /// By which transport.
    public sealed interface Way {
        /// By TR-181's name, as in `Protocol` and `SupportedProtocols`.
        String protocol();

        record WebSocket(String path) implements Way {
            @Override
            public String protocol() {
                return "WebSocket";
            }
        }

        /// @param topic at which the controller listens
        /// @param own at which the device listens
        record Mqtt(String topic, String own) implements Way {
            @Override
            public String protocol() {
                return "MQTT";
            }
        }

        /// @param destination at which the controller listens
        /// @param own at which the device listens
        record Stomp(String destination, String own) implements Way {
            @Override
            public String protocol() {
                return "STOMP";
            }
        }
    }

    /// Where a device keeps the broker behind this door; empty where there is none between.
    Optional<BrokerTable> brokers() {
        return switch (way) {
            case Way.WebSocket _ -> Optional.empty();
            case Way.Mqtt _ -> Optional.of(BrokerTable.MQTT);
            case Way.Stomp _ -> Optional.of(BrokerTable.STOMP);
        };
    }

    /// As whoever asks for a move calls it: `ws`, `mqtt` or `stomp`.
    public String transport() {
        return switch (way) {
            case Way.WebSocket _ -> "ws";
            case Way.Mqtt _ -> "mqtt";
            case Way.Stomp _ -> "stomp";
        };
    }

    /// For people: `wss://host:port/path`.
    @Override
    public String toString() {
        String s = encrypted ? "s" : "";
        String place = "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        return transport() + s + place + (way instanceof Way.WebSocket(String path) ? path : "");
    }
}
