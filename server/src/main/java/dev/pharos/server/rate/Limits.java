// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.time.Duration;

/// The bounds of limiting itself, each with its reason.
final class Limits {
    /// Askers of one kind that are remembered, some 300 bytes each. There are fewer people and tokens;
    /// where more addresses come, those that come often stay, and one that is forgotten begins anew with
    /// all that one has.
    static final int ASKERS = 20_000;

    /// Beyond the time in which a bucket is full again: one that is forgotten then has lost nothing.
    static final Duration SLACK = Duration.ofSeconds(1);

    /// Askers that were limited lately and are shown; the one whose last time is the longest ago makes
    /// room.
    static final int SHOWN = 100;

    /// How often the log says again that the same asker is limited.
    static final Duration TOLD_AGAIN = Duration.ofMinutes(10);

    /// Of one person or token at the same time: each may hold a connection to the database for a minute, of
    /// which people have twelve together.
    static final int HEAVY_AT_ONCE = 4;

    /// Far above what one server answers.
    static final long MOST = 1_000_000;

    private Limits() {}
}
