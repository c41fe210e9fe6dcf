// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.WireLog;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
    private volatile Consumer<Duration> served = took -> {};
    private final WireLog log;

    public PeerNetwork(
            EndpointId own, Admission admission, DeviceStore devices, PeerTraffic traffic, Surroundings around) {
        this.traffic = traffic;
        this.log = around.log();
        Wire wire = new Wire(own, log, around.counters(), around.peers());
        this.sessions = new Sessions(own, around.peers(), wire, around.clock());
        this.calls = new Calls(peers, sessions, devices, around.counters());
        this.entrance = new Entrance(peers, admission, devices, traffic, around.clock());
        this.gate = new RecordGate(own, wire, entrance, new MessageDesk(wire, sessions, calls, traffic), sessions);
    }

    /// Where it is told what passes, what is counted, what time it is, and how devices are dealt with.
    public record Surroundings(WireLog log, Counters counters, Clock clock, PeerPolicy peers) {}

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

    /// Who is told how long it took until the first that a newcomer said was dealt with, whether it was let in or not.
    /// Called on the thread of its mailbox.
    public void onServed(Consumer<Duration> listener) {
        served = listener;
    }

    /// Ends every connection of this device.
    public void dismiss(EndpointId device, String reason) {
        peers.find(device).ifPresent(peer -> {
            for (Link link : peer.links()) {
                entrance.goodbye(link, reason);
                link.connection().close(CloseReason.REFUSED);
            }
        });
    }

    /// A connection to this address on which nobody was let in yet, such as one where a device said something
    /// while it waited for approval.
    ///
    /// @param address what [PeerIdentity#address()] says of it
    public Optional<MtpConnection> unused(String address) {
        return peers.links().stream()
                .filter(link ->
                        link.peer() == null && link.isOpen() && link.address().equals(address))
                .map(Link::connection)
                .findFirst();
    }

    /// Lets in a device that waits on a connection for an operator's approval.
    public void approved(EndpointId device) {
        entrance.approved(device);
    }

    @Override
    public void connected(MtpConnection connection) {
        Link link = new Link(connection);
        peers.add(link);
        log.opened(link.place(), link.claimed());
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        Link link = peers.link(connection);
        if (link != null && !link.mailbox().offer(reading(link, record))) {
            String reason = "it sends faster than it can be read";
            log.refusedAtTheDoor(link.place(), link.claimed(), reason);
            entrance.refused(link, connection.peer().endpointId(), reason);
            connection.close(CloseReason.TOO_SLOW);
        }
    }

    private Runnable reading(Link link, Bytes record) {
        if (link.peer() != null) {
            return () -> gate.read(link, record);
        }
        long came = System.nanoTime();
        return () -> {
            gate.read(link, record);
            served.accept(Duration.ofNanos(System.nanoTime() - came));
        };
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        Link link = peers.remove(connection);
        if (link != null) {
            log.closed(link.place(), link.claimed(), link.peer() != null, reason);
            link.mailbox().finish(() -> entrance.ended(link, "its connection closed: " + reason));
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
        refused(peer.endpointId(), new WirePlace("", peer.address()), reason);
    }

    /// Somebody was refused at the door of a transport, or by a broker of ours. Returns at once.
    public void refused(Optional<EndpointId> device, WirePlace place, String reason) {
        log.refusedAtTheDoor(place, device, reason);
        Thread.ofVirtual()
                .name("refused")
                .start(() -> traffic.refused(device, place.transport(), place.address(), reason));
    }

    /// What this transport brings, with its name on what it refuses.
    public MtpReceiver by(Mtp mtp) {
        return new Doorway(this, Doorway.transport(mtp.description()));
    }
}
