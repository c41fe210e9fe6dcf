// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.presence;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.Calls;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.peer.PeerNetwork;
import dev.pharos.controller.peer.Peers;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after devices that say nothing: behind a broker an open connection proves nothing, so who was silent
/// for long is asked for a sign of life. Also writes down when devices were last seen.
public final class PresenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceWatch.class);
    static final String OUR_VERSIONS = "1.0,1.1,1.2,1.3,1.4";

    private final Peers peers;
    private final Calls calls;
    private final Presence presence;
    private final DeviceStore devices;
    private final Clock clock;
    private final Duration silentAfter;
    private final Semaphore probes = new Semaphore(Limits.PROBES_AT_ONCE);
    private final Set<EndpointId> asked = ConcurrentHashMap.newKeySet();
    private final PeerNetwork network;
    private final RollCall rollCall;
    private Set<EndpointId> doubted = Set.of();
    private final Thread pulse = Thread.ofVirtual().name("presence-watch").unstarted(this::run);
    private long sweptMillis;

    /// @param rollCall looks after devices that other servers have left
    /// @param silentAfter how long a device that goes without a word (behind a broker, over CoAP) may be silent
    ///     before it is asked
    public PresenceWatch(
            PeerNetwork network,
            Presence presence,
            RollCall rollCall,
            DeviceStore devices,
            Clock clock,
            Duration silentAfter) {
        this.network = network;
        this.rollCall = rollCall;
        this.peers = network.peers();
        this.calls = network.calls();
        this.presence = presence;
        this.devices = devices;
        this.clock = clock;
        this.silentAfter = silentAfter;
        this.sweptMillis = clock.millis();
        calls.onUnanswered(this::unanswered);
    }

    /// Looks at every device again and again until it is closed.
    public void start() {
        pulse.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(Limits.PRESENCE_INTERVAL);
                sweep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks at every device once.
    public void sweep() {
        presence.catchUp();
        long now = clock.millis();
        Map<EndpointId, Instant> seen = new HashMap<>();
        for (Peer peer : peers.all()) {
            if (peer.lastProofMillis() >= sweptMillis) {
                seen.put(peer.id(), Instant.ofEpochMilli(peer.lastProofMillis()));
            }
            boolean overdue = now - peer.lastProofMillis() > silentAfter.toMillis();
            if (overdue && peer.unwatched() && peer.online() && asked.add(peer.id())) {
                Thread.ofVirtual().name("probe").start(() -> probe(peer));
            }
        }
        try {
            follow(devices.touch(seen));
            sweptMillis = now;
            rollCall.adopt();
        } catch (StoreException failed) {
            LOG.warn("when devices were last seen could not be stored", failed);
        }
    }

    /// Another server wrote down something else of devices that we hear. A device that is offline there is not.
    /// One that is not let in there goes, where that stands the next time too: it may just be on its way into
    /// the inventory.
    private void follow(Set<EndpointId> otherwise) {
        Set<EndpointId> doubtful = new HashSet<>();
        for (EndpointId id : otherwise) {
            Optional<DeviceRecord> known = devices.find(id);
            if (known.filter(DeviceRecord::approved).isPresent()) {
                peers.find(id).ifPresent(presence::refresh);
            } else if (doubted.contains(id)) {
                network.dismiss(id, known.isPresent() ? "an operator withdrew its approval" : "an operator removed it");
            } else {
                doubtful.add(id);
            }
        }
        doubted = doubtful;
    }

    private void probe(Peer peer) {
        try {
            probes.acquire();
            try {
                calls.call(peer.id(), new GetSupportedProtocolRequest(OUR_VERSIONS), Limits.PRESENCE_INTERVAL);
            } finally {
                probes.release();
            }
        } catch (CallException absent) {
            LOG.debug("{} gave no sign of life: {}", peer.id(), absent.reason());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            asked.remove(peer.id());
        }
    }

    private void unanswered(Peer peer, int proofs) {
        if (peer.unwatched()
                && peer.fallSilent(
                        proofs,
                        "silent since " + Instant.ofEpochMilli(peer.lastProofMillis())
                                + ": it did not answer a request")) {
            presence.refresh(peer);
        }
    }

    @Override
    public void close() {
        pulse.interrupt();
        calls.onUnanswered((peer, proofs) -> {});
    }
}
