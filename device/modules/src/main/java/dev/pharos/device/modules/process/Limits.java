// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.time.Duration;

/// Bounds of processes, each with its reason.
final class Limits {
    /// A unit that is still there by then has started: what cannot run ends within milliseconds.
    static final Duration SETTLE = Duration.ofMillis(800);

    /// How often a running unit is looked at.
    static final Duration TICK = Duration.ofSeconds(1);

    /// For processes that were killed to be gone; the kernel takes milliseconds but for one that waits for a disk.
    static final Duration KILLED = Duration.ofSeconds(5);

    /// Between two looks at processes that are about to end.
    static final Duration LOOK = Duration.ofMillis(20);

    /// A log, in bytes, of which there are two: the end of what a unit said is what helps.
    static final int LOG = 256 << 10;

    /// Read at once of what a unit says.
    static final int BUFFER = 8192;

    /// The longest wait before another start, in seconds: whatever management says, a day is given up.
    static final long LONGEST_WAIT = 86_400;

    /// The shortest wait before another start: a unit that dies at once must not keep the host busy.
    static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    /// A message, TR-181's bound.
    static final int MESSAGE = 256;

    /// For what a unit that has ended said last to be read; it is in a pipe of this host.
    static final Duration LAST_WORDS = Duration.ofMillis(500);

    /// What is run to see whether it can be run: it does nothing, and takes a tenth of a second.
    static final Duration TRIAL = Duration.ofSeconds(10);

    private Limits() {}
}
