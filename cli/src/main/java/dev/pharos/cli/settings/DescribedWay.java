// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A row of `Device.LocalAgent.Controller.{i}.MTP.` with those that it leads to.
///
/// @param agentMtp the agent's own end at a broker, of `Device.LocalAgent.MTP.`
/// @param transport the broker or the socket
/// @param way what they say together; empty where one of them is missing
record DescribedWay(
        ObjectInstance row,
        Optional<ObjectInstance> agentMtp,
        Optional<ObjectInstance> transport,
        Optional<ControllerMtp> way) {
    private static final String LOCAL_AGENT = "Device.LocalAgent.";

    /// All of a controller, the best first.
    static List<DescribedWay> of(Snapshot snapshot, ObjectInstance controller) {
        List<DescribedWay> ways = new ArrayList<>();
        for (ObjectInstance row : controller.rows("MTP")) {
            ways.add(of(snapshot, row, text(row, "Protocol")));
        }
        ways.sort(Comparator.comparingLong(DescribedWay::order));
        return ways;
    }

    private static DescribedWay of(Snapshot snapshot, ObjectInstance row, String protocol) {
        Optional<ObjectInstance> settings = row.child(protocol);
        if (settings.isEmpty()) {
            return new DescribedWay(row, Optional.empty(), Optional.empty(), Optional.empty());
        }
        ObjectInstance object = settings.get();
        return switch (protocol) {
            case "WebSocket" ->
                new DescribedWay(
                        row,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ControllerMtp.WebSocket(
                                text(object, "Host"),
                                (int) number(object, "Port"),
                                text(object, "Path"),
                                isTrue(object, "EnableEncryption"))));
            case "MQTT" -> mqtt(snapshot, row, object);
            case "STOMP" -> stomp(snapshot, row, object);
            case "UDS" -> {
                Optional<ObjectInstance> socket = referred(snapshot, object, "UnixDomainSocketRef");
                yield new DescribedWay(
                        row,
                        Optional.empty(),
                        socket,
                        socket.map(found -> new ControllerMtp.Uds(Optional.of(Path.of(text(found, "Path"))))));
            }
            default -> new DescribedWay(row, Optional.empty(), Optional.empty(), Optional.empty());
        };
    }

    private static DescribedWay mqtt(Snapshot snapshot, ObjectInstance row, ObjectInstance object) {
        Optional<ObjectInstance> own = referred(snapshot, object, "AgentMTPReference");
        Optional<ObjectInstance> end = own.flatMap(mtp -> mtp.child("MQTT"));
        Optional<ObjectInstance> client = end.flatMap(mtp -> referred(snapshot, mtp, "Reference"));
        return new DescribedWay(
                row,
                own,
                client,
                client.map(found -> new ControllerMtp.Mqtt(
                        new ControllerMtp.Server(
                                text(found, "BrokerAddress"),
                                (int) number(found, "BrokerPort"),
                                text(found, "TransportProtocol").equals("TLS"),
                                text(found, "Username")),
                        text(object, "Topic"),
                        end.map(mtp -> text(mtp, "ResponseTopicConfigured")).orElse(""))));
    }

    private static DescribedWay stomp(Snapshot snapshot, ObjectInstance row, ObjectInstance object) {
        Optional<ObjectInstance> connection = referred(snapshot, object, "Reference");
        Optional<ObjectInstance> own = connection.flatMap(found -> agentMtps(snapshot).stream()
                .filter(mtp -> mtp.child("STOMP")
                        .filter(stomp -> (text(stomp, "Reference") + ".").equals(found.path()))
                        .isPresent())
                .findFirst());
        return new DescribedWay(
                row,
                own,
                connection,
                connection.map(found -> new ControllerMtp.Stomp(
                        new ControllerMtp.Server(
                                text(found, "Host"),
                                (int) number(found, "Port"),
                                isTrue(found, "EnableEncryption"),
                                text(found, "Username")),
                        text(object, "Destination"))));
    }

    private static List<ObjectInstance> agentMtps(Snapshot snapshot) {
        return snapshot.object(LOCAL_AGENT).map(agent -> agent.rows("MTP")).orElse(List.of());
    }

    private static Optional<ObjectInstance> referred(Snapshot snapshot, ObjectInstance from, String parameter) {
        String path = text(from, parameter);
        return path.isEmpty() ? Optional.empty() : snapshot.object(path + ".");
    }

    static String text(ObjectInstance row, String parameter) {
        return row.value(parameter).orElse("");
    }

    private static boolean isTrue(ObjectInstance row, String parameter) {
        return text(row, parameter).equals("true");
    }

    private static long number(ObjectInstance row, String parameter) {
        return Long.parseLong(row.value(parameter).orElse("0"));
    }

    String protocol() {
        return text(row, "Protocol");
    }

    long order() {
        return number(row, "Order");
    }

    /// Whether the agent goes it: all of its rows are there and enabled.
    boolean isOpen() {
        return way.isPresent()
                && isTrue(row, "Enable")
                && agentMtp.stream().allMatch(mtp -> isTrue(mtp, "Enable"))
                && transport.stream().allMatch(broker -> broker.value("Enable").isEmpty() || isTrue(broker, "Enable"));
    }

    /// Whether a broker is between.
    boolean hasBroker() {
        return protocol().equals("MQTT") || protocol().equals("STOMP");
    }
}
