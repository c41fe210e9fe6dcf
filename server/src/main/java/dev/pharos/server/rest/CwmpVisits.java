// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.rest.json.NextSession;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The sessions of devices that are managed over TR-069, as far as requests wait for them.
final class CwmpVisits {
    private final AcsOffice office;
    private final Stores stores;
    private final Clock clock;
    private final boolean later;

    CwmpVisits(AcsOffice office, Stores stores, Clock clock) {
        this(office, stores, clock, true);
    }

    private CwmpVisits(AcsOffice office, Stores stores, Clock clock, boolean later) {
        this.office = office;
        this.stores = stores;
        this.clock = clock;
        this.later = later;
    }

    /// The same, but what is not done now is not done in a later session either.
    CwmpVisits nowOnly() {
        return new CwmpVisits(office, stores, clock, false);
    }

    boolean manages(EndpointId device) {
        return office.isManaged(device);
    }

    /// @throws ApiException where the device does not come, and nothing is done later
    Asked ask(EndpointId device, Errand errand, Duration wait) {
        if (!later) {
            return notLater(device, office.askOnly(device, errand, wait));
        }
        try {
            return office.askNow(device, errand, wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "The server stops", "It waits for the next session of " + device + ".");
        }
    }

    private static Asked notLater(EndpointId device, Asked asked) {
        if (asked instanceof Asked.Waits(String because)) {
            throw new ApiException(
                    504,
                    "Not here",
                    device + " is managed over TR-069 and is not in a session now: nothing was done. " + because);
        }
        return asked;
    }

    static ApiException noRoom(EndpointId device) {
        return new ApiException(
                429, "Too much waits", "Too much waits for the next session of " + device + " already.");
    }

    NextSession session(EndpointId device, boolean queued, String detail) {
        Instant last = stores.devices().find(device).map(DeviceRecord::lastSeen).orElse(Instant.EPOCH);
        Instant expected = office.expected(device).orElse(last);
        boolean over = !expected.isAfter(clock.instant());
        String next =
                queued ? (over ? ", the next was expected " : ", the next is expected ") + distance(expected) : "";
        return new NextSession(
                queued, last, expected, detail + " Its last session was " + age(last) + " ago" + next + ".");
    }

    private String distance(Instant time) {
        Duration from = Duration.between(clock.instant(), time);
        return from.isPositive() ? "in " + words(from) : words(from.negated()) + " ago";
    }

    String age(Instant time) {
        return words(Duration.between(time, clock.instant()));
    }

    private static String words(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        if (age.toMinutes() >= 120) {
            return age.toHours() + " hours";
        }
        return age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : Math.max(0, age.toSeconds()) + " seconds";
    }
}
