// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.peer.Peer;
import dev.pharos.controller.peer.PeerTraffic;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.TwinChange;
import dev.pharos.controller.twin.Twins;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Takes notifications: stores each once, and acknowledges it only when it is kept (R-NOT.8, R-NOT.10).
public final class NotificationDesk {
    private final EventWriter writer;
    private final Twins twins;
    private final Counters counters;
    private final Clock clock;
    private final BiConsumer<Peer, Notification> afterwards;

    /// @param afterwards told of every notification that is new, when it is kept; must not wait
    public NotificationDesk(
            EventWriter writer,
            Twins twins,
            Counters counters,
            Clock clock,
            BiConsumer<Peer, Notification> afterwards) {
        this.writer = writer;
        this.twins = twins;
        this.counters = counters;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    public void take(Peer peer, MessageId id, NotifyRequest notify, PeerTraffic.Reply reply) {
        counters.count(Counter.NOTIFICATIONS);
        DeviceEvent event = NotificationText.event(clock.instant(), peer.id(), notify);
        NewEvent once = new NewEvent(event, OnceKey.of(peer.id(), id, event));
        writer.write(once, twinChange(notify.notification()), new EventWriter.Outcome() {
            @Override
            public void stored(Appended appended) {
                if (notify.sendResponse()) {
                    reply.send(new NotifyResponse(notify.subscriptionId()));
                } else {
                    reply.none();
                }
                if (appended.duplicate()) {
                    counters.count(Counter.NOTIFICATIONS_REPEATED);
                } else {
                    afterwards.accept(peer, notify.notification());
                }
            }

            @Override
            public void failed(String why) {
                // No answer: the device keeps the notification and sends it again.
                counters.count(Counter.NOTIFICATIONS_NOT_STORED);
                reply.none();
            }
        });
    }

    private Optional<TwinChange> twinChange(Notification notification) {
        return switch (notification) {
            case Notification.ValueChange change ->
                Optional.of(new TwinChange.Values(
                        List.of(twins.value(change.paramPath(), change.paramValue(), TwinValue.Source.NOTIFY))));
            case Notification.ObjectCreation creation ->
                Optional.of(new TwinChange.Values(creation.uniqueKeys().entrySet().stream()
                        .map(key ->
                                twins.value(creation.objPath() + key.getKey(), key.getValue(), TwinValue.Source.NOTIFY))
                        .toList()));
            case Notification.ObjectDeletion deletion -> Optional.of(new TwinChange.Gone(deletion.objPath()));
            case Notification.Event ignored -> Optional.empty();
            case Notification.OperationComplete ignored -> Optional.empty();
            case Notification.OnBoardRequest ignored -> Optional.empty();
        };
    }
}
