// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Duration;

/// The bounds of the stores, each with its reason.
final class Limits {
    /// Two cores write no faster with more; requests wait for a connection on a virtual thread, which costs nothing.
    static final int CONNECTIONS = 16;

    /// Of them, what the fleet does (devices that come and go, what they answered, sessions of TR-069) takes at most
    /// these; the others are for notifications, people, and what is done by itself.
    static final int FLEET_CONNECTIONS = 12;

    /// How long work of the fleet waits for its turn: longer than a fleet that comes back keeps two cores busy with
    /// what has come so far, since those that work wait for one another.
    static final Duration TURN_WAIT = Duration.ofSeconds(60);

    /// How often a server says that it runs: one small write for each.
    static final Duration SERVER_PULSE = Duration.ofSeconds(5);

    /// A server that has said nothing for so long has ended: four times missed, so that a long pause of one is
    /// none.
    static final Duration SERVER_SILENT = Duration.ofSeconds(20);

    /// On which people's requests are done, beside the others: as few suffice, since each is held for one statement.
    static final int PEOPLE_CONNECTIONS = 12;

    /// Rows of each kind of which it is remembered whose they are: more than are at work at a time.
    static final int OWNERS_KNOWN = 1_000;

    /// Who share one server: brands and labs, each with people of its own.
    static final int TENANTS = 100;

    /// Longer than a PostgreSQL start after a crash usually takes; a request that waits longer answers 503.
    static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    /// For the readiness probe, which must answer within a second.
    static final Duration PROBE_WAIT = Duration.ofMillis(800);

    /// A B-tree entry holds 2,704 bytes; TR-181 allows path names 256 characters.
    static final int OBJECT_PATH = 2_000;

    /// An event is recognised when it is sent again for this long: every retry of a Notify comes sooner (R-NOT.1).
    static final Duration EVENT_KEYS = Duration.ofDays(1);

    /// A client that retries with the same Idempotency-Key does so within a day.
    static final Duration IDEMPOTENCY_KEYS = Duration.ofDays(1);

    /// A request that began and never ended (the server was killed) may be tried again after this; the longest
    /// request waits a minute.
    static final Duration IDEMPOTENT_REQUEST = Duration.ofMinutes(5);

    /// An audit detail is a line for people.
    static final int AUDIT_DETAIL = 2_000;

    /// Entries of the audit log in one transaction: more wait for the next.
    static final int AUDIT_BATCH = 500;

    /// What devices answered to reads is kept in their twins after this: short enough that nobody notices what a
    /// crash costs, long enough that reading a device again and again is one write.
    static final Duration TWIN_DELAY = Duration.ofMillis(100);

    /// Values that wait to be kept in twins, of all devices: those of some eighty whole gateways. Beyond them,
    /// whoever reads a device waits until its answer is kept.
    static final int UNKEPT_VALUES = 100_000;

    /// How long whoever needs them kept waits for it.
    static final Duration TWIN_PATIENCE = Duration.ofSeconds(30);

    /// How many devices' reads are kept by one statement, which opens the 64 parts of the table once for all of them.
    static final int TWINS_TOGETHER = 50;

    /// And how many values: a device that waits for its own to be kept waits for all of them.
    static final int TWIN_VALUES_TOGETHER = 10_000;

