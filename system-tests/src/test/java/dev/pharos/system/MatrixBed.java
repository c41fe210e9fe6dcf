// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.coap.CoapServerConfig;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.pki.SubjectName;
import dev.pharos.server.broker.BrokerLogin;
import dev.pharos.server.broker.EmbeddedBroker;
import dev.pharos.server.broker.EmbeddedBrokerConfig;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What all cases of the matrix share: an authority, and the server's own broker, plain and in TLS.
final class MatrixBed implements AutoCloseable {
    static final EndpointId CONTROLLER = ControllerSettings.DEFAULT_ID;

    private final Path folder;
    private final TestAuthority authority;
    private final TlsSettings controllerTls;
    private final EmbeddedBroker broker;

    /// A transport.
    enum Way {
        WEBSOCKET,
        /// The agent listens, and the controller dials it.
        WEBSOCKET_DIALLED,
        MQTT,
        MQTT_3,
        STOMP,
        UDS,
        COAP
    }

    private MatrixBed(Path folder, TestAuthority authority, TlsSettings controllerTls, EmbeddedBroker broker) {
        this.folder = folder;
        this.authority = authority;
        this.controllerTls = controllerTls;
        this.broker = broker;
    }

    static MatrixBed open(Path folder) throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(
                SubjectName.of(CONTROLLER), SubjectName.host("localhost"), SubjectName.host("127.0.0.1"));
        TlsSettings tls = TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
        EmbeddedBroker broker = EmbeddedBroker.start(
                new EmbeddedBrokerConfig("127.0.0.1", 0, CONTROLLER, true, (transport, address, reason) -> {})
                        .withTls(new EmbeddedBrokerConfig.Tls(0, tls))
                        .withStomp(new EmbeddedBrokerConfig.Stomp(
                                Optional.of(0), Optional.of(new EmbeddedBrokerConfig.Tls(0, tls)))));
        return new MatrixBed(folder, authority, tls, broker);
    }

    /// Who somebody is end to end, whatever the transport.
    EndToEndIdentity identity(EndpointId endpoint) throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.of(endpoint));
        return EndToEndIdentity.open(TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted()));
    }

    /// Both ends of a way, not yet started.
    record Ends(Mtp controller, AgentEnd agent) {}

    /// Made when the controller's end has started, since it names a port only then.
    interface AgentEnd {
        Mtp open() throws IOException;
    }

    /// By what somebody in the middle wants to be reached, in the place of a broker's port.
    interface Detour {
        Detour NONE = port -> port;

        /// @param port the broker's own
        int to(int port) throws IOException;
    }

    Ends ends(Way way, boolean secure, EndpointId device) throws IOException {
        return ends(way, secure, device, Detour.NONE);
    }

    /// @param detour of both ends, where there is a broker between them
    Ends ends(Way way, boolean secure, EndpointId device, Detour detour) throws IOException {
        TestAuthority.Files certificate = authority.issue(SubjectName.of(device));
        TlsSettings deviceTls =
                TlsSettings.server(certificate.chain(), certificate.key()).withTrusted(authority.trusted());
        Access access = new Access(Optional.empty(), Optional.empty(), deviceTls, Optional.empty());
        return switch (way) {
            case WEBSOCKET -> {
                WebSocketServerConfig config = WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER);
                WebSocketServerMtp server = new WebSocketServerMtp(secure ? config.withTls(controllerTls) : config);
                yield new Ends(server, () -> dial(server.description(), access, device));
            }
            case WEBSOCKET_DIALLED -> {
                int port = freePort();
                URI place = URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + port + "/usp");
                WebSocketServerConfig config = WebSocketServerConfig.at("127.0.0.1", port, device);
                yield new Ends(
                        new WebSocketClientMtp(WebSocketClientConfig.to(place, CONTROLLER)
                                .withTls(controllerTls.withPeer(device))
                                .withBackoff(new RetryBackoff(Duration.ofMillis(50), 1000))),
                        () -> new WebSocketServerMtp(
                                secure ? config.withTls(deviceTls.requiringPeerCertificate()) : config));
            }
            case MQTT, MQTT_3 -> mqtt(way == Way.MQTT_3, secure, device, access, detour);
            case STOMP -> {
                BrokerLogin login = broker.controllerLogin();
                URI own = by(detour, broker.controllerStompAddress());
                StompMtp controller = new StompMtp(StompConfig.controller(own, CONTROLLER)
                        .withWitness(broker.stompWitness())
                        .withSession(StompSession.DEFAULT.withLogin(login.userName(), login.password()))
                        .withPeersOnThisHost());
                String place =
                        "://127.0.0.1:" + detour.to(port(secure ? broker.secureStompPort() : broker.stompPort()));
                yield new Ends(controller, () -> dial((secure ? "stomps" : "stomp") + place, access, device));
            }
            case UDS -> {
                Path socket = folder.resolve(device.instanceId());
                UdsServerConfig config = UdsServerConfig.at(socket, CONTROLLER);
                UdsClientConfig client = UdsClientConfig.to(socket, device);
                yield new Ends(
                        new UdsServerMtp(secure ? config.withTls(controllerTls) : config),
                        () -> new UdsClientMtp(secure ? client.withTls(deviceTls.withPeer(CONTROLLER)) : client));
            }
            case COAP -> {
                CoapTerms terms =
                        CoapTerms.with(record -> RecordCodec.decode(record).from());
                CoapServerMtp server = new CoapServerMtp(
                        CoapServerConfig.at("127.0.0.1", 0, secure ? terms.withTls(controllerTls) : terms));
                yield new Ends(server, () -> dial(server.description(), access, device));
            }
        };
    }

    /// The controller must know it before the agent is there.
    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    private static URI by(Detour detour, URI broker) throws IOException {
        return URI.create(broker.getScheme() + "://" + broker.getHost() + ":" + detour.to(broker.getPort()));
    }

    private Ends mqtt(boolean version3, boolean secure, EndpointId device, Access access, Detour detour)
            throws IOException {
        BrokerLogin login = broker.controllerLogin();
        MqttSession session =
                MqttSession.DEFAULT.withClientId("pharos-controller").withLogin(login.userName(), login.password());
        MqttMtp controller = new MqttMtp(MqttConfig.controller(by(detour, broker.controllerAddress()), CONTROLLER)
                .withWitness(broker.witness())
                .withSession(session)
                .withPeersOnThisHost());
        String place = "://127.0.0.1:" + detour.to(port(secure ? broker.securePort() : broker.plainPort()));
        String uri = (secure ? "mqtts" : "mqtt") + place;
        if (!version3) {
            return new Ends(controller, () -> dial(uri, access, device));
        }
        MqttConfig own =
                MqttConfig.agent(URI.create(uri), device, dev.pharos.mtp.mqtt.MqttTopics.forController(CONTROLLER));
        MqttSession old = MqttSession.DEFAULT.version311().withClientId(device.toString());
        return new Ends(controller, () -> new MqttMtp(own.withSession(secure ? old.withTls(access.tls()) : old)));
    }

    private static int port(OptionalInt known) {
        return known.orElseThrow();
    }

    private static Mtp dial(String uri, Access access, EndpointId device) {
        return ControllerAddress.parse(uri, access).transport(device, CONTROLLER);
    }

    @Override
    public void close() {
        broker.close();
    }
}
