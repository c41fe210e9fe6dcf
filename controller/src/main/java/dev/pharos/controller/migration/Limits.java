// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import java.time.Duration;

/// The bounds of migrations, each with its reason.
public final class Limits {
    private Limits() {}

    /// Migrations under way at once: each is looked at every second.
    public static final int OPEN = 1_000;

    /// Devices that are talked to over USP at once for it: each takes a thread that waits, and of its time little.
    static final int AT_WORK = 32;

    /// How long it takes at most until a change is followed of which nobody told.
    static final Duration ROUND = Duration.ofSeconds(1);

    /// How long a round waits after the one before, whatever happens.
    static final Duration BREATH = Duration.ofMillis(200);

    /// How long a device may take to come over TR-069 to be set up: one that comes once a day has seven chances.
    public static final Duration SET_UP = Duration.ofDays(7);

    /// How long it may take to come over USP when it is set up: more than any reasonable wait between attempts.
    public static final Duration ARRIVAL = Duration.ofMinutes(10);

    /// How long it may be silent over USP in between: an agent that restarts is back long before.
    public static final Duration SILENCE = Duration.ofMinutes(2);

    /// How long one request over USP may take.
    static final Duration CALL = Duration.ofSeconds(10);

    /// Reasons of which the funnel of a campaign tells how often each was: more than that nobody reads.
    static final int REASONS = 20;

    /// How long a campaign stays at a device that does not come to be set up, or taken back, before another one has its
    /// turn.
    static final Duration TURN = Duration.ofMinutes(1);

    /// For the answer by which it is seen that a device of TR-069 is there.
    static final Duration KNOCK = Duration.ofSeconds(30);

    /// Between two looks at a device on its way, at first; each is twice as long as the one before.
    static final Duration FIRST_LOOK = Duration.ofMillis(250);

    /// The longest of these.
    static final Duration LOOK = Duration.ofSeconds(2);

    /// A device for which there is no room waits so long.
    static final Duration NO_ROOM = Duration.ofSeconds(10);

    /// How often a device is called to come over TR-069 for what waits for it, at most: the first wait is [#LEAVING],
    /// each is twice as long as the one before.
    static final Duration CALL_AGAIN = Duration.ofMinutes(1);

    /// How long a device may take to end its connection over USP when its controller was removed: the answer to that
    /// leaves first.
    static final Duration LEAVING = Duration.ofSeconds(3);

    /// How long USP has to hold where nobody says: longer than an agent takes that connects and falls over.
    public static final Duration USUAL_SETTLE = Duration.ofSeconds(60);

    public static final Duration LONGEST_SETTLE = Duration.ofDays(30);

    /// How often a device comes over TR-069 while that is the reserve, in seconds: daily, as TR-181 proposes.
    static final long RESERVE_INTERVAL = 86_400;

    /// How long what is under way is waited for when the server stops.
    static final Duration GOODBYE = Duration.ofSeconds(2);
}
