// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.time.Duration;

/// Bounds of the mapping, each with its reason.
final class Limits {
    /// Lines of a mapping; all of TR-181 would be a third of it.
    static final int LINES = 20_000;

    /// Between two looks whether others have changed a file: soon enough for a person who waits for it, and
    /// nothing for a processor.
    static final Duration LOOK = Duration.ofSeconds(2);

    /// Between two looks at the least, however much news comes: less than anybody notices.
    static final Duration BREATH = Duration.ofMillis(50);

    /// How long a file must have been empty to be believed: a machine with much to do may stop whoever writes it
    /// half-way, and rows that come again have other Instance Numbers.
    static final Duration EMPTY = Duration.ofSeconds(5);

    /// How long what was committed is tried: netifd gives a radio up after some tries of some seconds each.
    static final Duration TRIAL = Duration.ofSeconds(60);

    /// Rows of one list of a daemon: no access point serves half as many stations.
    static final int LISTED = 2_048;

    /// Characters of what tells such rows apart; longer than any address.
    static final int KEY = 64;

    private Limits() {}
}
