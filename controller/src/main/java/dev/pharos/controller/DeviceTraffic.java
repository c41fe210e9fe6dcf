// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.notification.NotificationDesk;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.peer.PeerTraffic;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the Controller does when something happens with a device.
final class DeviceTraffic implements PeerTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceTraffic.class);
    private static final String SOFTWARE_VERSION = "Device.DeviceInfo.SoftwareVersion";

    private final Presence presence;
    private final NotificationDesk notifications;
    private final Refusals refusals;
    private final Consumer<Peer> learn;
    private final Consumer<Peer> learnAgain;
    private final BiConsumer<Peer, String> read;

    DeviceTraffic(
            Refusals refusals,
            Presence presence,
            Learner learner,
            Function<BiConsumer<Peer, Notification>, NotificationDesk> notifications) {
        this.presence = presence;
        this.notifications = notifications.apply(this::told);
        this.refusals = refusals;
        this.learn = learner.arrived();
        this.learnAgain = learner.again();
        this.read = learner.read();
    }

    /// Who learns devices.
    ///
    /// @param read reads one new object into the twin, without making the caller wait
    record Learner(Consumer<Peer> arrived, Consumer<Peer> again, BiConsumer<Peer, String> read) {}

    @Override
    public void arrived(Peer peer) {
        presence.arrived(peer);
        learn.accept(peer);
    }

    @Override
    public void changed(Peer peer) {
        presence.refresh(peer);
    }

    @Override
    public void notified(Peer peer, MessageId id, NotifyRequest notify, Reply reply) {
        notifications.take(peer, id, notify, reply);
    }

    @Override
    public void refused(Optional<EndpointId> device, String transport, String address, String reason) {
        refusals.note(device, new WirePlace(transport, address), reason);
    }

    @Override
    public void pending(EndpointId device, PeerIdentity identity, String transport, String reason) {
        try {
            presence.enter(device, false, false);
            presence.change(
                    device,
                    known -> known.withConnection(transport, identity.address(), known.verified())
                            .withStatus(DeviceStatus.OFFLINE, reason));
        } catch (StoreException failed) {
            LOG.error("{} asks to be approved and could not be stored", device, failed);
        }
    }

    private void told(Peer peer, Notification notification) {
        switch (notification) {
            case Notification.OnBoardRequest request -> {
                // The inventory may be slow, and this is the thread that stores everyone's events.
                Thread.ofVirtual().name("onboard-request").start(() -> onBoard(peer, request));
            }
            case Notification.Event event -> {
                // Whatever is not kept over a restart is another by now: clients, leases, counters.
                if (event.eventName().equals("Boot!")) {
                    learnAgain.accept(peer);
                }
            }
            case Notification.ValueChange change -> {
                if (change.paramPath().equals(SOFTWARE_VERSION)) {
                    learnAgain.accept(peer);
                }
            }
            case Notification.ObjectCreation creation -> read.accept(peer, creation.objPath());
            case Notification.ObjectDeletion ignored -> {}
            case Notification.OperationComplete ignored -> {}
        }
    }

    private void onBoard(Peer peer, Notification.OnBoardRequest request) {
        try {
            presence.change(
                    peer.id(),
                    device -> device.withIdentity(device.identity()
                                    .withOnBoardRequest(request.oui(), request.productClass(), request.serialNumber()))
                            .withProtocolVersions(request.agentSupportedProtocolVersions()));
        } catch (StoreException failed) {
            LOG.error("what {} says of itself could not be stored", peer.id(), failed);
        }
        learn.accept(peer);
    }
}
