// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.session.SessionPolicy;
import java.time.Clock;
import java.util.function.Consumer;

/// All connections of the Controller: takes what transports bring and hands it to each connection's mailbox.
public final class PeerNetwork implements MtpReceiver, AutoCloseable {
    private final Peers peers = new Peers();
    private final Calls calls;
    private final Entrance entrance;
    private final RecordGate gate;
    private final PeerTraffic traffic;
    private final Sessions sessions;
    private volatile Consumer<Mtp> sessionUp = mtp -> {};

    public PeerNetwork(
            EndpointId own, Admission admission, DeviceStore devices, PeerTraffic traffic, Surroundings around) {
        this.traffic = traffic;
        Wire wire = new Wire(own, around.observers(), around.counters(), around.clock());
        this.sessions = new Sessions(own, around.sessions(), wire, around.clock());
        this.calls = new Calls(peers, sessions, devices, around.counters());
        this.entrance = new Entrance(peers, admission, devices, traffic, around.clock());
        this.gate = new RecordGate(own, wire, entrance, new MessageDesk(wire, sessions, calls, traffic), sessions);
    }

    /// Who looks on, what is counted, what time it is, and how sessions are kept.
    public record Surroundings(Observers observers, Counters counters, Clock clock, SessionPolicy sessions) {}

    public Peers peers() {
        return peers;
    }

    public Calls calls() {
        return calls;
    }

    /// Who is told, on a thread of its own, that our session at a broker is up.
    public void onSessionUp(Consumer<Mtp> listener) {
        sessionUp = listener;
    }

    /// Ends every connection of this device.
    public void dismiss(EndpointId device, String reason) {
        peers.find(device).ifPresent(peer -> {
            for (Link link : peer.links()) {
                entrance.left(link, reason);
                link.connection().close(CloseReason.REFUSED);
            }
        });
    }

    /// Lets in a device that waits on a connection for an operator's approval.
    public void approved(EndpointId device) {
        entrance.approved(device);
    }

    @Override
    public void connected(MtpConnection connection) {
        peers.add(new Link(connection));
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        Link link = peers.link(connection);
        if (link != null && !link.mailbox().offer(() -> gate.read(link, record))) {
            entrance.refused(link, connection.peer().endpointId(), "it sends faster than it can be read");
            connection.close(CloseReason.TOO_SLOW);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        Link link = peers.remove(connection);
        if (link != null) {
            link.mailbox().finish(() -> entrance.left(link, "its connection closed: " + reason));
        }
    }

    /// Sessions do nothing by themselves any more.
    @Override
    public void close() {
        sessions.close();
    }

    @Override
    public void sessionUp(Mtp mtp) {
        Consumer<Mtp> told = sessionUp;
        Thread.ofVirtual().name("session-up").start(() -> told.accept(mtp));
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        Thread.ofVirtual().name("refused").start(() -> traffic.refused(peer.endpointId(), "", peer.address(), reason));
    }
}
