// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads out of the data model which connections are wanted: one for each enabled row of
/// `Device.LocalAgent.Controller.{i}.MTP.` of an enabled controller, where the rows that it leads to are there and
/// enabled too.
final class Routes {
    private static final String AGENT_MTPS = "Device.LocalAgent.";

    private final Snapshot snapshot;

    private Routes(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// A connection that is wanted.
    ///
    /// @param order among those of the same controller: 1 comes first, and those with the same are equals
    /// @param agentMtp the row of `Device.LocalAgent.MTP.` that shows how it stands; empty for none
    /// @param transport the row of the broker that does so; empty for none
    record Wanted(EndpointId controller, long order, Route route, String agentMtp, String transport) {
        /// Whether one connection is enough for both: they differ in nothing but their order, and what is subscribed
        /// to beside the topic where we listen.
        boolean isLike(Wanted other) {
            return controller.equals(other.controller)
                    && withoutFilters(route).equals(withoutFilters(other.route))
                    && agentMtp.equals(other.agentMtp)
                    && transport.equals(other.transport);
        }

        private static Route withoutFilters(Route route) {
            return route instanceof Route.Mqtt mqtt ? mqtt.with(List.of()) : route;
        }
    }

    /// By the path of the controller's MTP row.
    static Map<String, Wanted> of(Snapshot snapshot) {
        return new Routes(snapshot).all();
    }

    private Map<String, Wanted> all() {
        Map<String, Wanted> all = new LinkedHashMap<>(2);
        for (ObjectInstance controller : ControllerElement.rows(snapshot)) {
            Optional<EndpointId> id = endpoint(text(controller, "EndpointID"));
            if (id.isPresent() && ControllerElement.served(controller, snapshot)) {
                for (ObjectInstance mtp : controller.rows("MTP")) {
                    if (enabled(mtp)) {
                        wanted(id.get(), mtp).ifPresent(wanted -> all.put(mtp.path(), wanted));
                    }
                }
            }
        }
        return all;
    }

    private static Optional<EndpointId> endpoint(String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException none) {
            return Optional.empty();
        }
    }

    private Optional<Wanted> wanted(EndpointId controller, ObjectInstance mtp) {
        String protocol = text(mtp, "Protocol");
        Optional<ObjectInstance> settings = mtp.child(protocol);
        return settings.flatMap(object -> switch (protocol) {
            case "WebSocket" -> webSocket(controller, number(mtp, "Order"), object);
            case "MQTT" -> mqtt(controller, number(mtp, "Order"), object);
            case "STOMP" -> stomp(controller, number(mtp, "Order"), object);
            case "UDS" -> uds(controller, number(mtp, "Order"), object);
            default -> Optional.empty();
        });
    }

    private static Optional<Wanted> webSocket(EndpointId controller, long order, ObjectInstance object) {
        if (text(object, "Host").isEmpty()) {
            return Optional.empty();
        }
        RetryBackoff backoff = new RetryBackoff(seconds(object, "SessionRetryMinimumWaitInterval"), (int)
                number(object, "SessionRetryIntervalMultiplier"));
        Route route = new Route.WebSocket(
                text(object, "Host"),
                (int) number(object, "Port"),
                text(object, "Path"),
                text(object, "EnableEncryption").equals("true"),
                backoff);
        return Optional.of(new Wanted(controller, order, route, "", ""));
    }

    private Optional<Wanted> mqtt(EndpointId controller, long order, ObjectInstance object) {
        Optional<ObjectInstance> agentMtp = referred(object, "AgentMTPReference");
        Optional<ObjectInstance> own = agentMtp.filter(Routes::enabled).flatMap(mtp -> mtp.child("MQTT"));
        Optional<ObjectInstance> client =
                own.flatMap(mtp -> referred(mtp, "Reference")).filter(Routes::enabled);
        if (client.isEmpty()
                || text(client.get(), "BrokerAddress").isEmpty()
                || text(object, "Topic").isEmpty()) {
            return Optional.empty();
        }
        List<Route.Filter> filters = new ArrayList<>();
        for (ObjectInstance row : client.get().rows("Subscription")) {
            if (enabled(row) && !text(row, "Topic").isEmpty()) {
                filters.add(new Route.Filter(text(row, "Topic"), (int) number(row, "QoS")));
            }
        }
        Route route = new Route.Mqtt(
                client(client.get()),
                text(object, "Topic"),
                given(own.get(), "ResponseTopicConfigured"),
                filters,
                (int) number(own.get(), "PublishQoS"),
                will(client.get()));
        return Optional.of(new Wanted(
                controller, order, route, agentMtp.get().path(), client.get().path()));
    }

