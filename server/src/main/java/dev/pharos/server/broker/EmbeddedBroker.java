// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.mqtt.BrokerWitness;
import dev.pharos.mtp.tls.ServerTls;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
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

/// The MQTT broker of this server. Everything is in memory, and bounded: what waits for a client that does not read is
/// dropped beyond a bound and after a time, and nothing outlives the connection of the client that it waits for.
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String PLAIN = "mqtt";
    private static final String SECURE = "mqtts";
    private static final String INNER = "controller";
    private static final String LOOPBACK = "127.0.0.1";

    private final ActiveMQServer server;
    private final BrokerLogin controllerLogin;
    private final OptionalInt port;
    private final OptionalInt securePort;
    private final Optional<ServerTls> tls;
    private final URI controllerAddress;
    private final ProvenDevices proven;

    private EmbeddedBroker(
            ActiveMQServer server,
            BrokerLogin controllerLogin,
            Ports ports,
            Optional<ServerTls> tls,
            ProvenDevices proven) {
        this.controllerAddress = ports.controller();
        this.proven = proven;
        this.server = server;
        this.controllerLogin = controllerLogin;
        this.port = ports.plain();
        this.securePort = ports.secure();
        this.tls = tls;
    }

    /// @param controller where our own Controller connects to
    private record Ports(OptionalInt plain, OptionalInt secure, URI controller) {}

    /// Starts a broker; when this returns, clients can connect.
    ///
    /// @throws IOException naming the port and its option where the port is taken, or the file that cannot be used
    public static EmbeddedBroker start(EmbeddedBrokerConfig config) throws IOException {
        Configuration configuration = configuration(config);
        if (config.tls().isEmpty()) {
            return start(config, configuration, Optional.empty());
        }
        ServerTls tls = ServerTls.open(config.tls().get().files());
        try {
            configuration.addAcceptorConfiguration(secure(config, config.tls().get(), tls));
            return start(config, configuration, Optional.of(tls));
        } catch (IOException failed) {
            tls.close();
            throw failed;
        }
    }

    private static EmbeddedBroker start(
            EmbeddedBrokerConfig config, Configuration configuration, Optional<ServerTls> tls) throws IOException {
        BrokerLogin login = BrokerLogin.generate();
        ProvenDevices proven = new ProvenDevices();
        ActiveMQServer server = new ActiveMQServerImpl(configuration, null, new TopicGuard(config.refusals()));
        server.addProtocolManagerFactory(new GatedMqttFactory(new Admission(config, login, proven), config.refusals()));
        try {
            server.start();
            OptionalInt plain = OptionalInt.empty();
            URI own;
            if (config.port().isPresent()) {
                int port = bound(server, PLAIN, config.host(), config.port().get());
                plain = OptionalInt.of(port);
                own = URI.create("mqtt://" + reachable(config.host()) + ":" + port);
            } else {
                own = URI.create("mqtt://" + LOOPBACK + ":" + bound(server, INNER, LOOPBACK, 0));
            }
            OptionalInt secure = OptionalInt.empty();
            if (config.tls().isPresent()) {
                secure = OptionalInt.of(
                        bound(server, SECURE, config.host(), config.tls().get().port()));
            }
            return new EmbeddedBroker(server, login, new Ports(plain, secure, own), tls, proven);
        } catch (IOException known) {
            stop(server);
            throw known;
        } catch (Exception anything) {
            stop(server);
            throw new IOException("the MQTT broker does not start: " + anything.getMessage(), anything);
        }
    }

    /// Artemis starts normally also when it could not listen.
    private static int bound(ActiveMQServer server, String name, String host, int wanted) throws IOException {
        if (server.getRemotingService().getAcceptor(name) instanceof NettyAcceptor acceptor
                && acceptor.getActualPort() > 0) {
            return acceptor.getActualPort();
        }
        throw new IOException("cannot listen at " + host + ":" + wanted
                + " for MQTT: is another program using it? Choose another port with --" + name);
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
        made.addAcceptorConfiguration(
                config.port().map(port -> plain(config, port)).orElseGet(EmbeddedBroker::inner));
        return made;
    }

    /// An address that listens everywhere is reached on this host.
    private static String reachable(String host) {
        String address = host.equals("0.0.0.0") || host.equals("::") ? LOOPBACK : host;
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    /// Where all others come over TLS, our own Controller has a door to itself, on this host.
    private static TransportConfiguration inner() {
        Map<String, Object> protocol = protocol();
        protocol.put(GatedMqttFactory.CONTROLLER_ONLY, true);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), network(LOOPBACK, 0), INNER, protocol);
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

    private static TransportConfiguration plain(EmbeddedBrokerConfig config, int port) {
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), network(config.host(), port), PLAIN, protocol());
    }

    private static TransportConfiguration secure(
            EmbeddedBrokerConfig config, EmbeddedBrokerConfig.Tls settings, ServerTls tls) {
        Map<String, Object> network = network(config.host(), settings.port());
        TlsAcceptorFactory.secure(network, tls, config.refusals());
        return new TransportConfiguration(TlsAcceptorFactory.class.getName(), network, SECURE, protocol());
    }

    private static Map<String, Object> network(String host, int port) {
        Map<String, Object> network = new HashMap<>();
        network.put(TransportConstants.HOST_PROP_NAME, host);
        network.put(TransportConstants.PORT_PROP_NAME, port);
        network.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        network.put(TransportConstants.REMOTING_THREADS_PROPNAME, Limits.NETWORK_THREADS);
        network.put(TransportConstants.CONNECTIONS_ALLOWED, (long) Limits.CONNECTIONS);
        return network;
    }

    private static Map<String, Object> protocol() {
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
        return port;
    }

    /// Where MQTT over TLS is listened for; empty where it is not.
    public OptionalInt securePort() {
        return securePort;
    }

    /// The port of plain MQTT, or of MQTT over TLS where there is only that.
    public int port() {
        return port.orElseGet(securePort::orElseThrow);
    }

    /// Which devices have proved who they are, for the Controller.
    public BrokerWitness witness() {
        return proven::of;
    }

    /// Where the server's own Controller connects to.
    public URI controllerAddress() {
        return controllerAddress;
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
        tls.ifPresent(ServerTls::close);
    }

    private static void stop(ActiveMQServer server) {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.warn("the MQTT broker does not stop properly", failure);
        }
    }
}
