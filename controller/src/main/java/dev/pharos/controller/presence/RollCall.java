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
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the devices behind a broker whether they are there, whenever our session at it is up: what they said
/// meanwhile, their Connect Records too, was not heard. Whom it asks it knows from the inventory, the device seen last
/// first; the answer lets a device in as any first Record does.
public final class RollCall implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

    private final Peers peers;
    private final Calls calls;
    private final DeviceStore devices;
    private final Semaphore places = new Semaphore(Limits.ROLL_CALLS_AT_ONCE);
    private volatile boolean closed;

    public RollCall(PeerNetwork network, DeviceStore devices) {
        this.peers = network.peers();
        this.calls = network.calls();
        this.devices = devices;
        network.onSessionUp(this::call);
    }

    private void call(Mtp mtp) {
        String cursor = "";
        int asked = 0;
        try {
            do {
                DevicePage page = devices.list(new DeviceQuery(
                        Condition.EVERYTHING, DeviceQuery.Sort.LAST_SEEN, true, Limits.ROLL_CALL_PAGE, cursor));
                for (DeviceRecord device : page.items()) {
                    if (closed) {
                        return;
                    }
                    asked += ask(mtp, device) ? 1 : 0;
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

    /// @return whether it is asked
    private boolean ask(Mtp mtp, DeviceRecord device) throws InterruptedException {
        if (!device.approved() || peers.find(device.id()).filter(Peer::online).isPresent()) {
            return false;
        }
        Optional<MtpConnection> way = mtp.reach(device.address(), device.verified());
        if (way.isEmpty()) {
            return false;
        }
        places.acquire();
        Thread.ofVirtual().name("roll-call").start(() -> {
            try {
                hear(device.id(), way.get());
            } finally {
                places.release();
            }
        });
        Thread.sleep(Limits.ROLL_CALL_SPACING);
        return true;
    }

    private void hear(EndpointId device, MtpConnection connection) {
        try {
            calls.callFirst(
                    device,
                    connection,
                    new GetSupportedProtocolRequest(PresenceWatch.OUR_VERSIONS),
                    Limits.ROLL_CALL_ANSWER);
        } catch (CallException absent) {
            LOG.debug("{} is not there: {}", device, absent.reason());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
