// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import java.time.Duration;

/// The bounds of the Controller, each with its reason.
public final class Limits {
    private Limits() {}

    /// Records of one connection that wait to be read before we stop reading: a device rarely sends more than
    /// a burst of notifications, and 19,000 full mailboxes must still fit into memory.
    public static final int MAILBOX_RECORDS = 64;

    /// Records that are still taken after we stopped reading, since a transport may have read ahead.
    public static final int MAILBOX_RECORDS_HARD = 512;

    /// Calls of one device that wait for their answers: small devices work on one request at a time, and what
    /// waits there costs them.
    public static final int CALLS_IN_FLIGHT = 64;

    /// Calls of one device that wait to be sent; more would not be answered within any useful time.
    public static final int CALLS_WAITING = 2_048;

    /// Calls that timed out and are remembered for each device, so that their answers are recognised as late.
    public static final int REMEMBERED_CALLS = 16;

    /// Session Records that wait for one device's connection to take them: the largest request, cut into the
    /// smallest Records.
    public static final int SESSION_RECORDS_WAITING = 65_536;

    /// Devices in memory, connected or called once: more than one process should serve.
    public static final int PEERS = 200_000;

    /// Notifications that wait to be stored, of all devices: some seconds of a busy fleet.
    public static final int EVENTS_WAITING = 65_536;

    /// Events in one call of the store: beyond this a larger batch gains little and delays the first.
    public static final int EVENTS_PER_BATCH = 512;

    /// Parameters of one device that the twin keeps from onboarding: above the largest gateways known.
    public static final int TWIN_VALUES_PER_DEVICE = 50_000;

    /// What an observer may have waiting before the oldest is dropped; a page that stalls must not hold
    /// events of the fleet.
    public static final int OBSERVER_QUEUE = 4_096;

    /// How exactly the inventory keeps `lastSeen`: writing it with every record would cost more than the
    /// records themselves.
    public static final Duration LAST_SEEN_GRANULARITY = Duration.ofSeconds(60);

    /// How often silent devices are looked for.
    public static final Duration PRESENCE_INTERVAL = Duration.ofSeconds(30);

    /// How many silent devices are asked for a sign of life at once.
    public static final int PROBES_AT_ONCE = 64;

    /// How many devices are asked at once whether they are there, when our session at a broker is up: those that are
    /// away with a session kept for them at the broker say nothing, and must not hold up the others for long.
    public static final int ROLL_CALLS_AT_ONCE = 1_000;

    /// The time between two of them: 200 devices a second, each of which is then asked for its software version,
    /// leave the broker room for what else it carries.
    public static final Duration ROLL_CALL_SPACING = Duration.ofMillis(5);

    /// How long each may take to answer; who is slower is heard when it does.
    public static final Duration ROLL_CALL_ANSWER = Duration.ofSeconds(10);

    /// How many devices are read from the inventory at once for it.
    public static final int ROLL_CALL_PAGE = 500;
}
