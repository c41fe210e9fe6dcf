// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the history tells of one upgrade of one device: how its command ended, and whether the device has started
/// since.
final class UpgradeNews {
    private final EventStore events;
    private final EndpointId device;
    private final String key;
    private Optional<Ended> ended = Optional.empty();
    private Optional<Instant> booted = Optional.empty();
    private long seen = -1;

    UpgradeNews(EventStore events, EndpointId device, String key) {
        this.events = events;
        this.device = device;
        this.key = key;
    }

    /// How the command of this key ended.
    ///
    /// @param image the object that it belongs to
    /// @param fault why it failed; empty where it did not
    record Ended(Instant time, String image, String fault) {}

    Optional<Ended> ended() {
        return ended;
    }

    /// When the device started after that.
    Optional<Instant> booted() {
        return booted;
    }

    /// Reads what is new; the first time, what may have happened before.
    void read() {
        if (seen < 0) {
            readBack();
            return;
        }
        List<StoredEvent> fresh = events.after(seen, Optional.of(device), Limits.EVENTS);
        while (!fresh.isEmpty()) {
            fresh.forEach(event -> take(event.event()));
            seen = fresh.getLast().seq();
            fresh = fresh.size() < Limits.EVENTS ? List.of() : events.after(seen, Optional.of(device), Limits.EVENTS);
        }
    }

    private void readBack() {
        List<StoredEvent> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        boolean more = true;
        for (int page = 0; page < Limits.EVENT_PAGES && more; page++) {
            List<StoredEvent> older = events.newest(Optional.of(device), before, Limits.EVENTS);
            found.addAll(older);
            more = older.size() == Limits.EVENTS && older.stream().noneMatch(event -> isEnd(event.event()));
            before = older.isEmpty() ? before : older.getLast().seq();
        }
        found.reversed().forEach(event -> take(event.event()));
        seen = found.isEmpty() ? 0 : found.getFirst().seq();
    }

    private boolean isEnd(DeviceEvent event) {
        return event.kind() == EventKind.OPERATION_COMPLETE
                && key.equals(event.args().get("commandKey"));
    }

    private void take(DeviceEvent event) {
        if (isEnd(event)) {
            ended = Optional.of(
                    new Ended(event.time(), event.path(), event.value().equals("success") ? "" : event.value()));
            booted = Optional.empty();
        } else if (isBoot(event) && ended.isPresent()) {
            booted = Optional.of(event.time());
        }
    }

    private static boolean isBoot(DeviceEvent event) {
        return event.kind() == EventKind.EVENT && event.name().equals("Boot!");
    }
}
