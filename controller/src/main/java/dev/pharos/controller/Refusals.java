// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.notification.EventWriter;
import dev.pharos.controller.observe.WireLog;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns refusals into events, the same one not more than once a minute: who is turned away tries again and
/// again, and must not fill the history with it.
final class Refusals {
    private static final Duration QUIET = Duration.ofMinutes(1);

    /// Different refusals that are remembered; more at once are an attack, of which a part is enough.
    private static final int REMEMBERED = 1_024;

    private static final String CROWD_PLACE = "many addresses";
    private static final String CROWD = "asked to come again later, for more came at once than are let in";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Clock clock;
    private final WireLog wire;
    private final EventWriter events;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Refusals(Clock clock, WireLog wire, EventWriter events) {
        this.clock = clock;
        this.wire = wire;
        this.events = events;
    }

    /// Counts a refusal, and stores an event of it where there was none of late.
    void note(Optional<EndpointId> device, WirePlace place, String reason) {
        wire.count(place, device, reason);
        tell(device, place, reason);
    }

    /// So many were turned away at once, whom nobody tells apart.
    void crowd(String transport, long howMany) {
        WirePlace place = new WirePlace(transport, CROWD_PLACE);
        wire.crowd(place, howMany, CROWD);
        tell(Optional.empty(), place, CROWD);
    }

    private void tell(Optional<EndpointId> device, WirePlace place, String reason) {
        event(device, place, reason).ifPresent(event -> {
            LOG.info("{}", event.text());
            events.note(event);
        });
    }

    private synchronized Optional<DeviceEvent> event(Optional<EndpointId> device, WirePlace place, String reason) {
        Instant now = clock.instant();
        String address = place.address();
        int port = address.lastIndexOf(':');
        String host = port < 0 ? address : address.substring(0, port);
        String key = device.map(EndpointId::toString).orElse("") + " " + host + " " + reason;
        Instant before = told.get(key);
        if (before != null && before.plus(QUIET).isAfter(now)) {
            return Optional.empty();
        }
        told.put(key, now);
        String text = "refused " + device.map(EndpointId::toString).orElse("somebody") + " at " + address
                + (place.transport().isEmpty() ? "" : " by " + place.transport()) + ": " + reason;
        return Optional.of(new DeviceEvent(
                now, device, EventKind.REFUSED, "", "", "", Map.of("address", address, "reason", reason), "", text));
    }
}
