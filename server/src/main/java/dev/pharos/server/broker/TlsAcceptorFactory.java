// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.mtp.tls.TlsFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;

/// Makes Artemis's own acceptor with our TLS in it: keys and trust that are read anew when they change, and
/// certificates judged as on every other listener. Artemis makes this object by its name.
public final class TlsAcceptorFactory implements AcceptorFactory {
    /// The parameter that holds the [ServerTls].
    private static final String TLS = "pharosTls";
    /// The parameter that holds the [BrokerRefusals].
    private static final String REFUSALS = "pharosRefusals";

    /// @param network what the acceptor is told of the network; TLS is added
    static void secure(Map<String, Object> network, ServerTls tls, BrokerRefusals refusals) {
        network.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        // Artemis wants to hear of some context, although its own is never used.
        network.put("sslContext", "pharos");
        network.put(TLS, tls);
        network.put(REFUSALS, refusals);
    }

    private static String sentence(Throwable failure) {
        return TlsFailure.sentence(failure).orElse("it left during the TLS handshake");
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Acceptor createAcceptor(
            String name,
            ClusterConnection cluster,
            Map<String, Object> parameters,
            BufferHandler handler,
            ServerConnectionLifeCycleListener listener,
            Executor threadPool,
            ScheduledExecutorService scheduler,
            Map<String, ProtocolManager> protocols,
            String threadGroup,
            MetricsManager metrics) {
        if (!(parameters.get(TLS) instanceof ServerTls tls)
                || !(parameters.get(REFUSALS) instanceof BrokerRefusals refusals)) {
            throw new IllegalArgumentException("the acceptor " + name + " has no TLS");
        }
        String transport = String.valueOf(parameters.get(TransportConstants.PROTOCOLS_PROP_NAME))
                .toLowerCase(Locale.ROOT);
        return new NettyAcceptor(
                name, cluster, parameters, handler, listener, scheduler, threadPool, protocols, threadGroup, metrics) {
            @Override
            public SslHandler getSslHandler(ByteBufAllocator allocator, String peerHost, int peerPort) {
                return tls.handler(
                        allocator,
                        failure -> refusals.refused(transport, peerHost + ":" + peerPort, sentence(failure)));
            }
        };
    }
}
