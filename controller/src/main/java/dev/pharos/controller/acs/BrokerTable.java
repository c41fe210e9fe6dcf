// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where a device keeps its brokers of one transport, and what their rows call what they have in common.
enum BrokerTable {
    MQTT("Device.MQTT.Client.", "BrokerAddress", "BrokerPort", "ClientID"),
    STOMP("Device.STOMP.Connection.", "Host", "Port", "Username");

    private final String path;
    private final String host;
    private final String port;
    /// The parameter by which a row is known to be a device's own way to us.
    private final String owner;

    BrokerTable(String path, String host, String port, String owner) {
        this.path = path;
        this.host = host;
        this.port = port;
        this.owner = owner;
    }

    /// With the dot.
    String path() {
        return path;
    }

    /// The parameter that says where the broker is.
    String host() {
        return host;
    }

    /// What tells a row of this broker and device from others, by parameter.
    Map<String, String> marks(UspDoor door, String device) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(host, door.host());
        marks.put(port, Integer.toString(door.port()));
        marks.put(owner, device);
        return marks;
    }

    /// Whether it is encrypted and what is spoken, by parameter.
    Map<String, String> terms(boolean encrypted) {
        return switch (this) {
            case MQTT -> Map.of("TransportProtocol", encrypted ? "TLS" : "TCP/IP", "ProtocolVersion", "5.0");
            case STOMP -> Map.of("EnableEncryption", Boolean.toString(encrypted));
        };
    }
}
