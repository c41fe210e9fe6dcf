// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.presence;

import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the inventory's idea of who is there equal to what connections and signs of life say.
public final class Presence implements AutoCloseable {
    /// Writes of one device are ordered by a lock of its stripe; more stripes than writes at once, so that
    /// devices rarely wait.
    private static final int STRIPES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final DeviceStore devices;
    private final EventWriter events;
    private final Observers observers;
    private final Clock clock;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Set<Peer> unwritten = ConcurrentHashMap.newKeySet();
    private volatile boolean frozen;

    public Presence(DeviceStore devices, EventWriter events, Observers observers, Clock clock) {
        this.devices = devices;
        this.events = events;
        this.observers = observers;
        this.clock = clock;
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    /// Adds the device to the inventory where it is new.
    public DeviceRecord enter(EndpointId id, boolean approved, boolean verified) {
        Optional<DeviceRecord> known = devices.find(id);
        return known.orElseGet(() -> devices.create(DeviceRecord.unseen(id, approved, verified, clock.instant())));
    }

    /// The device has come: writes how it stands, and adds it to the inventory where it is new. One that is known, as
    /// all of those are who come back at once after an outage, costs one transaction.
    public void arrived(Peer peer) {
        if (!refresh(peer)) {
            enter(peer.id(), true, peer.verified());
            refresh(peer);
        }
    }

    /// Writes how the device stands now, whatever happened before.
    ///
    /// @return false where the inventory does not know it
    public boolean refresh(Peer peer) {
        if (frozen) {
            return true;
        }
        ReentrantLock lock = stripes[Math.floorMod(peer.id().hashCode(), STRIPES)];
        lock.lock();
        try {
            return peer.outOfSight() ? refreshOutOfSight(peer) : write(peer);
        } catch (StoreException failed) {
            if (frozen) {
                LOG.debug("how {} stood when we stopped could not be stored", peer.id(), failed);
            } else {
                LOG.error("how {} stands could not be stored; it is tried again", peer.id(), failed);
                unwritten.add(peer);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean refreshOutOfSight(Peer peer) {
        Optional<DeviceRecord> before = devices.find(peer.id());
        boolean stands =
                before.isEmpty() || before.get().equals(now(peer, before.get())) || othersHave(peer, before.get());
        return stands ? before.isPresent() : write(peer);
    }

    private boolean write(Peer peer) {
        AtomicReference<@Nullable DeviceRecord> before = new AtomicReference<>();
        Optional<DeviceRecord> after = devices.update(peer.id(), known -> {
            before.set(known);
            return now(peer, known);
        });
        DeviceRecord stood = before.get();
        if (stood != null && after.isPresent() && !after.get().equals(stood)) {
            announce(stood, after.get());
        }
        return after.isPresent();
    }

    /// Whether it is left to other servers how the device stands, since we know of our own connections only.
    private boolean othersHave(Peer peer, DeviceRecord before) {
        return before.online() && peer.outOfSight() && devices.release(peer.id(), peer.brokered());
    }

    /// A device that was online is not, by what we have found out without a connection to it.
    void absent(DeviceRecord device, String reason) {
        devices.update(device.id(), known -> known.online() ? known.withStatus(DeviceStatus.OFFLINE, reason) : known)
                .filter(after -> !after.online())
                .ifPresent(after -> announce(device, after));
    }

    /// Writes what could not be written before.
    void catchUp() {
        for (Peer peer : List.copyOf(unwritten)) {
            unwritten.remove(peer);
            if (peer.online()) {
                arrived(peer);
            } else {
                refresh(peer);
            }
        }
    }

    /// From now on connections end because we stop, which says nothing about the devices one by one.
    public void freeze() {
        frozen = true;
    }

    /// Changes what the inventory knows and tells observers.
    public Optional<DeviceRecord> change(EndpointId id, UnaryOperator<DeviceRecord> change) {
        Optional<DeviceRecord> after = devices.update(id, change);
        after.ifPresent(observers::deviceChanged);
        return after;
    }

    /// A record is another's from now on; observers are told of both.
    public void renamed(EndpointId before, EndpointId after) {
        observers.deviceRemoved(before);
        devices.find(after).ifPresent(observers::deviceChanged);
    }

    private static DeviceRecord now(Peer peer, DeviceRecord known) {
        DeviceRecord seen =
                peer.lastProofMillis() == 0 ? known : known.withLastSeen(Instant.ofEpochMilli(peer.lastProofMillis()));
        if (!peer.online()) {
            return seen.withStatus(DeviceStatus.OFFLINE, peer.absence());
        }
        DeviceRecord here = seen.withConnection(peer.transport(), peer.address(), peer.verified());
        if (known.inSessions()) {
            // what was done over TR-069 is no subscription of USP: those are made when it is learnt
            here = here.withOnboarded(false);
        }
        return switch (peer.learning().state()) {
            case IDLE -> here.withStatus(DeviceStatus.ONLINE, "");
            case RUNNING -> here.withStatus(DeviceStatus.ONBOARDING, "");
            case FAILED -> here.withStatus(DeviceStatus.ERROR, peer.learning().reason());
        };
    }

    private void announce(DeviceRecord before, DeviceRecord after) {
        if (before.online() != after.online()) {
            EventKind kind = after.online() ? EventKind.ONLINE : EventKind.OFFLINE;
            String text = after.online()
                    ? "the device is online, by " + after.transport() + " from " + after.address()
                    : "the device is offline: " + after.statusReason();
            events.note(DeviceEvent.of(clock.instant(), Optional.of(after.id()), kind, text));
        }
        observers.deviceChanged(after);
    }

    @Override
    public void close() {
        try {
            if (!devices.handOver()) {
                devices.markAllOffline("the Controller was stopped");
            }
        } catch (StoreException failed) {
            LOG.warn("the inventory still shows devices as online", failed);
        }
    }
}