    /// Transactions at the same time that write what devices report and were told: as many as processors, since they
    /// wait for one another past that, and two at least, of which one writes while the disk takes the other. Many
    /// processors are for the other connections too.
    static final int TWIN_WRITERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, FLEET_CONNECTIONS / 2);

    /// After a failure to keep them, until the next try: whoever reads a twin tries too, so that nobody waits for it.
    static final Duration TWIN_RETRY = Duration.ofSeconds(1);

    /// Tries to keep them before they are given up. A database that is gone takes [#CONNECTION_WAIT] for each, which is
    /// minutes in all; what the database will never take must not stay in the way of what comes after it.
    static final int TWIN_TRIES = 30;

    /// Groups of devices: people choose among them in a menu.
    public static final int GROUPS = 200;

    /// Firmware images: some versions of each model of a fleet; a list of them is one page.
    public static final int FIRMWARE_IMAGES = 500;

    /// Software modules: some versions of each of a hundred programs; a list of them is one page.
    public static final int SOFTWARE_MODULES = 1_000;

    /// Bootstraps of devices that enrol: one for each batch, or for each device of a small fleet.
    static final int BOOTSTRAPS = 10_000;

    /// Devices that are looked at together beside their profiles: some MiB of values.
    static final int PROFILED = 1_000;

    /// Versions that are kept of each profile: a year of changes each week.
    static final int PROFILE_VERSIONS = 50;

    /// Webhooks: each is looked at with every event.
    public static final int WEBHOOKS = 100;

    /// Events that are looked at for one webhook in one transaction: some MiB, and a moment.
    static final int WEBHOOK_EVENTS = 500;

    /// Deliveries of one webhook that wait at once, of a KiB each. What comes beyond them stays in the history, from
    /// which it is taken when there is room.
    static final int WEBHOOK_WAITING = 20_000;

    /// How old the last success of a webhook may be in its row: one that has many need not write it each time.
    static final Duration WEBHOOK_SUCCESS = Duration.ofSeconds(1);

    /// Rules for alarms: each is looked at again and again.
    static final int ALARM_RULES = 100;

    /// Between two looks at one rule: an alarm within half a minute is early enough, and a look over a large fleet
    /// takes
    /// a part of a second.
    public static final Duration ALARM_LOOK = Duration.ofSeconds(15);

    /// Alarms that one look raises: the next raises more, which is a matter of seconds.
    static final int ALARMS_AT_ONCE = 1_000;

    /// Open alarms of one rule: where more devices are concerned, it is their network that has the trouble, which a
    /// rule
    /// over a share of them says better.
    static final int ALARMS_OF_RULE = 10_000;

    /// Notes of one alarm: a conversation.
    static final int ALARM_NOTES = 200;

    /// Devices that are named of those that a rule would concern: as many as a line holds.
    static final int ALARMS_SHOWN = 5;

    /// Starts of devices that the first page counts: more are a fleet that starts as a whole, which a part tells too.
    static final int BOOTS_LOOKED_AT = 20_000;

    /// Events that the charts of the first page count: a day of a fleet of 100,000 whose devices come and go once.
    static final int FLEET_EVENTS_COUNTED = 200_000;

    /// The newest jobs, among which the first page looks for failing ones: hundreds a day are many.
    static final int JOBS_LOOKED_AT = 200;

    /// Lines of one kind on the first page: who has more begins with the first.
    static final int ATTENTION_LINES = 10;

    /// Parameters of which people may ask that they be kept: each may be many rows of each device.
    static final int SERIES_KEPT = 100;

    /// How old the knowledge of them may be: a person who asks waits no longer for the first value.
    static final Duration SERIES_KEPT_AGE = Duration.ofSeconds(2);

    /// Paths of which values are kept, instance numbers and all: a hundred parameters in some hundred rows. What a
    /// device makes up beyond them is not kept.
    static final int SERIES_PATHS = 50_000;

    /// Characters of a value that are kept: a state or a name, and no document.
    static final int SAMPLE_TEXT = 256;

    /// Five minutes of so many devices are counted in one transaction: some ten thousand rows, and a moment.
    static final int ROLLED_TOGETHER = 100;

    /// Days for which each value is kept: a week, so that last Monday can be compared with this one. A thousand devices
    /// that tell ten parameters every five minutes are 20 million rows then, about 2 GB.
    static final int SAMPLE_DAYS = 7;

    /// Days for which five minutes of numbers are kept: as long as events.
    static final int ROLLED_DAYS = 90;

    /// Refused reports of a device that are kept: the reason of the last is looked for, and whether it is always the
    /// same.
    static final int REFUSALS_OF_A_DEVICE = 20;

    /// The same of those who are no device of ours, all together.
    static final int REFUSALS_OF_STRANGERS = 200;

    /// Devices whose health is judged in one transaction: one page of statements over some thousand rows.
    static final int HEALTH_AT_ONCE = 200;

    /// Values of one device in one cell of a table: radios and lines fit, hosts and counters are counted as more.
    static final int CELL_VALUES = 8;

    /// Views of the table of devices that one person may keep: more than fit a list.
    static final int SAVED_VIEWS = 50;

    private Limits() {}
}
