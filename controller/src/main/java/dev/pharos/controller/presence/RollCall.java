// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.presence;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.Calls;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.peer.PeerNetwork;
import dev.pharos.controller.peer.Peers;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks devices behind a broker whether they are there before they speak to us, through any of our transports
/// that reaches them: all that are not online, whenever our session at it is up, since what they said meanwhile,
/// their Connect Records too, was not heard; those that another server has left; and one that is called here and
/// has spoken to other servers only. Whom it asks it knows from the inventory; the answer lets a device in as
/// any first Record does.
public final class RollCall implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

    private final Peers peers;
    private final Calls calls;
    private final PeerNetwork network;
    private final Presence presence;
    private final DeviceStore devices;
    private final Supplier<List<Mtp>> transports;
    private final Semaphore places = new Semaphore(Limits.ROLL_CALLS_AT_ONCE);
    private final ReentrantLock[] searches = new ReentrantLock[Limits.SEARCHES];
    private final AtomicBoolean adopting = new AtomicBoolean();
    private volatile boolean closed;

    /// @param transports through which devices may be reached now
    public RollCall(PeerNetwork network, Presence presence, DeviceStore devices, Supplier<List<Mtp>> transports) {
        this.network = network;
        this.peers = network.peers();
        this.calls = network.calls();
        this.presence = presence;
        this.devices = devices;
        this.transports = transports;
        Arrays.setAll(searches, i -> new ReentrantLock());
        network.onSessionUp(this::call);
        calls.onAbsent(this::search);
    }

    private void call(Mtp mtp) {
        String cursor = "";
        int asked = 0;
        try {
            do {
                DevicePage page = devices.list(new DeviceQuery(
                        Condition.EVERYTHING, DeviceQuery.Sort.LAST_SEEN, true, Limits.ROLL_CALL_PAGE, cursor));
                Set<EndpointId> elsewhere = devices.elsewhere(
                        page.items().stream().map(DeviceRecord::id).toList());
                for (DeviceRecord device : page.items()) {
                    if (closed) {
                        return;
                    }
                    Optional<MtpConnection> way =
                            elsewhere.contains(device.id()) ? Optional.empty() : way(List.of(mtp), device);
                    if (way.isPresent()) {
                        ask(device, way.get(), absent -> {});
                        asked++;
                    }
                }
                cursor = page.nextCursor().orElse("");
            } while (!cursor.isEmpty());
            LOG.info("asked {} devices behind {} whether they are there", asked, mtp.description());
        } catch (StoreException failed) {
            LOG.warn("which devices are behind {} could not be read: {}", mtp.description(), failed.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<MtpConnection> way(List<Mtp> through, DeviceRecord device) {
        if (!device.approved() || peers.find(device.id()).filter(Peer::online).isPresent()) {
            return Optional.empty();
        }
        return through.stream()
                .flatMap(mtp -> mtp.reach(device.address(), device.verified()).stream())
                .findFirst();
    }

    /// Asks in the background.
    ///
    /// @param otherwise told why it did not answer
    private void ask(DeviceRecord device, MtpConnection way, Consumer<String> otherwise) throws InterruptedException {
        places.acquire();
        Thread.ofVirtual().name("roll-call").start(() -> {
            try {
                if (!hear(device.id(), way, Limits.ROLL_CALL_ANSWER)) {
                    otherwise.accept("it did not answer when it was asked");
                }
            } finally {
                places.release();
            }
        });
        Thread.sleep(Limits.ROLL_CALL_SPACING);
    }

    /// A way on which nothing was heard is given up, so that it can be tried again.
    private boolean hear(EndpointId device, MtpConnection connection, Duration patience) {
        try {
            calls.callFirst(device, connection, new GetSupportedProtocolRequest(PresenceWatch.OUR_VERSIONS), patience);
            return true;
        } catch (CallException absent) {
            LOG.debug("{} is not there: {}", device, absent.reason());
            boolean came = peers.find(device).filter(Peer::online).isPresent();
            if (!came) {
                connection.close(CloseReason.NORMAL);
            }
            return came;
        }
    }

    // ---- where several servers share the inventory

    /// Looks after devices that another server had and has no more; who cannot be reached, or does not answer,
    /// is offline. Returns at once.
    public void adopt() {
        if (adopting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("adoption").start(this::adoptAll);
        }
    }

    private void adoptAll() {
        try {
            List<DeviceRecord> left;
            do {
                left = devices.adopt(Limits.ROLL_CALL_PAGE);
                for (DeviceRecord device : left) {
                    adopt(device);
                }
            } while (!left.isEmpty() && !closed);
        } catch (StoreException failed) {
            LOG.warn("which devices other servers have left could not be read: {}", failed.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            adopting.set(false);
        }
    }

    private void adopt(DeviceRecord device) throws InterruptedException {
        Optional<Peer> here = peers.find(device.id()).filter(Peer::online);
        Optional<MtpConnection> way = here.isPresent() ? Optional.empty() : anyWay(device);
        if (way.isPresent()) {
            ask(device, way.get(), reason -> presence.absent(device, reason));
        } else if (here.isEmpty()) {
            presence.absent(device, "the server that it was connected to has ended");
        }
    }

    private Optional<MtpConnection> anyWay(DeviceRecord device) {
        return way(transports.get(), device)
                .or(() ->
                        Optional.of(device).filter(DeviceRecord::approved).flatMap(it -> network.unused(it.address())));
    }

    /// Whether a device that is online with another server can be reached from here too.
    private boolean search(EndpointId id, Duration patience) {
        if (devices.elsewhere(List.of(id)).isEmpty()) {
            return false;
        }
        ReentrantLock one = searches[Math.floorMod(id.hashCode(), searches.length)];
        Duration atMost = patience.compareTo(Limits.ROLL_CALL_ANSWER) < 0 ? patience : Limits.ROLL_CALL_ANSWER;
        try {
            if (!one.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return peers.find(id).filter(Peer::online).isPresent()
                    || devices.find(id)
                            .flatMap(this::anyWay)
                            .filter(way -> hear(id, way, atMost))
                            .isPresent();
        } finally {
            one.unlock();
        }
    }

    /// Speaks to a device that was let in just now and may have been heard by another server only. Returns at
    /// once.
    public void welcome(DeviceRecord device) {
        if (!device.online()) {
            Thread.ofVirtual()
                    .name("welcome")
                    .start(() -> way(transports.get(), device)
                            .ifPresent(way -> hear(device.id(), way, Limits.ROLL_CALL_ANSWER)));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
