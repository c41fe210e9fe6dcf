// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.migration.CannotMoveException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where devices of TR-069 would find us over USP: at the host by which they reach us already, encrypted where we can.
///
/// @param own our Endpoint ID
/// @param listeners address by transport: `ws`, `wss`, `mqtt`, `mqtts`, `stomp`, `stomps`
public record UspDoors(EndpointId own, Map<String, String> listeners) {
    public UspDoors {
        listeners = Map.copyOf(listeners);
    }

    /// @param transport `ws`, `mqtt` or `stomp`
    /// @throws CannotMoveException saying why there is no way
    public UspDoor door(EndpointId device, String transport, TwinStore twins) throws CannotMoveException {
        String name = List.of(transport + "s", transport).stream()
                .filter(listeners::containsKey)
                .findFirst()
                .orElseThrow(() -> new CannotMoveException(
                        "this server does not listen for it (--" + transport + ", --" + transport + "s)"));
        URI listener = URI.create(listeners.getOrDefault(name, ""));
        UspDoor.Way way = switch (transport) {
            case "mqtt" -> new UspDoor.Way.Mqtt(MqttTopics.forController(own), MqttTopics.forAgent(device));
            case "stomp" ->
                new UspDoor.Way.Stomp(StompDestinations.forController(own), StompDestinations.forAgent(device));
            default -> new UspDoor.Way.WebSocket(listener.getPath());
        };
        return new UspDoor(own, host(device, twins), listener.getPort(), !name.equals(transport), way);
    }

    private static String host(EndpointId device, TwinStore twins) throws CannotMoveException {
        return twins.find(device, "Device.ManagementServer.URL")
                .map(TwinValue::value)
                .flatMap(UspDoors::hostOf)
                .orElseThrow(() -> new CannotMoveException(
                        "it does not say by which host it reaches us (Device.ManagementServer.URL)"));
    }

    private static Optional<String> hostOf(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).map(host -> host.replaceAll("^\\[|]$", ""));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