    private static Optional<Route.Will> will(ObjectInstance row) {
        return text(row, "WillEnable").equals("true")
                ? Optional.of(new Route.Will(
                        text(row, "WillTopic"),
                        text(row, "WillValue"),
                        (int) number(row, "WillQoS"),
                        text(row, "WillRetain").equals("true")))
                : Optional.empty();
    }

    private static Route.MqttClient client(ObjectInstance row) {
        Route.Broker broker = new Route.Broker(
                text(row, "BrokerAddress"),
                (int) number(row, "BrokerPort"),
                text(row, "TransportProtocol").equals("TLS"),
                text(row, "Username"),
                text(row, "Password"));
        Route.Retry retry = new Route.Retry(
                new RetryBackoff(seconds(row, "ConnectRetryTime"), (int) number(row, "ConnectRetryIntervalMultiplier")),
                seconds(row, "ConnectRetryMaxInterval"),
                seconds(row, "MessageRetryTime"));
        boolean version5 = text(row, "ProtocolVersion").equals("5.0");
        return new Route.MqttClient(
                broker,
                version5,
                text(row, "ClientID"),
                text(row, version5 ? "CleanStart" : "CleanSession").equals("true"),
                seconds(row, "KeepAliveTime"),
                retry);
    }

    private Optional<Wanted> stomp(EndpointId controller, long order, ObjectInstance object) {
        Optional<ObjectInstance> connection = referred(object, "Reference").filter(Routes::enabled);
        if (connection.isEmpty()
                || text(connection.get(), "Host").isEmpty()
                || text(object, "Destination").isEmpty()) {
            return Optional.empty();
        }
        ObjectInstance row = connection.get();
        Optional<ObjectInstance> agentMtp = agentMtpOf(row.path());
        if (agentMtp.filter(Routes::enabled).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> own = agentMtp.flatMap(mtp -> mtp.child("STOMP")).flatMap(mtp -> given(mtp, "Destination"));
        Route route = new Route.Stomp(connection(row), text(object, "Destination"), own);
        return Optional.of(new Wanted(controller, order, route, agentMtp.get().path(), row.path()));
    }

    private static Route.StompConnection connection(ObjectInstance row) {
        Optional<Route.HeartBeat> heartBeat = text(row, "EnableHeartbeats").equals("true")
                ? Optional.of(new Route.HeartBeat(
                        Duration.ofMillis(number(row, "OutgoingHeartbeat")),
                        Duration.ofMillis(number(row, "IncomingHeartbeat"))))
                : Optional.empty();
        return new Route.StompConnection(
                new Route.Broker(
                        text(row, "Host"),
                        (int) number(row, "Port"),
                        text(row, "EnableEncryption").equals("true"),
                        text(row, "Username"),
                        text(row, "Password")),
                text(row, "VirtualHost"),
                heartBeat,
                seconds(row, "ServerRetryInitialInterval"),
                (int) number(row, "ServerRetryIntervalMultiplier"),
                seconds(row, "ServerRetryMaxInterval"));
    }

    /// The row of `Device.LocalAgent.MTP.` that uses this broker.
    private Optional<ObjectInstance> agentMtpOf(String transport) {
        return snapshot.object(AGENT_MTPS).map(agent -> agent.rows("MTP")).orElse(List.of()).stream()
                .filter(mtp -> mtp.child("STOMP")
                        .filter(stomp -> (text(stomp, "Reference") + ".").equals(transport))
                        .isPresent())
                .findFirst();
    }

    private Optional<Wanted> uds(EndpointId controller, long order, ObjectInstance object) {
        return referred(object, "UnixDomainSocketRef")
                .filter(socket -> text(socket, "Mode").equals("Connect"))
                .map(socket -> new Wanted(controller, order, new Route.Uds(Path.of(text(socket, "Path"))), "", ""));
    }

    private Optional<ObjectInstance> referred(ObjectInstance from, String parameter) {
        String path = text(from, parameter);
        return path.isEmpty() ? Optional.empty() : snapshot.object(path + ".");
    }

    private static boolean enabled(ObjectInstance row) {
        return text(row, "Enable").equals("true");
    }

    private static Optional<String> given(ObjectInstance row, String parameter) {
        return row.value(parameter).filter(text -> !text.isEmpty());
    }

    private static String text(ObjectInstance row, String parameter) {
        return row.value(parameter).orElse("");
    }

    private static long number(ObjectInstance row, String parameter) {
        return Long.parseLong(row.value(parameter).orElse("0"));
    }

    private static Duration seconds(ObjectInstance row, String parameter) {
        return Duration.ofSeconds(number(row, parameter));
    }
}
