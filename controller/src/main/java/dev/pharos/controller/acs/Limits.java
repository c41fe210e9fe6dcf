// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.time.Duration;

/// The bounds of what is done with devices over TR-069, each with its reason.
final class Limits {
    private Limits() {}

    /// Parameters that are read by one request: what another ACS has found that all devices bear.
    static final int NAMES_AT_ONCE = 32;

    /// Faults with which a device may answer while it is read, before it is left: a device of a thousand parameters of
    /// which ten cannot be read needs a hundred.
    static final int FAULTS = 300;

    /// Faults with which a device may answer while it is settled of what it tells, before the rest is left: some dozen
    /// parameters that it does not watch are found with so many.
    static final int NOTICE_FAULTS = 100;

    /// Parameters of a device of which it is kept how it tells of them: a dozen networks have some hundred.
    static final int NOTICES = 1_000;

    /// Names that one sentence holds.
    static final int NAMES_SAID = 5;

    /// Objects of a device that names them level by level: each is one request, and one in three parameters of a
    /// gateway
    /// would have to be alone in its object for as many.
    static final int OBJECTS = 10_000;

    /// Values of one device in its twin, as over USP.
    static final int VALUES = dev.pharos.controller.policy.Limits.TWIN_VALUES_PER_DEVICE;

    /// How old what a device has told may be before all of it is read again in a session.
    static final Duration FRESH = Duration.ofHours(1);

    /// Devices that are called at once: each costs a connection for some seconds at most.
    static final int CALLS = 64;

    /// How long a call that somebody else has begun is waited for.
    static final Duration CALL = Duration.ofSeconds(15);

    /// How long a session is held for those who have looked for the device in vain, in steps: they hear that it is here
    /// within a second.
    static final int LINGERING = 30;

    static final Duration LINGERING_STEP = Duration.ofMillis(100);

    /// Errands that may wait for one device: a person's, a job's and some more.
    static final int ERRANDS = 100;

    /// How long a device may take to answer what waited and is done over USP: as long as it may for a job.
    static final Duration USP_ANSWER = Duration.ofSeconds(30);

    /// Devices for which it is done at once: each waits for the answer of a device most of the time.
    static final int OVER_USP = 64;

    /// Devices for which it is found at once that something waits: more than come back in a minute to one server.
    static final int CROSSED = 10_000;

    /// How often it is looked without anything having happened: what could not be sent is tried again so.
    static final Duration USP_ROUND = Duration.ofSeconds(10);

    /// How long it is not looked again, however much happens: the errands of all devices are gone through.
    static final Duration USP_BREATH = Duration.ofMillis(500);

    /// How long a stop waits for what is under way: most devices answer within it.
    static final Duration USP_GOODBYE = Duration.ofSeconds(3);

    /// Values of a device that are compared over both protocols: its identity, and the names of some dozen networks.
    static final int COMPARED = 50;

    /// Orders of software modules of one device of which it has yet to tell how they ended: more than it can have
    /// waiting.
    static final int MODULE_ORDERS = 100;

    /// How often in a session, and after what time each, it is looked whether a unit that was asked to start has: most
    /// do within a second, and the device waits for us meanwhile.
    static final int STATE_LOOKS = 12;

    static final Duration STATE_LOOK = Duration.ofMillis(400);

    /// Characters of a word of the device that are shown.
    static final int WORDS = 100;

    /// Transfers of one device whose end is not known: more than that no device does at once.
    static final int OPEN_TRANSFERS = 16;

    /// How long a transfer may be under way: what has not ended then is never told.
    static final Duration OPEN_TRANSFER = Duration.ofDays(7);

    /// Files that a device may ask for in one session: it asks for one, when it wants one.
    static final int REQUESTED_FILES = 3;

    /// How long it is waited for until nobody comes in just now, so that two records can become one; the next session
    /// of the device is another chance.
    static final Duration UNITING = Duration.ofSeconds(2);

    /// Sessions that may end while an errand is at work, before it is given up: it may be what ends them.
    static final int ATTEMPTS = 3;

    /// How long storing an event may take before the device is told to report it again.
    static final Duration STORING = Duration.ofSeconds(10);

    /// Devices of which it is known when they are to come again; some hundred bytes each.
    static final int DEVICES = 500_000;

    /// Devices of the inventory that are recalled at each sweep, after a start: with the intervals of all of them that
    /// is
    /// some tenths of a second, and half a million are recalled within the hour, before any of them is overdue.
    static final int RECALLED_AT_ONCE = 1_000;

    /// After which time they are looked through again: those of another server that has ended wait so long.
    static final Duration RECALL = Duration.ofHours(1);

    /// After how many of its intervals a device that has not come is offline: one lost session is no reason.
    static final int INTERVALS = 2;

    /// What is added to that: retries of the device itself take as long.
    static final Duration GRACE = Duration.ofMinutes(5);

    /// The interval of a device that does not say its own: a day, as TR-181 proposes.
    static final Duration USUAL_INTERVAL = Duration.ofDays(1);

    /// How far the clock of a device may be from ours in what it tells in a datagram: as far as devices are off that
    /// have a server for their time.
    static final Duration LIGHT_CLOCKS = Duration.ofMinutes(5);

    /// Datagrams of one device in one second: what does not fit into one goes into several.
    static final int LIGHT_A_SECOND = 64;
}
