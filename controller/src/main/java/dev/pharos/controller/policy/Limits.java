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

    /// Instances of which one device says that each has a supported data model of its own, and which are asked for it:
    /// the things behind a large gateway, and seconds of its onboarding.
    public static final int DIVERGENT_PATHS = 256;

    /// Of these, in one request: an answer with as many models is smaller than the whole model of a gateway.
    public static final int DIVERGENT_PATHS_AT_ONCE = 16;

    /// Calls of one device that wait to be sent; more would not be answered within any useful time.
    public static final int CALLS_WAITING = 2_048;

    /// How late a call may learn that its time is over: nobody notices, and looking costs nothing.
    public static final Duration CALL_TIMER_INTERVAL = Duration.ofMillis(20);

    /// Calls that timed out and are remembered for each device, so that their answers are recognised as late.
    public static final int REMEMBERED_CALLS = 16;

    /// Session Records that wait for one device's connection to take them: the largest request, cut into the
    /// smallest Records.
    public static final int SESSION_RECORDS_WAITING = 65_536;

    /// Devices in memory, connected or called once: more than one process should serve.
    public static final int PEERS = 200_000;

    /// Notifications that wait to be stored, of all devices: some seconds of a busy fleet.
    public static final int EVENTS_WAITING = 65_536;

    /// Whoever waits for events to be kept gives up after this: as long as the store is behind at worst.
    public static final Duration EVENTS_KEPT = Duration.ofSeconds(30);

    /// Events in one call of the store: beyond this a larger batch gains little and delays the first.
    public static final int EVENTS_PER_BATCH = 512;

    /// Batches that are stored while what they tell of twins is not yet, and their senders wait: one at work and one
    /// that is ready for it. More would make their answers late and nothing faster.
    public static final int BATCHES_UNTOLD = 2;

    /// How long the end of the Controller waits for what is still to be stored: it has five seconds in all.
    public static final Duration EVENTS_CLOSE = Duration.ofSeconds(4);

    /// Parameters of one device that the twin keeps from onboarding: above the largest gateways known.
    public static final int TWIN_VALUES_PER_DEVICE = 50_000;

    /// Names of parameters of which it is remembered whether they hold secrets: data models have some thousands, and
    /// what a device makes up must not fill the memory.
    static final int REMEMBERED_NAMES = 8_192;

    /// Characters of such a name: the longest of Device:2 has 51.
    static final int REMEMBERED_NAME = 64;

    /// Supported data models whose parameters are at hand for reports of bulk data: as many as are in memory
    /// themselves.
    public static final int MODELS_LISTED = 32;

    /// A report of bulk data that was collected longer ago may be older than what is known of its parameters.
    public static final Duration FRESH_REPORT = Duration.ofSeconds(30);

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

    /// Searches at once for devices that are called here and have spoken to other servers only; those of one
    /// device wait for one another, and so do some of others, each for seconds at most.
    public static final int SEARCHES = 64;

    /// How many devices are read from the inventory at once for it.
    public static final int ROLL_CALL_PAGE = 500;

    /// What an observer may have waiting of Records, in bytes of memory as far as we can tell: fifty readers that
    /// stall at once must fit beside everything else.
    public static final int OBSERVER_QUEUE_BYTES = 4 << 20;

    /// The largest Record that observers see decoded; of a larger one they see what it is. Ordinary Messages are a
    /// few KiB, and a supported data model has a page of its own.
    public static final int WIRE_RECORD_BYTES = 64 << 10;

    /// The largest Record that is kept decoded for those who look later.
    public static final int WIRE_KEPT_RECORD_BYTES = 8 << 10;

    /// Records of one device that are kept for those who look later: a reboot with its onboarding is some thirty.
    public static final int WIRE_KEPT_PER_DEVICE = 48;

    /// Memory for all kept Records, in bytes as far as we can tell: the devices that were silent for longest lose
    /// theirs first. A fleet of nineteen thousand keeps the last few of each.
    public static final int WIRE_KEPT_BYTES = 32 << 20;

    /// Refusals that are kept, of the whole fleet: apart from the Records of devices, so that a flood of strangers
    /// flushes only its own.
    public static final int WIRE_KEPT_REFUSALS = 512;

    /// Connections that opened or ended without anybody having been let in, kept for those who look later.
    public static final int WIRE_KEPT_OPENINGS = 256;

    /// Peers that were refused and are remembered with their count and last reason; those refused least recently go
    /// first.
    public static final int REFUSED_PEERS = 1_024;

    /// Bytes of something unreadable that are shown: they tell TLS, HTTP and JSON from a Record, and hold no secret,
    /// which could not be masked there.
    public static final int WIRE_UNREADABLE_BYTES = 8;

    /// Hexadecimal digits shown of one Record stand for at most so many bytes; a person reads no more of them.
    public static final int WIRE_HEX_BYTES = 4 << 10;

    /// Secret parameters of that many devices are remembered while someone looks on, for a minute each.
    public static final int WIRE_DEVICES_AT_HAND = 1_024;

    /// A query is typed, or kept by name: that many characters say more than anybody reads.
    public static final int QUERY_CHARACTERS = 2_000;

    /// Parentheses and `not` within one another.
    public static final int QUERY_DEPTH = 20;

    /// Each may cost the database a look at every device.
    public static final int QUERY_CONDITIONS = 50;

    /// Conditions of a query once its groups are put in, which may be made of others: a database plans each.
    public static final int GROUP_CONDITIONS = 500;
}
