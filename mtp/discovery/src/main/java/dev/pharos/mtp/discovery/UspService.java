// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery;

import dev.pharos.usp.EndpointId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A service that IANA registered for USP: who offers it, over which Message Transfer Protocol.
public enum UspService {
    AGENT_WEBSOCKET(Role.AGENT, "ws", "tcp"),
    AGENT_MQTT(Role.AGENT, "mqtt", "tcp"),
    AGENT_STOMP(Role.AGENT, "stomp", "tcp"),
    AGENT_COAP(Role.AGENT, "coap", "udp"),
    CONTROLLER_WEBSOCKET(Role.CONTROLLER, "ws", "tcp"),
    CONTROLLER_MQTT(Role.CONTROLLER, "mqtt", "tcp"),
    CONTROLLER_STOMP(Role.CONTROLLER, "stomp", "tcp"),
    CONTROLLER_COAP(Role.CONTROLLER, "coap", "udp");

    /// Which kind of endpoint offers a service.
    public enum Role {
        AGENT("agt"),
        CONTROLLER("ctr");

        private final String abbreviation;

        Role(String abbreviation) {
            this.abbreviation = abbreviation;
        }
    }

    private final Role role;
    private final String scheme;
    private final String transport;

    UspService(Role role, String scheme, String transport) {
        this.role = role;
        this.scheme = scheme;
        this.transport = transport;
    }

    public Role role() {
        return role;
    }

    /// The scheme of its addresses: `ws`, or `wss` where it is encrypted.
    public String scheme(boolean encrypted) {
        return encrypted ? scheme + "s" : scheme;
    }

    /// The service part of a DNS-SD name: `_usp-ctr-ws._tcp`.
    public String label() {
        return "_usp-" + role.abbreviation + "-" + scheme + "._" + transport;
    }

    /// The service instance name in a domain (R-DIS.8), for people.
    public String instance(EndpointId endpoint, String domain) {
        return endpoint + "." + label() + "." + domain;
    }

    /// The services of one role.
    public static List<UspService> of(Role role) {
        return Arrays.stream(values()).filter(service -> service.role == role).toList();
    }

    /// The service of a role over a transport, by the scheme of its addresses without encryption: `ws`.
    public static Optional<UspService> of(Role role, String scheme) {
        return of(role).stream()
                .filter(service -> service.scheme.equals(scheme))
                .findFirst();
    }

    /// How the path of an address is written for what the TXT record calls "path": the resource of a
    /// WebSocket or CoAP service, or the topic or destination that follows the first slash.
    public String addressPath(String path) {
        return switch (this) {
            case AGENT_WEBSOCKET, CONTROLLER_WEBSOCKET, AGENT_COAP, CONTROLLER_COAP ->
                path.startsWith("/") ? path : "/" + path;
            case AGENT_MQTT, CONTROLLER_MQTT, AGENT_STOMP, CONTROLLER_STOMP -> path.isEmpty() ? "" : "/" + path;
        };
    }
}
