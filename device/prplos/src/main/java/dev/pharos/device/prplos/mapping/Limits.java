// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.time.Duration;

/// Bounds of the mapping, each with its reason.
final class Limits {
    /// Lines of a mapping; all of TR-181 would be a third of it.
    static final int LINES = 20_000;

    /// Between two looks whether others have changed a file: soon enough for a person who waits for it. A look is some
    /// calls of stat, and the file is read only where these tell another time.
    static final Duration LOOK = Duration.ofSeconds(2);

    /// The same where nothing has happened for [#LIVELY] and the kernel does not tell of files: an idle gateway wakes
    /// up less often.
    static final Duration REST = Duration.ofSeconds(5);

    /// Between two times that daemons are asked of whom nobody has heard anything for [#LIVELY]: what matters they tell
    /// by themselves, and the rest has time.
    static final Duration IDLE = Duration.ofSeconds(60);

    /// How long after news and after a write daemons are asked with every look: radios and lines come up within that,
    /// in
    /// steps that nobody tells of.
    static final Duration LIVELY = Duration.ofSeconds(60);

    /// Between two looks at the least, however much news comes: less than anybody notices.
    static final Duration BREATH = Duration.ofMillis(50);

    /// How long a file must have been empty to be believed: a machine with much to do may stop whoever writes it
    /// half-way, and rows that come again have other Instance Numbers.
    static final Duration EMPTY = Duration.ofSeconds(5);

    /// How long what was committed is tried: netifd gives a radio up after some tries of some seconds each.
    static final Duration TRIAL = Duration.ofSeconds(60);

    /// How long an answer of a daemon counts for whoever reads: counters of a second ago are those of now.
    static final Duration RECENT = Duration.ofSeconds(1);

    /// Questions of which the answers are kept for that long: some for each interface of a gateway.
    static final int QUESTIONS = 256;

    /// After a change of the network nothing is known of the way to the controller for as long as netifd needs to take
    /// interfaces down.
    static final Duration SETTLE = Duration.ofSeconds(5);

    /// How long the way may stay closed after a change: as long as rpcd waits before it rolls back for the web page of
    /// OpenWrt; a line dials in within less.
    static final Duration DEADLINE = Duration.ofSeconds(90);

    /// Between two looks whether the way is open.
    static final Duration BETWEEN = Duration.ofSeconds(3);

    /// Rows of one list of a daemon: no access point serves half as many stations.
    static final int LISTED = 2_048;

    /// Rows of a table beneath one of these: a client has an address or two of each prefix of its link.
    static final int BENEATH = 64;

    /// Characters behind `cpe-` in an Alias, which has 64 at the most (TR-106, 3.6.1).
    static final int ALIAS = 60;

    /// Bytes of a file of leases: five times as many lines as rows, of usual length.
    static final int LEASES = 1 << 20;

    /// What a survey tells of at most: more networks than a radio hears in a city, in a message that all controllers
    /// take.
    static final int FOUND = 256;

    /// Lights of a device: a switch of 48 ports has two for each and some more.
    static final int LIGHTS = 128;

    /// Bytes of a file that lists triggers of a light, which grows with the kernel's modules and interfaces.
    static final int TRIGGERS = 1 << 14;

    /// Characters of what tells such rows apart; longer than three addresses, which a route has.
    static final int KEY = 160;

    private Limits() {}
}
