// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where controllers dial the agent: gives each connection to the peer of its Endpoint ID, and lets nobody in
/// who is no controller of this agent.
public final class Reception implements MtpReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Map<EndpointId, ControllerPeer> peers;
    private final Map<MtpConnection, ControllerPeer> connections = new ConcurrentHashMap<>();

    public Reception(Map<EndpointId, ControllerPeer> peers) {
        this.peers = Map.copyOf(peers);
    }

    @Override
    public void connected(MtpConnection connection) {
        PeerIdentity who = connection.peer();
        Optional<ControllerPeer> peer = who.endpointId().map(peers::get);
        boolean believed = who.loopback() || who.proof() != PeerIdentity.Proof.NONE;
        if (peer.isEmpty() || !believed) {
            LOG.warn(
                    "{} at {} is not let in",
                    who.endpointId().map(EndpointId::toString).orElse("somebody"),
                    who.address());
            connection.close(CloseReason.REFUSED);
            return;
        }
        connections.put(connection, peer.get());
        peer.get().connected(connection);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        ControllerPeer peer = connections.get(connection);
        if (peer != null) {
            peer.received(connection, record);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        ControllerPeer peer = connections.remove(connection);
        if (peer != null) {
            peer.disconnected(connection, reason);
        }
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        LOG.info("{} is refused: {}", peer.address(), reason);
    }
}
