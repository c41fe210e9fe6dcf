// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.coap.CoapServerConfig;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.announce.Announcements;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.mqtt.SideTopic;
import dev.pharos.mtp.stomp.StompBackoff;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.PeerAdmission;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.server.broker.BrokerLogin;
import dev.pharos.server.broker.DeviceLogins;
import dev.pharos.server.broker.EmbeddedBroker;
import dev.pharos.server.broker.EmbeddedBrokerConfig;
import dev.pharos.server.broker.ExternalBroker;
import dev.pharos.server.bulk.PublishedReports;
import dev.pharos.usp.codec.RecordCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The transports over which USP devices come: each opened as its option asks, attached to the controller, and
/// announced
/// where that is wanted.
final class UspListeners {
    private static final Logger LOG = LoggerFactory.getLogger(UspListeners.class);

    /// Our own broker is reached at once or not at all.
    private static final StompBackoff OWN_BROKER =
            new StompBackoff(Duration.ofSeconds(1), 2000, Duration.ofSeconds(30));

    private final ServerOptions options;
    private final UspController controller;
    private final Parts parts;
    private final Optional<Announcements> announcements;
    private final Map<String, String> listeners = new LinkedHashMap<>();

    private UspListeners(
            ServerOptions options, UspController controller, Parts parts, Optional<Announcements> announcements) {
        this.options = options;
        this.controller = controller;
        this.parts = parts;
        this.announcements = announcements;
    }

    /// What the transports work with.
    ///
    /// @param logins of devices, at brokers of our own
    /// @param reports takes those that devices publish at brokers
    /// @param opened keeps what is not attached, and is to be closed by the caller, also after a failure
    /// @param serverName what tells this server from others that share a broker with it
    /// @param brokers is told of our session at each, by the name of its listener, whether it stands
    record Parts(
            Turnstile turnstile,
            DeviceLogins logins,
            PublishedReports reports,
            OpenedParts opened,
            String serverName,
            Map<String, BooleanSupplier> brokers) {}

    /// Opens all that the options ask for; the controller closes what is attached to it.
    ///
    /// @return where devices connect, by transport, in the order of opening
    /// @throws IOException where a port cannot be had; the text names its option
    static Map<String, String> open(ServerOptions options, UspController controller, Parts parts)
            throws StartException, IOException {
        Optional<Announcements> announcements = options.announce
                ? Optional.of(parts.opened().keep("announcements", announcements(options)))
                : Optional.empty();
        UspListeners all = new UspListeners(options, controller, parts, announcements);
        all.open();
        return Collections.unmodifiableMap(all.listeners);
    }

    private void open() throws StartException, IOException {
        if (options.ws.on()) {
            listenOverWebSocket(options.ws, "ws", UnaryOperator.identity());
        }
        openBrokers();
        if (options.wss.on()) {
            TlsSettings tls = options.tls();
            listenOverWebSocket(options.wss, "wss", plain -> plain.withTls(tls));
        }
        Path path = options.uds;
        if (path != null) {
            UdsServerMtp uds = new UdsServerMtp(UdsServerConfig.at(path.toAbsolutePath(), options.endpointId));
            attach(uds, "--uds");
            listeners.put("uds", uds.description());
        }
        if (options.coap.on() || options.coaps.on()) {
            openCoap();
        }
    }

    private void listenOverWebSocket(Port port, String name, UnaryOperator<WebSocketServerConfig> terms)
            throws IOException {
        WebSocketServerConfig plain = WebSocketServerConfig.at(options.host, port.number(), options.endpointId);
        WebSocketServerMtp mtp = new WebSocketServerMtp(
                terms.apply(plain).withAdmission(PeerAdmission.EVERYONE.behind(parts.turnstile())));
        attach(mtp, "--" + name);
        listeners.put(name, mtp.description());
    }

    /// A broker of others is for MQTT; STOMP is always served by our own.
    private void openBrokers() throws StartException, IOException {
        Optional<ExternalBroker> broker = options.externalBroker();
        if (broker.isPresent()) {
            useBroker(broker.get());
        }
        boolean mqtt = broker.isEmpty() && (options.mqtt.on() || options.mqtts.on());
        boolean stomp = options.stomp.on() || options.stomps.on();
        if (!mqtt && !stomp) {
            return;
        }
        EmbeddedBroker own = parts.opened().keep("broker", EmbeddedBroker.start(brokerConfig(mqtt)));
        if (mqtt) {
            listenOverMqtt(own);
        }
        if (stomp) {
            listenOverStomp(own);
        }
    }

    private void openCoap() throws StartException, IOException {
        LOG.warn("CoAP is obsolete since USP 1.3: --coap and --coaps are for agents older than that only");
        CoapTerms terms = CoapTerms.with(record -> RecordCodec.decode(record).from());
        if (options.coap.on()) {
            listenOverCoap(options.coap, "coap", terms);
        }
        if (options.coaps.on()) {
            listenOverCoap(options.coaps, "coaps", terms.withTls(options.tls()));
        }
    }

