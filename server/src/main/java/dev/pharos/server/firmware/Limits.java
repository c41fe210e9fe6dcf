// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import java.time.Duration;

/// The bounds of the repository of firmware images, each with its reason.
public final class Limits {
    /// The largest image: that of a gateway with containers is some 200 MiB.
    public static final long IMAGE_BYTES = 512L << 20;

    /// Images that are received at once: each writes to the same disk as the database.
    public static final int UPLOADS = 4;

    /// Devices that fetch at once: each holds a connection, a buffer and a file.
    public static final int DOWNLOADS = 1_000;

    /// Bytes read and written at once.
    public static final int BUFFER = 1 << 16;

    /// How long a link is good where nothing is said: a slow line has fetched the largest image by then.
    public static final Duration LINK = Duration.ofHours(24);

    /// A link is for one upgrade, not for a mirror.
    public static final Duration LONGEST_LINK = Duration.ofDays(7);

    /// Characters of the name of a transfer over TR-069 (CommandKey).
    static final int COMMAND_KEY = 32;

    /// Characters of a link over TR-069.
    static final int LONGEST_URL = 256;

    /// How long the history may take to take an event, in steps, before a device is told something that it must know.
    static final int KEEPING = 50;

    static final Duration KEEPING_STEP = Duration.ofMillis(100);

    /// How often a device that is being upgraded is asked how far it is.
    static final Duration POLL = Duration.ofSeconds(2);

    /// For its answer.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// For the whole download: a line that needs longer needs another way.
    static final Duration DOWNLOAD = Duration.ofHours(4);

    /// From the end of its download until a device runs the image: the slowest flash memory is written by then.
    static final Duration RESTART = Duration.ofMinutes(20);

    /// From a start with another version until that counts: some devices start twice.
    static final Duration SETTLING = Duration.ofSeconds(20);

    /// From when a device works on it no longer until its notification is given up, which it sends again for longer.
    static final Duration UNTOLD = Duration.ofMinutes(3);

    /// Events that are read back to find out what a device did while this server was away.
    static final int EVENTS = 200;

    static final int EVENT_PAGES = 10;

    private Limits() {}
}
