// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Turns refusals into events, the same one not more than once a minute: who is turned away tries again and
/// again, and must not fill the history with it.
final class Refusals {
    private static final Duration QUIET = Duration.ofMinutes(1);

    /// Different refusals that are remembered; more at once are an attack, of which a part is enough.
    private static final int REMEMBERED = 1_024;

    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Refusals(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<DeviceEvent> note(
            Optional<EndpointId> device, String transport, String address, String reason) {
        Instant now = clock.instant();
        int port = address.lastIndexOf(':');
        String host = port < 0 ? address : address.substring(0, port);
        String key = device.map(EndpointId::toString).orElse("") + " " + host + " " + reason;
        Instant before = told.get(key);
        if (before != null && before.plus(QUIET).isAfter(now)) {
            return Optional.empty();
        }
        told.put(key, now);
        String text = "refused " + device.map(EndpointId::toString).orElse("somebody") + " at " + address
                + (transport.isEmpty() ? "" : " by " + transport) + ": " + reason;
        return Optional.of(new DeviceEvent(
                now, device, EventKind.REFUSED, "", "", "", Map.of("address", address, "reason", reason), "", text));
    }
}
