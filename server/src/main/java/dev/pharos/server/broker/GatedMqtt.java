// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTRoutingHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/// Artemis's MQTT with a [PeerGate] before it on every connection, and with a bound for packets of strangers.
///
/// The raw types are those of the interface.
@SuppressWarnings("rawtypes")
final class GatedMqtt implements ProtocolManager<MQTTInterceptor, MQTTRoutingHandler> {
    private final MQTTProtocolManager inner;
    private final Admission admission;
    private final BrokerRefusals refusals;
    private final BrokerReports reports;

    GatedMqtt(MQTTProtocolManager inner, Admission admission, BrokerRefusals refusals, BrokerReports reports) {
        this.inner = inner;
        this.admission = admission;
        this.refusals = refusals;
        this.reports = reports;
    }

    @Override
    public void addChannelHandlers(ChannelPipeline pipeline) {
        inner.addChannelHandlers(pipeline);
        pipeline.replace(MqttDecoder.class, "mqtt-decoder", new MqttDecoder(Limits.DECODED_BYTES));
        String artemis = pipeline.context(MQTTProtocolHandler.class).name();
        pipeline.addBefore(artemis, "peer-gate", new PeerGate(admission, refusals, reports));
    }

    @Override
    @SuppressWarnings("unchecked")
    public ProtocolManagerFactory<MQTTInterceptor> getFactory() {
        return inner.getFactory();
    }

    @Override
    public void updateInterceptors(List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
        inner.updateInterceptors(incoming, outgoing);
    }

    @Override
    public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection connection) {
        return inner.createConnectionEntry(acceptor, connection);
    }

    @Override
    public void removeHandler(String name) {
        inner.removeHandler(name);
    }

    @Override
    public void handleBuffer(RemotingConnection connection, ActiveMQBuffer buffer) {
        inner.handleBuffer(connection, buffer);
    }

    /// Whatever begins: nothing else is spoken at our ports, and what Artemis finds no protocol for it keeps open and
    /// forgets. [PeerGate] turns away who does not speak it.
    @Override
    public boolean isProtocol(byte[] start) {
        return true;
    }

    @Override
    public boolean acceptsNoHandshake() {
        return inner.acceptsNoHandshake();
    }

    @Override
    public void handshake(NettyServerConnection connection, ActiveMQBuffer buffer) {
        inner.handshake(connection, buffer);
    }

    @Override
    public List<String> websocketSubprotocolIdentifiers() {
        return inner.websocketSubprotocolIdentifiers();
    }

    @Override
    public void setAnycastPrefix(String prefix) {
        inner.setAnycastPrefix(prefix);
    }

    @Override
    public void setMulticastPrefix(String prefix) {
        inner.setMulticastPrefix(prefix);
    }

    @Override
    public Map<SimpleString, RoutingType> getPrefixes() {
        return inner.getPrefixes();
    }

    @Override
    public void setSecurityDomain(String domain) {
        inner.setSecurityDomain(domain);
    }

    @Override
    public String getSecurityDomain() {
        return inner.getSecurityDomain();
    }

    @Override
    public MQTTRoutingHandler getRoutingHandler() {
        return inner.getRoutingHandler();
    }
}