    private void listenOverCoap(Port port, String name, CoapTerms terms) throws IOException {
        CoapServerMtp mtp = new CoapServerMtp(
                CoapServerConfig.at(options.host, port.number(), terms).behind(parts.turnstile()));
        attach(mtp, "--" + name);
        listeners.put(name, mtp.description());
    }

    /// @param mqtt whether the broker is for MQTT too, or for STOMP only
    private EmbeddedBrokerConfig brokerConfig(boolean mqtt) throws StartException {
        boolean stomp = options.stomp.on() || options.stomps.on();
        return new EmbeddedBrokerConfig(
                options.host,
                mqtt ? number(options.mqtt) : Optional.empty(),
                options.endpointId,
                options.loopback(),
                parts.logins(),
                mqtt ? tls(options.mqtts) : Optional.empty(),
                stomp
                        ? Optional.of(new EmbeddedBrokerConfig.Stomp(number(options.stomp), tls(options.stomps)))
                        : Optional.empty(),
                Optional.of(parts.turnstile()),
                parts.reports(),
                (transport, address, reason) ->
                        controller.refused(Optional.empty(), new WirePlace(transport, address), reason));
    }

    private static Optional<Integer> number(Port port) {
        return port.on() ? Optional.of(port.number()) : Optional.empty();
    }

    private Optional<EmbeddedBrokerConfig.Tls> tls(Port port) {
        return number(port).map(number -> new EmbeddedBrokerConfig.Tls(number, options.tls()));
    }

    private void listenOverStomp(EmbeddedBroker broker) throws StartException, IOException {
        BrokerLogin login = broker.controllerLogin();
        StompConfig own = StompConfig.controller(broker.controllerStompAddress(), options.endpointId)
                .withWitness(broker.stompWitness())
                .withSession(StompSession.DEFAULT
                        .withLogin(login.userName(), login.password())
                        .withBackoff(OWN_BROKER));
        attach(
                atBroker("stomp", new StompMtp(options.loopback() ? own.withPeersOnThisHost() : own)),
                "--stomp",
                seen(broker.stompPort(), broker.secureStompPort()));
        broker.stompPort().ifPresent(port -> listeners.put("stomp", "stomp://" + options.host + ":" + port));
        broker.secureStompPort().ifPresent(port -> listeners.put("stomps", "stomps://" + options.host + ":" + port));
    }

    private void listenOverMqtt(EmbeddedBroker broker) throws StartException, IOException {
        BrokerLogin login = broker.controllerLogin();
        MqttConfig own = MqttConfig.controller(broker.controllerAddress(), options.endpointId)
                .withWitness(broker.witness())
                .withSession(MqttSession.DEFAULT
                        .withClientId("pharos-controller")
                        .withLogin(login.userName(), login.password()));
        attach(
                atBroker("mqtt", new MqttMtp(options.loopback() ? own.withPeersOnThisHost() : own)),
                "--mqtt",
                seen(broker.plainPort(), broker.securePort()));
        broker.plainPort().ifPresent(port -> listeners.put("mqtt", "mqtt://" + options.host + ":" + port));
        broker.securePort().ifPresent(port -> listeners.put("mqtts", "mqtts://" + options.host + ":" + port));
    }

    /// Devices come to the broker's ports, of which the encrypted one is the better.
    private UnaryOperator<MtpAddress> seen(OptionalInt plain, OptionalInt secure) {
        return own -> own.seenAt(secure.isPresent(), options.host, secure.orElseGet(() -> plain.orElse(own.port())));
    }

    /// The broker need not be there yet: it is looked for again and again.
    private void useBroker(ExternalBroker broker) throws IOException {
        MqttSession session = broker.login().map(MqttSession.DEFAULT::withLogin).orElse(MqttSession.DEFAULT);
        MqttConfig own = MqttConfig.controller(broker.uri(), options.endpointId).withSession(session);
        SideTopic reports = new SideTopic(MqttTopics.ALL_REPORTS, parts.reports());
        attach(
                atBroker("mqtt", new MqttMtp(options.mqttShared ? own.sharedAs(parts.serverName()) : own, reports)),
                "--mqtt-broker");
        listeners.put("mqtt", broker.uri().toString());
    }

    /// Behind a broker it is reached while its session there stands.
    private Mtp atBroker(String name, Mtp mtp) {
        parts.brokers().put(name, () -> mtp.address().isPresent());
        return mtp;
    }

    private static Announcements announcements(ServerOptions options) throws IOException {
        return Announcements.on(
                MulticastAnnouncer.reachable(InetAddress.getByName(options.host)),
                UspService.Role.CONTROLLER,
                options.endpointId,
                LOG::warn);
    }

    private void attach(Mtp mtp, String option) throws IOException {
        attach(mtp, option, UnaryOperator.identity());
    }

    /// @param seen where devices find what we ourselves reach in another way
    private void attach(Mtp mtp, String option, UnaryOperator<MtpAddress> seen) throws IOException {
        try {
            controller.attach(announcements.map(all -> all.of(mtp, seen)).orElse(mtp));
        } catch (IOException taken) {
            throw new IOException(taken.getMessage() + " (option " + option + ")", taken);
        }
    }
}
