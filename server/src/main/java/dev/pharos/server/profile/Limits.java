// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import java.time.Duration;

/// The bounds of files and plans, each with its reason.
final class Limits {
    private Limits() {}

    /// Devices that are told of together.
    static final int BATCH = 1_000;

    /// Devices that were heard of and are not written down yet: as many as one process serves.
    static final int NOTICED = dev.pharos.controller.policy.Limits.PEERS;

    /// What a device tells comes in pieces; it is looked at when they are through.
    static final Duration SETTLING = Duration.ofSeconds(2);

    /// How often it is looked what is due.
    static final Duration ROUND = Duration.ofSeconds(1);

    /// Devices that are looked at in one round: a query or two.
    static final int LOOKED_AT = 500;

    /// Devices that are begun with in one round: after a change in a fleet's surroundings all of them may be different,
    /// and neither they nor the network must be flooded.
    static final int BEGUN = 20;

    /// Devices at work at once in one server.
    static final int AT_WORK = 50;

    /// How often all devices are looked at: it costs as much as a plan.
    static final Duration SWEEP = Duration.ofMinutes(5);

    /// Devices come back first.
    static final Duration FIRST_SWEEP = Duration.ofMinutes(1);

    /// How long a device is ours without a sign of life of us: longer than one answer takes.
    static final Duration TAKEN = Duration.ofMinutes(1);

    /// Until it is tried again where somebody else works on the device.
    static final Duration OTHERS = Duration.ofSeconds(5);

    /// What was put right this often within [#DRIFT_WINDOW] does not stay so: somebody else wants it otherwise.
    static final int PUT_RIGHT = 3;

    static final Duration DRIFT_WINDOW = Duration.ofHours(1);

    /// How long it is left alone then.
    static final Duration LEFT_ALONE = Duration.ofDays(1);

    /// Paths that a sentence names.
    static final int NAMED = 5;

    /// How long requests that are under way may take to be answered when the server stops.
    static final Duration GOODBYE = Duration.ofSeconds(1);

    static final Duration BREATH = Duration.ofMillis(20);

    /// A plan over a fleet takes tens of seconds: two at a time leave the database to others.
    static final int PLANS_AT_ONCE = 2;

    /// How long who asks for a plan waits for its turn.
    static final Duration PLAN_WAIT = Duration.ofSeconds(30);
}
