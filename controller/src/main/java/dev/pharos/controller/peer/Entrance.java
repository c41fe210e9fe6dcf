// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.CloseReason;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.Optional;

/// Decides who comes in, and keeps which connection belongs to whom.
final class Entrance {
    private final Peers peers;
    private final Admission admission;
    private final DeviceStore devices;
    private final PeerTraffic traffic;
    private final Clock clock;

    Entrance(Peers peers, Admission admission, DeviceStore devices, PeerTraffic traffic, Clock clock) {
        this.peers = peers;
        this.admission = admission;
        this.devices = devices;
        this.traffic = traffic;
        this.clock = clock;
    }

    /// Lets the sender of a connection's first Record in, or closes the connection.
    ///
    /// @return why it was not let in
    Optional<String> admit(Link link, EndpointId from) {
        if (!link.isOpen()) {
            return Optional.of("its connection is closed already");
        }
        // before the inventory is asked, so that an approval that comes just then finds us
        link.applicant(from);
        Admission.Decision decision;
        try {
            decision = peers.hasRoomFor(from)
                    ? admission.decide(from, link.connection().peer(), devices.find(from))
                    : new Admission.Refused("there is no room for more devices");
        } catch (StoreException unavailable) {
            decision = new Admission.Refused("the inventory cannot be asked: " + unavailable.getMessage());
        }
        return switch (decision) {
            case Admission.Admitted admitted -> {
                try {
                    let(link, peers.get(from), admitted.verified());
                    yield Optional.empty();
                } catch (StoreException unavailable) {
                    ended(link, "the inventory could not be written");
                    yield turnAway(link, from, "the inventory could not be written: " + unavailable.getMessage());
                }
            }
            case Admission.Pending pending -> {
                traffic.pending(from, link.connection().peer(), link.transport(), pending.reason());
                yield link.brokered() ? waiting(link, from, pending.reason()) : turnAway(link, from, pending.reason());
            }
            case Admission.Refused refused -> turnAway(link, from, refused.reason());
        };
    }

    private void let(Link link, Peer peer, boolean verified) {
        link.belongsTo(peer);
        link.applicant(null);
        Link replaced = peer.attach(link, verified);
        if (replaced != null) {
            replaced.belongsTo(null);
            peer.calls().lose(replaced, "the device connected anew before it answered");
            replaced.connection().close(CloseReason.REPLACED);
        }
        peer.proofOfLife(clock.millis());
        traffic.arrived(peer);
    }

    /// A device behind a broker does not see that we close anything, and would not come again when it is approved.
    private Optional<String> waiting(Link link, EndpointId from, String reason) {
        refused(link, Optional.of(from), reason);
        return Optional.of(reason);
    }

    /// Lets a device in on the connections where it waits, now that an operator has approved it.
    void approved(EndpointId device) {
        for (Link link : peers.links()) {
            if (device.equals(link.applicant())) {
                link.mailbox().finish(() -> {
                    if (link.peer() == null) {
                        admit(link, device);
                    }
                });
            }
        }
    }

    private Optional<String> turnAway(Link link, EndpointId from, String reason) {
        link.applicant(null);
        refused(link, Optional.of(from), reason);
        link.connection().close(CloseReason.REFUSED);
        return Optional.of(reason);
    }

    void refused(Link link, Optional<EndpointId> device, String reason) {
        traffic.refused(device, link.transport(), link.address(), reason);
    }

    void alive(Peer peer) {
        if (peer.proofOfLife(clock.millis())) {
            traffic.changed(peer);
        }
    }

    void arrived(Peer peer) {
        traffic.arrived(peer);
    }

    /// The connection is over: what waits for an answer on it fails now.
    void ended(Link link, String reason) {
        over(link, reason, false);
    }

    /// The device itself says that it leaves this connection.
    void goodbye(Link link, String reason) {
        over(link, reason, true);
    }

    private void over(Link link, String reason, boolean saidGoodbye) {
        Peer called = link.called();
        if (called != null) {
            called.calls().lose(link, reason);
        }
        Peer peer = link.peer();
        if (peer == null) {
            return;
        }
        link.belongsTo(null);
        if (peer.detach(link, reason, saidGoodbye)) {
            peer.calls().lose(link, reason);
            traffic.changed(peer);
        }
    }
}
