// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.connection.Route;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttRetry;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.mqtt.MqttWill;
import dev.pharos.mtp.stomp.StompBackoff;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompHeartBeat;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Opens what an agent's data model says, with the certificates and the password that the program was given for the
/// controller. The password goes nowhere else than to the broker that it was given for, and nothing goes unencrypted
/// to another host, unless the program itself was told to. Controllers that management has added are met with the
/// certificates of the program and without any login of its own.
public final class ControllerDialler implements Dialler {
    /// In the place of an address of a controller that the program was not given: encryption is a must there.
    private static final URI NOBODYS = URI.create("wss://unnamed.invalid");

    private final Map<EndpointId, ControllerAddress> given = new HashMap<>();
    private final ControllerAddress others;
    private final UnaryOperator<Mtp> wrap;

    /// @param wrap what to put around each transport
    public ControllerDialler(List<ManagingController> controllers, UnaryOperator<Mtp> wrap) {
        this(
                controllers,
                controllers.stream()
                        .map(first -> first.address().access())
                        .findFirst()
                        .orElse(Access.NONE),
                wrap);
    }

    /// @param others how those are met that management adds: all of it but the login
    public ControllerDialler(List<ManagingController> controllers, Access others, UnaryOperator<Mtp> wrap) {
        controllers.forEach(controller -> given.put(controller.id(), controller.address()));
        this.others = new ControllerAddress(NOBODYS, others.withoutLogin());
        this.wrap = wrap;
    }

    @Override
    public Mtp dial(EndpointId agent, EndpointId controller, Route route) {
        ControllerAddress address = given.getOrDefault(controller, others);
        return wrap.apply(
                switch (route) {
                    case Route.WebSocket webSocket -> webSocket(agent, controller, webSocket, address);
                    case Route.Mqtt mqtt -> mqtt(agent, mqtt, address);
                    case Route.Stomp stomp -> stomp(agent, stomp, address);
                    case Route.Uds(var socket) -> new UdsClientMtp(UdsClientConfig.to(socket, agent));
                });
    }

    private static Mtp webSocket(
            EndpointId agent, EndpointId controller, Route.WebSocket route, ControllerAddress address) {
        requireEncryption(route.host(), route.encrypted(), address);
        String path = route.path().startsWith("/") ? route.path() : "/" + route.path();
        URI uri = URI.create(uri(route.encrypted() ? "wss" : "ws", route.host(), route.port()) + path);
        WebSocketClientConfig config = WebSocketClientConfig.to(uri, agent).withBackoff(route.backoff());
        Access access = address.access();
        return new WebSocketClientMtp(access.reaching(
                route.host(), route.encrypted() ? config.withTls(access.tls().withPeer(controller)) : config));
    }

    private static Mtp mqtt(EndpointId agent, Route.Mqtt route, ControllerAddress address) {
        Route.MqttClient client = route.client();
        Route.Broker broker = client.broker();
        requireEncryption(broker.host(), broker.encrypted(), address);
        MqttSession session = MqttSession.DEFAULT
                .withKeepAlive(client.keepAlive())
                .withClean(client.clean())
                .withPublishQos(route.qos())
                .withRetry(new MqttRetry(
                        client.retry().backoff(),
                        client.retry().longest(),
                        client.retry().answerTime()))
                .withFilters(route.filters().stream()
                        .map(filter -> new TopicFilter(filter.topic(), filter.qos()))
                        .toList());
        session = client.version5() ? session : session.version311();
        session = client.clientId().isEmpty() ? session : session.withClientId(client.clientId());
        if (!broker.username().isEmpty()) {
            session = session.withLogin(broker.username(), password(broker, address));
        }
        if (broker.encrypted()) {
            session = session.withTls(address.access().tls());
        }
        if (route.will().isPresent()) {
            Route.Will will = route.will().get();
            session =
                    session.withWill(new MqttWill(will.topic(), Bytes.ofUtf8(will.value()), will.qos(), will.retain()));
        }
        MqttConfig config = MqttConfig.agent(
                URI.create(uri(broker.encrypted() ? "mqtts" : "mqtt", broker.host(), broker.port())),
                agent,
                route.topic());
        config = client.clientId().isEmpty() ? config.withAssignedClientId() : config;
        config = config.withSession(session);
        return new MqttMtp(
                route.own().isPresent() ? config.withOwnTopic(route.own().get()) : config.withoutOwnTopic());
    }

    private static Mtp stomp(EndpointId agent, Route.Stomp route, ControllerAddress address) {
        Route.StompConnection connection = route.connection();
        Route.Broker broker = connection.broker();
        requireEncryption(broker.host(), broker.encrypted(), address);
        StompSession session = StompSession.DEFAULT
                .withVirtualHost(connection.virtualHost())
                .withBackoff(new StompBackoff(connection.initial(), connection.multiplier(), connection.longest()));
        if (connection.heartBeat().isPresent()) {
            Route.HeartBeat beat = connection.heartBeat().get();
            session = session.withHeartBeat(new StompHeartBeat(beat.outgoing(), beat.incoming()));
        }
        if (!broker.username().isEmpty()) {
            session = session.withLogin(broker.username(), password(broker, address));
        }
        if (broker.encrypted()) {
            session = session.withTls(address.access().tls());
        }
        StompConfig config = StompConfig.agent(
                URI.create(uri(broker.encrypted() ? "stomps" : "stomp", broker.host(), broker.port())),
                agent,
                route.destination());
        config = config.withSession(session);
        return new StompMtp(
                route.own().isPresent() ? config.withOwnDestination(route.own().get()) : config);
    }

    private static String uri(String scheme, String host, int port) {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /// What the data model has, else what the program was given, for the same user at the same broker.
    private static String password(Route.Broker broker, ControllerAddress address) {
        if (!broker.password().isEmpty()) {
            return broker.password();
        }
        Optional<String> user = address.access().username();
        boolean same = address.broker()
                .filter(it -> it.host().equals(broker.host())
                        && it.port() == broker.port()
                        && it.encrypted() == broker.encrypted())
                .isPresent();
        return same && user.filter(broker.username()::equals).isPresent()
                ? address.access().password().orElse("")
                : "";
    }

    private static void requireEncryption(String host, boolean encrypted, ControllerAddress address) {
        boolean told = !address.isEncrypted() && !address.isLoopback();
        if (!encrypted && !told && !isLoopback(host)) {
            throw new IllegalArgumentException("nothing goes to another host without encryption: " + host);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
