// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the history tells of one upgrade of one device, of its firmware or of a software module: whether the device was
/// told to fetch the image, how that ended, and whether the device has started since.
public final class UpgradeNews {
    /// The argument of an event that says that a device was told, or in the end was not: the key of the upgrade.
    public static final String KEY = "upgrade";

    /// Beside it: whether the device was told.
    public static final String TOLD = "told";

    private final EventStore events;
    private final EndpointId device;
    private final Function<DeviceEvent, Optional<Ended>> ending;
    private final String key;
    private boolean begun;
    private Optional<Ended> ended = Optional.empty();
    private Optional<Instant> booted = Optional.empty();
    private long seen = -1;

    /// @param ending how an event says that the download is over, where it does
    public UpgradeNews(
            EventStore events, EndpointId device, Function<DeviceEvent, Optional<Ended>> ending, String key) {
        this.events = events;
        this.device = device;
        this.ending = ending;
        this.key = key;
    }

    /// How the download ended.
    ///
    /// @param image the object that it belongs to, empty where that is not said
    /// @param fault why it failed; empty where it did not
    public record Ended(Instant time, String image, String fault) {}

    /// The end of a command, by its key.
    public static Optional<Ended> overUsp(DeviceEvent event, String key) {
        return event.kind() == EventKind.OPERATION_COMPLETE
                        && key.equals(event.args().get("commandKey"))
                ? Optional.of(
                        new Ended(event.time(), event.path(), event.value().equals("success") ? "" : event.value()))
                : Optional.empty();
    }

    /// A TransferComplete of TR-069, by its key.
    static Optional<Ended> overTr069(DeviceEvent event, String key) {
        if (event.kind() != EventKind.EVENT
                || !event.name().equals("TransferComplete!")
                || !key.equals(event.args().get("CommandKey"))) {
            return Optional.empty();
        }
        return Optional.of(new Ended(
                event.time(), "", FaultMeaning.ofTransfer(event.args()).orElse("")));
    }

    /// Whether the device was told to fetch the image.
    public boolean begun() {
        return begun;
    }

    public Optional<Ended> ended() {
        return ended;
    }

    /// When the device started after that.
    Optional<Instant> booted() {
        return booted;
    }

    /// Reads what is new; the first time, what may have happened before.
    public void read() {
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
            more = older.size() == Limits.EVENTS
                    && older.stream().noneMatch(event -> isEnd(event.event()) || isBegin(event.event()));
            before = older.isEmpty() ? before : older.getLast().seq();
        }
        found.reversed().forEach(event -> take(event.event()));
        seen = found.isEmpty() ? 0 : found.getFirst().seq();
    }

    private boolean isBegin(DeviceEvent event) {
        return event.kind() == EventKind.JOB && key.equals(event.args().get(KEY));
    }

    private boolean isEnd(DeviceEvent event) {
        return ending.apply(event).isPresent();
    }

    private void take(DeviceEvent event) {
        Optional<Ended> end = ending.apply(event);
        if (isBegin(event)) {
            begun = "true".equals(event.args().get(TOLD));
        } else if (end.isPresent()) {
            ended = end;
            booted = Optional.empty();
        } else if (isBoot(event) && ended.isPresent()) {
            booted = Optional.of(event.time());
        }
    }

    private static boolean isBoot(DeviceEvent event) {
        return event.kind() == EventKind.EVENT && event.name().equals("Boot!");
    }
}
