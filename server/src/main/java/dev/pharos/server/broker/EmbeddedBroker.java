// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.BrokerWitness;
import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.server.broker.Admission.Protocol;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker of this server, for MQTT and STOMP. Everything is in memory, and bounded: what waits for a client that
/// does not read is dropped beyond a bound and after a time, and nothing outlives the connection of the client that it
/// waits for.
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String PLAIN = "mqtt";
    private static final String SECURE = "mqtts";
    private static final String INNER = "controller";
    private static final String STOMP = "stomp";
    private static final String SECURE_STOMP = "stomps";
    private static final String INNER_STOMP = "controller-stomp";
    private static final String LOOPBACK = "127.0.0.1";

    private final ActiveMQServer server;
    private final BrokerLogin controllerLogin;
    private final String host;
    private final Map<String, Integer> ports;
    private final List<ServerTls> tls;
    private final ProvenDevices proven;

    private EmbeddedBroker(
            ActiveMQServer server,
            BrokerLogin controllerLogin,
            String host,
            Map<String, Integer> ports,
            List<ServerTls> tls,
            ProvenDevices proven) {
        this.server = server;
        this.controllerLogin = controllerLogin;
        this.host = host;
        this.ports = Map.copyOf(ports);
        this.tls = List.copyOf(tls);
        this.proven = proven;
    }

    /// Starts a broker; when this returns, clients can connect.
    ///
    /// @throws IOException naming the port and its option where the port is taken, or the file that cannot be used
    public static EmbeddedBroker start(EmbeddedBrokerConfig config) throws IOException {
        Configuration configuration = configuration(config);
        List<ServerTls> opened = new ArrayList<>();
        try {
            if (config.tls().isPresent()) {
                Map<String, Object> network = secure(config, config.tls().get(), opened);
                configuration.addAcceptorConfiguration(tlsAcceptor(SECURE, network, mqttNetwork(), mqtt()));
            }
            Optional<EmbeddedBrokerConfig.Tls> stomps = config.stomp().flatMap(EmbeddedBrokerConfig.Stomp::tls);
            if (stomps.isPresent()) {
                Map<String, Object> network = secure(config, stomps.get(), opened);
                configuration.addAcceptorConfiguration(tlsAcceptor(SECURE_STOMP, network, stompNetwork(), Map.of()));
            }
            return start(config, configuration, opened);
        } catch (IOException failed) {
            opened.forEach(ServerTls::close);
            throw failed;
        }
    }

    private static EmbeddedBroker start(
            EmbeddedBrokerConfig config, Configuration configuration, List<ServerTls> opened) throws IOException {
        BrokerLogin login = BrokerLogin.generate();
        ProvenDevices proven = new ProvenDevices();
        ActiveMQServer server = new ActiveMQServerImpl(configuration, null, new TopicGuard(config.refusals()));
        Admission admission = new Admission(config, login, proven);
        server.addProtocolManagerFactory(new GatedMqttFactory(admission, config.refusals(), config.reports()));
        server.addProtocolManagerFactory(new GatedStompFactory(admission, config.refusals()));
        try {
            server.start();
            Map<String, Integer> ports = new HashMap<>();
            for (TransportConfiguration acceptor : configuration.getAcceptorConfigurations()) {
                ports.put(acceptor.getName(), bound(server, acceptor));
            }
            return new EmbeddedBroker(server, login, config.host(), ports, opened, proven);
        } catch (IOException known) {
            stop(server);
            throw known;
        } catch (Exception anything) {
            stop(server);
            throw new IOException("the broker does not start: " + anything.getMessage(), anything);
        }
    }

    /// Artemis starts normally also when it could not listen.
    private static int bound(ActiveMQServer server, TransportConfiguration wanted) throws IOException {
        String name = wanted.getName();
        if (server.getRemotingService().getAcceptor(name) instanceof NettyAcceptor acceptor
                && acceptor.getActualPort() > 0) {
            return acceptor.getActualPort();
        }
        throw new IOException("cannot listen at "
                + wanted.getParams().get(TransportConstants.HOST_PROP_NAME) + ":"
                + wanted.getParams().get(TransportConstants.PORT_PROP_NAME) + " for "
                + (name.contains(STOMP) ? "STOMP" : "MQTT")
                + ": is another program using it? Choose another port with --" + name);
    }

    private static Configuration configuration(EmbeddedBrokerConfig config) {
        ConfigurationImpl made = new ConfigurationImpl();
        made.setName("pharos");
        made.setPersistenceEnabled(false);
        made.setMqttSubscriptionPersistenceEnabled(false);
        made.setSecurityEnabled(true);
        // Its caches know a user name at most, and all who come without one would be the same to them.
        made.setAuthenticationCacheSize(0);
        made.setAuthorizationCacheSize(0);
        // Whoever knows these may do everything in Artemis: random, and kept by nobody.
        BrokerLogin nobody = BrokerLogin.generate();
        made.setClusterUser(nobody.userName());
        made.setClusterPassword(nobody.password());
        made.setJMXManagementEnabled(false);
        made.setResolveProtocols(false);
        made.setCriticalAnalyzer(false);
        made.setGracefulShutdownEnabled(false);
        // Nothing is on disk: a full one must not stop the broker.
        made.setMaxDiskUsage(-1);
        made.setThreadPoolMaxSize(Limits.WORKER_THREADS);
        made.setScheduledThreadPoolMaxSize(2);
        made.setGlobalMaxSize(
                Math.min(Limits.ALL_BYTES_WAITING, Runtime.getRuntime().maxMemory() / 4));
        made.setMessageExpiryScanPeriod(Limits.EXPIRY_SCAN.toMillis());
        made.addAddressSetting("#", addressSettings());
        if (config.port().isPresent()) {
            made.addAcceptorConfiguration(
                    acceptor(PLAIN, network(config.host(), config.port().get()), mqttNetwork(), mqtt()));
        } else if (config.tls().isPresent()) {
            made.addAcceptorConfiguration(acceptor(INNER, network(LOOPBACK, 0), mqttNetwork(), controllerOnly(mqtt())));
        }
        if (config.stomp().isPresent()) {
            made.addAcceptorConfiguration(config.stomp()
                    .get()
                    .port()
                    .map(port -> acceptor(STOMP, network(config.host(), port), stompNetwork(), Map.of()))
                    .orElseGet(() ->
                            acceptor(INNER_STOMP, network(LOOPBACK, 0), stompNetwork(), controllerOnly(Map.of()))));
        }
        return made;
    }

    /// An address that listens everywhere is reached on this host.
    private static String reachable(String host) {
        String address = host.equals("0.0.0.0") || host.equals("::") ? LOOPBACK : host;
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    /// Where all others come over TLS, our own Controller has a door to itself, on this host.
    private static Map<String, Object> controllerOnly(Map<String, Object> protocol) {
        Map<String, Object> narrowed = new HashMap<>(protocol);
        narrowed.put(GatedMqttFactory.CONTROLLER_ONLY, true);
        return narrowed;
    }

    private static AddressSettings addressSettings() {
        AddressSettings settings = new AddressSettings();
        settings.setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP);
        settings.setMaxSizeBytes(Limits.TOPIC_BYTES_WAITING);
        settings.setExpiryDelay(Limits.MESSAGE_LIFE.toMillis());
        settings.setMaxExpiryDelay(Limits.MESSAGE_LIFE.toMillis());
        // Addresses without a queue: what expires or cannot be delivered goes nowhere.
        settings.setExpiryAddress(SimpleString.of("expired"));
        settings.setDeadLetterAddress(SimpleString.of("undeliverable"));
        settings.setAutoCreateExpiryResources(false);
        settings.setAutoCreateDeadLetterResources(false);
        settings.setAutoCreateAddresses(true);
        settings.setAutoDeleteAddresses(true);
        settings.setAutoCreateQueues(true);
        settings.setAutoDeleteQueues(true);
        return settings;
    }

    private static TransportConfiguration acceptor(
            String name, Map<String, Object> network, Map<String, Object> more, Map<String, Object> protocol) {
        network.putAll(more);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), network, name, protocol);
    }

    private static TransportConfiguration tlsAcceptor(
            String name, Map<String, Object> network, Map<String, Object> more, Map<String, Object> protocol) {
        network.putAll(more);
        return new TransportConfiguration(TlsAcceptorFactory.class.getName(), network, name, protocol);
    }

    private static Map<String, Object> secure(
            EmbeddedBrokerConfig config, EmbeddedBrokerConfig.Tls settings, List<ServerTls> opened) throws IOException {
        ServerTls tls = ServerTls.open(settings.files());
        opened.add(tls);
        Map<String, Object> network = network(config.host(), settings.port());
        TlsAcceptorFactory.secure(network, tls, config.refusals());
        return network;
    }

    private static Map<String, Object> network(String host, int port) {
        Map<String, Object> network = new HashMap<>();
        network.put(TransportConstants.HOST_PROP_NAME, host);
        network.put(TransportConstants.PORT_PROP_NAME, port);
        network.put(TransportConstants.REMOTING_THREADS_PROPNAME, Limits.NETWORK_THREADS);
        network.put(TransportConstants.CONNECTIONS_ALLOWED, (long) Limits.CONNECTIONS);
        return network;
    }

    private static Map<String, Object> mqttNetwork() {
        return Map.of(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    }

    private static Map<String, Object> stompNetwork() {
        return Map.of(
                TransportConstants.PROTOCOLS_PROP_NAME,
                "STOMP",
                // What Artemis calls a large message lies on disk, of which there is none.
                TransportConstants.STOMP_MIN_LARGE_MESSAGE_SIZE,
                -1,
                TransportConstants.CONNECTION_TTL,
                Long.toString(Limits.STOMP_SILENCE.toMillis()));
    }

    private static Map<String, Object> mqtt() {
        Map<String, Object> protocol = new HashMap<>();
        // Aliases would hide topics from the gate, and cost memory for each client.
        protocol.put("topicAliasMaximum", 0);
        protocol.put("maximumPacketSize", Limits.PACKET_BYTES);
        protocol.put("defaultMaximumInFlightPublishMessages", Limits.IN_FLIGHT);
        // The client's own keep-alive counts.
        protocol.put("serverKeepAlive", -1);
        return protocol;
    }

    /// Where plain MQTT is listened for; empty where it is not.
    public OptionalInt plainPort() {
        return portOf(PLAIN);
    }

    /// Where MQTT over TLS is listened for; empty where it is not.
    public OptionalInt securePort() {
        return portOf(SECURE);
    }

    /// Where plain STOMP is listened for; empty where it is not.
    public OptionalInt stompPort() {
        return portOf(STOMP);
    }

    /// Where STOMP over TLS is listened for; empty where it is not.
    public OptionalInt secureStompPort() {
        return portOf(SECURE_STOMP);
    }

    private OptionalInt portOf(String acceptor) {
        Integer port = ports.get(acceptor);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /// The port of plain MQTT, or of MQTT over TLS where there is only that.
    public int port() {
        return plainPort().orElseGet(securePort()::orElseThrow);
    }

    /// Which devices have proved over MQTT who they are, for the Controller.
    public BrokerWitness witness() {
        return device -> proven.of(Protocol.MQTT, device);
    }

    /// Which devices have proved over STOMP who they are, for the Controller.
    public BrokerWitness stompWitness() {
        return device -> proven.of(Protocol.STOMP, device);
    }

    /// Where the server's own Controller connects to over MQTT.
    public URI controllerAddress() {
        return own("mqtt", plainPort(), INNER);
    }

    /// Where the server's own Controller connects to over STOMP.
    public URI controllerStompAddress() {
        return own("stomp", stompPort(), INNER_STOMP);
    }

    private URI own(String scheme, OptionalInt plain, String inner) {
        return URI.create(
                plain.isPresent()
                        ? scheme + "://" + reachable(host) + ":" + plain.getAsInt()
                        : scheme + "://" + LOOPBACK + ":" + portOf(inner).orElseThrow());
    }

    /// With which the server's own Controller connects.
    public BrokerLogin controllerLogin() {
        return controllerLogin;
    }

    /// Bytes of messages that wait within the broker.
    long bytesWaiting() {
        return server.getPagingManager().getGlobalSize();
    }

    /// Ends all connections and frees the ports.
    @Override
    public void close() {
        stop(server);
        tls.forEach(ServerTls::close);
    }

    private static void stop(ActiveMQServer server) {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.warn("the broker does not stop properly", failure);
        }
    }
}
