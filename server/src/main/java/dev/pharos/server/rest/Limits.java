// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import java.time.Duration;
import java.util.List;

/// The bounds of the REST interface, each with its reason.
public final class Limits {
    /// The largest Set or Add that makes sense is far smaller; a device takes Records of 64 KiB to a few MiB.
    public static final int REQUEST_BODY = 1 << 20;

    /// Rows on one page.
    static final int PAGE = 1_000;

    static final int DEFAULT_PAGE = 100;

    /// Devices of a job that are read at once for its results; each may have answered some hundred KiB.
    static final int CSV_PAGE = 200;

    /// Different values that a count of devices names.
    static final int VALUES = 1_000;

    static final int DEFAULT_VALUES = 20;

    /// Values of one device in one answer: above the largest gateways known.
    static final int TWIN = 50_000;

    static final int DEFAULT_TWIN = 10_000;

    /// A request to a device waits this long unless it says otherwise; proxies in between often give up after a
    /// minute.
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /// Proxies and browsers close streams that say nothing for half a minute.
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// What waits for one reader of a stream beside the Controller's own queue for it.
    static final int STREAM_QUEUE = 256;

    /// Readers of streams at the same time: each holds a connection.
    static final int STREAMS = 500;

    /// Causes of a failure that are looked at, each within the one before: libraries wrap one or two.
    static final int CAUSES = 10;

    /// Readers of the wire among them: each may hold some MiB of Records that wait, beside what decoding them costs.
    static final int WIRE_STREAMS = 50;

    /// What waits for one reader of the wire beside the Controller's own queue for it; each may be of 64 KiB.
    static final int WIRE_QUEUE = 16;

    /// What a reader of the wire is told of the time before it came: more than one screen.
    static final int WIRE_RECENT = 300;

    /// Events read back in one step where a reader fell behind.
    static final int STREAM_CATCH_UP = 500;

    /// Whether a reader of a stream may hear of a device is looked up this seldom: a fleet tells of thousands a second.
    static final Duration SEEN_REMEMBERED = Duration.ofSeconds(5);

    /// Devices of which that is remembered for one reader; some megabyte.
    static final int SEEN_DEVICES = 10_000;

    static final int IDEMPOTENCY_KEY = 255;

    /// What is shown of a parameter's past where nobody says from when.
    static final Duration SERIES_SPAN = Duration.ofDays(1);

    /// What the charts of the fleet show at most: a quarter of a year and some days.
    static final Duration FLEET_SPAN_LONGEST = Duration.ofDays(100);

    /// Steps of these charts, from which the shortest is taken that makes no more of them than can be told apart.
    static final List<Duration> FLEET_STEPS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));

    /// A chart is some 1,000 pixels wide, and a step wants some of them.
    static final long FLEET_STEPS_MOST = 170;

    /// Longer than anything is kept.
    static final Duration SERIES_LONGEST = Duration.ofDays(3_660);

    /// Points of a parameter's past that a person can look at; where there are more, they are put together.
    static final int SERIES_SHOWN = 500;

    /// And those that a program may ask for at once: half a megabyte.
    static final int SERIES_POINTS = 5_000;

    /// Devices that one person may change with one request where nobody has said otherwise: a street, not a town.
    static final int ONE_PERSON_DEVICES = 100;

    /// More than a fleet has; a server holds a million.
    static final int ONE_PERSON_MOST = 1_000_000;

    /// What waits for a second person does so over a weekend.
    static final Duration APPROVAL_PATIENCE = Duration.ofDays(3);

    /// A month, for those who meet seldom.
    static final int APPROVAL_HOURS = 720;

    /// More than anybody looks through; each holds the body of one request.
    static final int APPROVALS_WAITING = 200;

    /// As long as jobs; the audit log keeps it for ever.
    static final Duration APPROVALS_KEPT = Duration.ofDays(90);

    /// Of what would be done, and of its devices.
    static final int APPROVAL_LINES = 50;

    /// A job that begins within this concerns what was counted when it was made.
    static final Duration AT_ONCE = Duration.ofMinutes(1);

    /// What is left of a disk that people are told of: the database and a firmware image still fit.
    static final long DISK_LEFT = 2L << 30;

    /// And of a large one.
    static final int DISK_LEFT_PERCENT = 5;

    /// From when on people are told that a certificate ends: who renews by hand has a month, and a
    /// program that renews a third before the end of ninety days has failed by then.
    static final Duration CERTIFICATE_ENDS = Duration.ofDays(28);

    /// Of the last backup, from which on people are told.
    static final Duration BACKUP_AGE = Duration.ofDays(8);

    /// For how long it is a trouble that somebody was limited.
    static final Duration LIMITED_LATELY = Duration.ofHours(1);

    /// Of those who were, so many are named there; all of them stand beneath.
    static final int LIMITED_NAMED = 5;

    private Limits() {}
}
