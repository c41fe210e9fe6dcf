// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.rest.json.Device;
import dev.pharos.server.rest.json.Event;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reader of events and changes of the inventory. Events are stored before they are told, so that whatever a slow
/// or absent reader missed is read back from the store: an event is skipped never and repeated never.
final class EventStreamReader extends StreamReader {
    private final EventStore store;
    private final Optional<EndpointId> device;
    private final SeenDevices seen;
    private @Nullable Observation observation;
    private long lastSent;
    private long droppedSeen;

    /// @param seen of whom it hears
    /// @param lastSent the number of the last event that the reader has
    EventStreamReader(EventStore store, Optional<EndpointId> device, SeenDevices seen, long lastSent) {
        super(Limits.STREAM_QUEUE);
        this.store = store;
        this.device = device;
        this.seen = seen;
        this.lastSent = lastSent;
    }

    /// Where to look whether something was dropped.
    void watch(Observation own) {
        observation = own;
    }

    @Override
    public void eventStored(StoredEvent event) {
        if ((device.isEmpty() || device.equals(event.event().device()))
                && seen.sees(event.event().device(), () -> isShown(event))) {
            offer(writer -> send(writer, event));
        }
    }

    private boolean isShown(StoredEvent event) {
        return store.after(event.seq() - 1, Optional.empty(), 1).stream().anyMatch(next -> next.seq() == event.seq());
    }

    @Override
    public void deviceChanged(DeviceRecord changed) {
        if ((device.isEmpty() || device.get().equals(changed.id())) && seen.sees(Optional.of(changed.id()))) {
            offer(writer -> writer.event("device", "", Device.of(changed)));
        }
    }

    @Override
    public void deviceRemoved(EndpointId removed) {
        if ((device.isEmpty() || device.get().equals(removed)) && seen.saw(removed)) {
            offer(writer -> writer.event("deviceRemoved", "", Map.of("id", removed.toString())));
        }
    }

    private void send(SseWriter writer, StoredEvent event) throws IOException {
        if (event.seq() > lastSent) {
            lastSent = event.seq();
            writer.event("event", Long.toString(event.seq()), Event.of(event));
        }
    }

    @Override
    void before(SseWriter writer) throws IOException {
        Observation own = observation;
        if (own != null && own.dropped() != droppedSeen) {
            droppedSeen = own.dropped();
            catchUp(writer);
        }
    }

    /// Sends everything that was stored after the last event sent.
    void catchUp(SseWriter writer) throws IOException {
        List<StoredEvent> missed;
        do {
            missed = store.after(lastSent, device, Limits.STREAM_CATCH_UP);
            for (StoredEvent event : missed) {
                send(writer, event);
            }
        } while (missed.size() == Limits.STREAM_CATCH_UP);
    }
}
