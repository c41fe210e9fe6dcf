// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.mtp.tls.CrowdGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/// HTTP as Tomcat has it, of whose connections one address may not take all: who comes beyond its share is closed
/// before
/// a byte is read or a handshake begun, and people are told once a second. Public with an empty constructor, since the
/// library makes it by its name.
public final class FairProtocol extends Http11NioProtocol {
    private final FairEndpoint endpoint;

    public FairProtocol() {
        this(Limits.CONNECTIONS_FROM_ONE);
    }

    FairProtocol(int mostFromOne) {
        this(new FairEndpoint(mostFromOne));
    }

    private FairProtocol(FairEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /// @param refused is told of an address and why, on the thread that accepts; it must not wait
    void tell(BiConsumer<InetSocketAddress, String> refused) {
        endpoint.refused = refused;
    }

    /// The library says of no connection that it has ended, so that those which have are looked for.
    private static final class FairEndpoint extends NioEndpoint {
        private final int mostFromOne;
        private final CrowdGate gate;
        private final Map<SocketChannel, SocketAddress> open = new HashMap<>();
        private volatile BiConsumer<InetSocketAddress, String> refused = (_, _) -> {};
        private long lookedAt = System.nanoTime();

        FairEndpoint(int mostFromOne) {
            this.mostFromOne = mostFromOne;
            this.gate = new CrowdGate("connections", Integer.MAX_VALUE, mostFromOne);
        }

        /// Called on the one thread that accepts.
        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (comesIn(socket)) {
                return super.setSocketOptions(socket);
            }
            // The library closes only what it has prepared already.
            destroySocket(socket);
            return false;
        }

        private boolean comesIn(SocketChannel socket) {
            SocketAddress from;
            try {
                from = socket.getRemoteAddress();
            } catch (IOException goneAlready) {
                return false;
            }
            if (open.size() >= mostFromOne && System.nanoTime() - lookedAt >= Limits.ENDED_LOOKED_FOR.toNanos()) {
                forgetEnded();
            }
            return switch (gate.enter(from)) {
                case CrowdGate.Answer.Enter _ -> {
                    open.put(socket, from);
                    yield true;
                }
                case CrowdGate.Answer.TurnedAway(var told) -> {
                    if (from instanceof InetSocketAddress address) {
                        told.ifPresent(sentence -> refused.accept(address, sentence));
                    }
                    yield false;
                }
            };
        }

        private void forgetEnded() {
            Iterator<Map.Entry<SocketChannel, SocketAddress>> each =
                    open.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<SocketChannel, SocketAddress> next = each.next();
                if (!next.getKey().isOpen()) {
                    gate.leave(next.getValue());
                    each.remove();
                }
            }
            lookedAt = System.nanoTime();
        }
    }
}
