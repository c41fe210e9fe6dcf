// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import java.time.Duration;

/// Bounds of the proxy, each with its reason.
final class Limits {
    /// Bytes that wait for one connection, beyond which whoever sends them is not read.
    static final int READ_UNTIL = 256 << 10;

    /// Bytes that wait for one connection at most, beside a single Record: what was on its way when reading stopped.
    static final int HELD = 2 << 20;

    /// Bytes that wait for all connections: a quarter of the memory of a small program.
    static final long HELD_BY_ALL = 64L << 20;

    /// Records that wait for one connection at most, however small.
    static final int RECORDS = 1024;

    /// How long a full connection is left alone.
    static final Duration PAUSE = Duration.ofMillis(10);

    /// How often it is looked whether controllers are reached.
    static final Duration LOOK = Duration.ofSeconds(1);

    /// How long an agent is kept whose controller is not reached: after it, the agent finds out and tries by itself.
    static final Duration UNREACHED = Duration.ofSeconds(60);

    private Limits() {}
}
