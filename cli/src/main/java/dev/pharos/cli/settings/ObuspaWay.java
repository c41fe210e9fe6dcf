// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One way to a controller, as settings of obuspa say it in several rows.
///
/// @param order among those of the same controller
/// @param listensAt the agent's topic or destination at the broker
record ObuspaWay(String protocol, long order, String url, Optional<String> listensAt, Login login) {
    private static final String MTPS = "Device.LocalAgent.MTP.";

    /// What opens a broker.
    record Login(Optional<String> username, Optional<String> password) {
        static final Login NONE = new Login(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "Login[username=" + username.orElse("-") + "]";
        }
    }

    /// @param row of the controller's MTP
    /// @param remarks told why there is none
    static Optional<ObuspaWay> of(
            ObuspaLines lines, String row, EndpointId own, EndpointId controller, List<String> remarks) {
        return new Reader(lines, row, own, controller, remarks).read();
    }

    boolean hasBroker() {
        return protocol.equals("MQTT") || protocol.equals("STOMP");
    }

    /// Reads one.
    private record Reader(ObuspaLines lines, String row, EndpointId own, EndpointId controller, List<String> remarks) {

        Optional<ObuspaWay> read() {
            lines.take(row + "Alias");
            String protocol = lines.take(row + "Protocol").orElse("");
            if (!isOn(row + "Enable")) {
                remarks.add(row + ": it is switched off, and left out");
                return Optional.empty();
            }
            return switch (protocol) {
                case "WebSocket" -> webSocket();
                case "MQTT" -> mqtt();
                case "STOMP" -> stomp();
                case "UDS" -> uds();
                default -> none("the protocol is none of WebSocket, MQTT, STOMP and UDS");
            };
        }

        private Optional<ObuspaWay> none(String why) {
            remarks.add(row + ": " + why);
            return Optional.empty();
        }

        private boolean isOn(String path) {
            return lines.take(path)
                    .map(text -> text.equals("1") || text.equalsIgnoreCase("true"))
                    .orElse(true);
        }

        /// Encrypted where nothing is said.
        private boolean encrypted(String path) {
            if (lines.take(path).isEmpty()) {
                remarks.add(path + ": not said, and taken to be encrypted");
            }
            return isOn(path);
        }

        private int port(String path, int usual) {
            String text = lines.take(path).orElse("");
            if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535) {
                return Integer.parseInt(text);
            }
            if (!text.isEmpty()) {
                remarks.add(path + ": no port; " + usual + " stands in its place");
            }
            return usual;
        }

        private Optional<ObuspaWay> way(ControllerMtp mtp, Optional<String> listensAt, Login login) {
            Optional<String> url = new ControllerUrls(own, controller).text(mtp);
            if (url.isEmpty()) {
                return none("no address says this way; something of it is missing or odd");
            }
            String text = lines.take(row + "Order").orElse("0");
            long order = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
            return Optional.of(new ObuspaWay(mtp.protocol(), order, url.get(), listensAt, login));
        }

        private Optional<ObuspaWay> webSocket() {
            String place = row + "WebSocket.";
            boolean encrypted = encrypted(place + "EnableEncryption");
            return way(
                    new ControllerMtp.WebSocket(
                            lines.take(place + "Host").orElse(""),
                            port(place + "Port", encrypted ? 443 : 80),
                            lines.take(place + "Path").orElse("/"),
                            encrypted),
                    Optional.empty(),
                    Login.NONE);
        }

        /// The agent's own end at a broker: the row of `Device.LocalAgent.MTP.` that refers to it.
        private Optional<String> end(String transport, String reference) {
            Optional<String> found = Optional.empty();
            for (int number : lines.rows(MTPS)) {
                String mtp = MTPS + number + ".";
                boolean here = lines.take(mtp + transport + ".Reference")
                        .filter(reference::equals)
                        .isPresent();
                if (here && found.isEmpty()) {
                    lines.take(mtp + "Alias");
                    lines.take(mtp + "Protocol");
                    lines.take(mtp + "Enable");
                    found = Optional.of(mtp);
                }
            }
            return found;
        }

        private Login login(String broker) {
            return new Login(lines.take(broker + "Username"), lines.take(broker + "Password"));
        }

        private Optional<ObuspaWay> mqtt() {
            Optional<String> reference = lines.take(row + "MQTT.Reference")
                    .or(() -> lines.take(row + "MQTT.AgentMTPReference")
                            .flatMap(mtp -> lines.take(mtp + ".MQTT.Reference")));
            if (reference.isEmpty()) {
                return none("it refers to no client of MQTT");
            }
            String client = reference.get() + ".";
            lines.take(client + "Alias");
            if (!isOn(client + "Enable")) {
                return none("its client of MQTT is switched off, and it is left out");
            }
            Optional<String> transport = lines.take(client + "TransportProtocol");
            if (transport.isEmpty()) {
                remarks.add(client + "TransportProtocol: not said, and taken to be encrypted");
            }
            boolean encrypted = !transport.orElse("TLS").equals("TCP/IP");
            ControllerMtp.Server broker = new ControllerMtp.Server(
                    lines.take(client + "BrokerAddress").orElse(""),
                    port(client + "BrokerPort", encrypted ? 8883 : 1883),
                    encrypted,
                    "");
            Optional<String> own =
                    end("MQTT", reference.get()).flatMap(mtp -> lines.take(mtp + "MQTT.ResponseTopicConfigured"));
            return way(
                    new ControllerMtp.Mqtt(
                            broker, lines.take(row + "MQTT.Topic").orElse(""), ""),
                    own,
                    login(client));
        }

        private Optional<ObuspaWay> stomp() {
            Optional<String> reference = lines.take(row + "STOMP.Reference");
            if (reference.isEmpty()) {
                return none("it refers to no connection of STOMP");
            }
            String connection = reference.get() + ".";
            lines.take(connection + "Alias");
            if (!isOn(connection + "Enable")) {
                return none("its connection of STOMP is switched off, and it is left out");
            }
            boolean encrypted = encrypted(connection + "EnableEncryption");
            ControllerMtp.Server broker = new ControllerMtp.Server(
                    lines.take(connection + "Host").orElse(""),
                    port(connection + "Port", encrypted ? 61_614 : 61_613),
                    encrypted,
                    "");
            Optional<String> own = end("STOMP", reference.get()).flatMap(mtp -> lines.take(mtp + "STOMP.Destination"));
            return way(
                    new ControllerMtp.Stomp(
                            broker, lines.take(row + "STOMP.Destination").orElse("")),
                    own,
                    login(connection));
        }

        private Optional<ObuspaWay> uds() {
            Optional<String> socket =
                    lines.take(row + "UDS.UnixDomainSocketRef").flatMap(reference -> lines.take(reference + ".Path"));
            if (socket.isEmpty() || socket.get().indexOf('\0') >= 0) {
                return none("it refers to no socket");
            }
            return way(new ControllerMtp.Uds(Optional.of(Path.of(socket.get()))), Optional.empty(), Login.NONE);
        }
    }
}
