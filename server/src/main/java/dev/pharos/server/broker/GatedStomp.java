// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.stomp.StompFrameDecoder;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.stomp.StompFrameInterceptor;
import org.apache.activemq.artemis.core.protocol.stomp.StompProtocolManager;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.routing.RoutingHandler;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.jspecify.annotations.Nullable;

/// Artemis's STOMP with a [StompGate] before it on every connection.
///
/// The raw types are those of the interface.
@SuppressWarnings("rawtypes")
final class GatedStomp implements ProtocolManager<StompFrameInterceptor, RoutingHandler> {
    private final StompProtocolManager inner;
    private final Admission admission;
    private final BrokerRefusals refusals;
    private final StompPresence presence;

    GatedStomp(StompProtocolManager inner, Admission admission, BrokerRefusals refusals, StompPresence presence) {
        this.inner = inner;
        this.admission = admission;
        this.refusals = refusals;
        this.presence = presence;
    }

    @Override
    public void addChannelHandlers(ChannelPipeline pipeline) {
        // A stranger has nothing to say that has a body.
        StompFrameDecoder decoder = new StompFrameDecoder(0);
        pipeline.addLast("stomp-decoder", decoder);
        pipeline.addLast("stomp-gate", new StompGate(admission, refusals, presence, decoder));
    }

    @Override
    @SuppressWarnings("unchecked")
    public ProtocolManagerFactory<StompFrameInterceptor> getFactory() {
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
    /// forgets. [StompGate] turns away who does not speak it.
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
    public @Nullable RoutingHandler getRoutingHandler() {
        return inner.getRoutingHandler();
    }
}
