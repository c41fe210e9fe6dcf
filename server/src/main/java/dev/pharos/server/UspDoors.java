// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.acs.DoorAuthority;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.migration.CannotMoveException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where devices of TR-069 would find us over USP: at the host by which they reach us already, encrypted where we can.
///
/// @param own our Endpoint ID
/// @param listeners address by transport: `ws`, `wss`, `mqtt`, `mqtts`, `stomp`, `stomps`
/// @param authority whom devices are told to trust where they come encrypted; says nobody where they do already
public record UspDoors(EndpointId own, Map<String, String> listeners, Supplier<Optional<X509Certificate>> authority) {
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
        boolean encrypted = !name.equals(transport);
        return new UspDoor(
                own,
                host(device, twins),
                listener.getPort(),
                encrypted,
                way,
                encrypted ? authority.get().map(DoorAuthority::of) : Optional.empty());
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
