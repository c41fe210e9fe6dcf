// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.config.Limits;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where controllers dial the agent: gives each connection to the peer of its Endpoint ID. Who is no controller of this
/// agent is let in where it may become one by the certificates that it shows (R-SEC.24), and nobody else.
public final class Reception implements MtpReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Function<EndpointId, Optional<ControllerPeer>> peers;
    private final BiPredicate<EndpointId, List<X509Certificate>> meeting;
    private final Map<MtpConnection, Visitor> visitors = new ConcurrentHashMap<>();

    /// @param meeting makes a stranger known by its certificates, and says whether it is now; may wait for the disk
    public Reception(
            Function<EndpointId, Optional<ControllerPeer>> peers,
            BiPredicate<EndpointId, List<X509Certificate>> meeting) {
        this.peers = peers;
        this.meeting = meeting;
    }

    @Override
    public void connected(MtpConnection connection) {
        PeerIdentity who = connection.peer();
        Optional<ControllerPeer> peer = who.endpointId().flatMap(peers);
        boolean believed = who.loopback() || who.proof() != PeerIdentity.Proof.NONE;
        if (believed && peer.isPresent()) {
            Visitor visitor = new Visitor(connection);
            visitors.put(connection, visitor);
            visitor.meets(peer.get());
        } else if (believed
                && who.endpointId().isPresent()
                && !connection.security().certificates().isEmpty()) {
            // Writes to the disk, so not on a transport's thread; what comes meanwhile waits.
            Visitor visitor = new Visitor(connection);
            visitors.put(connection, visitor);
            Thread.ofVirtual()
                    .name("stranger")
                    .start(() -> meet(visitor, who.endpointId().get()));
        } else {
            turnAway(connection);
        }
    }

    private void meet(Visitor visitor, EndpointId stranger) {
        MtpConnection connection = visitor.connection;
        boolean known = meeting.test(stranger, connection.security().certificates());
        Optional<ControllerPeer> peer = known ? peers.apply(stranger) : Optional.empty();
        if (peer.isPresent()) {
            visitor.meets(peer.get());
        } else {
            visitors.remove(connection);
            turnAway(connection);
        }
    }

    private static void turnAway(MtpConnection connection) {
        LOG.warn(
                "{} at {} is not let in",
                connection.peer().endpointId().map(EndpointId::toString).orElse("somebody"),
                connection.peer().address());
        connection.close(CloseReason.REFUSED);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        Visitor visitor = visitors.get(connection);
        if (visitor != null && !visitor.says(record)) {
            turnAway(connection);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        Visitor visitor = visitors.remove(connection);
        if (visitor != null) {
            visitor.leaves(reason);
        }
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        LOG.info("{} is refused: {}", peer.address(), reason);
    }

    /// Somebody at a connection, and what it has said before it was decided who takes that.
    private static final class Visitor {
        private final MtpConnection connection;
        private final List<Bytes> said = new ArrayList<>(0);
        private Optional<ControllerPeer> peer = Optional.empty();
        private boolean gone;

        Visitor(MtpConnection connection) {
            this.connection = connection;
        }

        synchronized void meets(ControllerPeer found) {
            if (gone) {
                return;
            }
            peer = Optional.of(found);
            found.connected(connection);
            said.forEach(record -> found.received(connection, record));
            said.clear();
        }

        /// @return whether there was room
        synchronized boolean says(Bytes record) {
            if (peer.isPresent()) {
                peer.get().received(connection, record);
                return true;
            }
            return said.size() < Limits.RECORDS_OF_A_STRANGER && said.add(record);
        }

        synchronized void leaves(String reason) {
            gone = true;
            peer.ifPresent(found -> found.disconnected(connection, reason));
        }
    }
}
