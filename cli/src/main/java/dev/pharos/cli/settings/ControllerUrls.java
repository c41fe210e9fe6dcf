// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Ways to one controller as one text each, such as `mqtts://broker.example.com/usp/controller`.
record ControllerUrls(EndpointId agent, EndpointId controller) {

    /// @throws IllegalArgumentException saying what is wrong
    ControllerMtp described(String url) {
        ControllerAddress address = ControllerAddress.parse(url, Access.NONE);
        if (address.isCoap()) {
            throw new IllegalArgumentException("CoAP has no rows in the data model: " + url);
        }
        if (address.uri().getRawUserInfo() != null) {
            throw new IllegalArgumentException("a login belongs in option username and option password");
        }
        return address.description(agent, controller);
    }

    /// The one text for each way, however it was written.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    String canonical(String url) {
        return text(described(url)).orElseThrow(() -> new IllegalArgumentException("no text means this way: " + url));
    }

    /// Empty where no text means this way, such as a path with a space.
    Optional<String> text(ControllerMtp way) {
        try {
            String text = written(way);
            return isSame(described(text), way) ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException | URISyntaxException unsayable) {
            return Optional.empty();
        }
    }

    private static String written(ControllerMtp way) throws URISyntaxException {
        return switch (way) {
            case ControllerMtp.WebSocket(String host, int port, String path, boolean encrypted) ->
                place(encrypted ? "wss" : "ws", host, port, encrypted ? 443 : 80, "/")
                        + (path.startsWith("/") ? path : "/" + path).substring(1);
            case ControllerMtp.Mqtt(ControllerMtp.Server broker, String topic, String _) ->
                place(
                        broker.encrypted() ? "mqtts" : "mqtt",
                        broker.host(),
                        broker.port(),
                        broker.encrypted() ? 8883 : 1883,
                        "/" + topic);
            case ControllerMtp.Stomp(ControllerMtp.Server broker, String destination) ->
                place(
                        broker.encrypted() ? "stomps" : "stomp",
                        broker.host(),
                        broker.port(),
                        broker.encrypted() ? 61_614 : 61_613,
                        destination);
            case ControllerMtp.Uds(var socket) ->
                "unix:" + socket.map(Object::toString).orElse("");
        };
    }

    private static String place(String scheme, String host, int port, int usual, String path)
            throws URISyntaxException {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new URI(scheme, null, bracketed, port == usual ? -1 : port, path, null, null).toString();
    }

    /// But for where the agent listens and as whom it comes, of which the text says nothing.
    private static boolean isSame(ControllerMtp read, ControllerMtp way) {
        return switch (way) {
            case ControllerMtp.Mqtt(ControllerMtp.Server broker, String topic, String _) ->
                read instanceof ControllerMtp.Mqtt(ControllerMtp.Server other, String otherTopic, String _)
                        && isSame(broker, other)
                        && topic.equals(otherTopic);
            case ControllerMtp.Stomp(ControllerMtp.Server broker, String destination) ->
                read instanceof ControllerMtp.Stomp(ControllerMtp.Server other, String otherDestination)
                        && isSame(broker, other)
                        && destination.equals(otherDestination);
            case ControllerMtp.WebSocket(String host, int port, String path, boolean encrypted) ->
                read.equals(
                        new ControllerMtp.WebSocket(host, port, path.startsWith("/") ? path : "/" + path, encrypted));
            case ControllerMtp.Uds _ -> read.equals(way);
        };
    }

    private static boolean isSame(ControllerMtp.Server one, ControllerMtp.Server other) {
        return one.host().equals(other.host()) && one.port() == other.port() && one.encrypted() == other.encrypted();
    }
}
