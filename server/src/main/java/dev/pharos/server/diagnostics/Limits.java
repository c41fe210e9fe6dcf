// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import java.time.Duration;

/// Bounds of diagnostics, each with its reason.
public final class Limits {
    /// That one device works on, as far as we know: it refuses more by itself.
    static final int OPEN = 20;

    /// What is kept of each device: what support looks back for, on one page.
    public static final int KEPT = 100;

    /// How long the device's answer to the request itself is waited for.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// After so long nobody waits for a result any more; the longest diagnostic takes less.
    static final Duration LOST = Duration.ofHours(2);

    /// How long a device of TR-069 may measure before it is asked how that stands, since not all say when they are
    /// complete; then again after twice that, and so on.
    static final Duration LOOK = Duration.ofMinutes(2);

    /// Values of one diagnostic of TR-069 that are looked at: a download in steps of a second has the most.
    static final int TR069_VALUES = 10_000;

    /// How often it is looked for results that were kept while we were not looking.
    static final Duration SWEEP = Duration.ofSeconds(10);

    /// Runs that are looked at in one sweep; more are looked at in the next one.
    static final int SWEPT = 500;

    /// Arguments of one diagnostic, and characters of each: the data model has fewer.
    public static final int ARGUMENTS = 20;

    public static final int ARGUMENT = 2_048;

    /// Transfers that devices measure with this server at once, some by several connections: they share its line.
    static final int TRANSFERS = 32;

    /// Bytes a second of all of them together, a gigabit: the rest of a server's line is for management.
    static final long TRANSFER_RATE = 125_000_000;

    /// Of one request: more than the fastest lines need for some seconds.
    public static final long TRANSFER_BYTES = 1L << 30;

    /// Given and taken at once.
    public static final int TRANSFER_BUFFER = 1 << 16;

    /// How long a link is good: a test takes 999 seconds at most, and begins soon.
    static final Duration TRANSFER_LINK = Duration.ofMinutes(30);

    private Limits() {}
}
