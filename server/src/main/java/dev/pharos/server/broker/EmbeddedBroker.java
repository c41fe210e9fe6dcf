// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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

    private final ActiveMQServer server;
    private final BrokerLogin controllerLogin;
    private final OptionalInt port;
    private final OptionalInt securePort;

    private EmbeddedBroker(
            ActiveMQServer server, BrokerLogin controllerLogin, OptionalInt port, OptionalInt securePort) {
        this.server = server;
        this.controllerLogin = controllerLogin;
        this.port = port;
        this.securePort = securePort;
    }

    /// Starts a broker; when this returns, clients can connect.
    ///
    /// @throws IOException naming the port and its option where the port is taken, or the file that cannot be used
    public static EmbeddedBroker start(EmbeddedBrokerConfig config) throws IOException {
        if (config.tls().isEmpty()) {
            return start(config, configuration(config));
        }
        try (KeyStoreFile keys = KeyStoreFile.of(config.tls().get())) {
            Configuration configuration = configuration(config);
            configuration.addAcceptorConfiguration(secure(config, config.tls().get(), keys));
            return start(config, configuration);
        }
    }

    private static EmbeddedBroker start(EmbeddedBrokerConfig config, Configuration configuration) throws IOException {
        BrokerLogin login = BrokerLogin.generate();
        ActiveMQServer server = new ActiveMQServerImpl(configuration, null, new TopicGuard(config.refusals()));
        server.addProtocolManagerFactory(new GatedMqttFactory(new Admission(config, login), config.refusals()));
        try {
            server.start();
            OptionalInt plain = OptionalInt.empty();
            if (config.port().isPresent()) {
                plain = OptionalInt.of(
                        bound(server, PLAIN, config.host(), config.port().get()));
            }
            OptionalInt secure = OptionalInt.empty();
            if (config.tls().isPresent()) {
                secure = OptionalInt.of(
                        bound(server, SECURE, config.host(), config.tls().get().port()));
            }
            return new EmbeddedBroker(server, login, plain, secure);
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
        config.port().ifPresent(port -> made.addAcceptorConfiguration(plain(config, port)));
        return made;
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
            EmbeddedBrokerConfig config, EmbeddedBrokerConfig.Tls tls, KeyStoreFile keys) {
        Map<String, Object> network = network(config.host(), tls.port());
        network.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        network.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        network.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.file().toString());
        network.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, keys.password());
        network.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), network, SECURE, protocol());
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
    }

    private static void stop(ActiveMQServer server) {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.warn("the MQTT broker does not stop properly", failure);
        }
    }
}
