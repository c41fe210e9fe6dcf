// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.time.Duration;

/// The bounds of the embedded PostgreSQL, each with its reason.
final class Limits {
    /// The kernel's `sun_path` holds 108 bytes with the final NUL.
    static final int SOCKET_PATH = 107;

    /// What Linux gives a UNIX socket by default; only told to the driver, which sizes its own buffers by it.
    static final int SOCKET_BUFFER = 212_992;

    /// initdb takes a second; a slow disk on a loaded machine may need a minute.
    static final Duration INITIALISE = Duration.ofMinutes(2);

    /// A start takes 0.2 s; recovery after a crash replays at most `max_wal_size` (256 MB).
    static final Duration START = Duration.ofMinutes(2);

    /// The server must be gone within five seconds of a SIGTERM; the rest of it needs under one.
    static final Duration STOP = Duration.ofMillis(3_500);

    /// An orphan of an earlier server already has its order to stop; more patience than [#STOP] since nobody waits
    /// with a stopwatch.
    static final Duration ORPHAN = Duration.ofSeconds(15);

    /// Between two attempts to bring a PostgreSQL that died back to life.
    static final Duration RESTART_WAIT = Duration.ofSeconds(1);

    /// The log starts anew at a start, once it is longer than this.
    static final long LOG_BYTES = 10L << 20;

    /// How much of the log's end is searched for the reason of a failed start.
    static final int LOG_TAIL = 8_192;

    /// The pool's connections, and a few for an operator's `psql`.
    static final int MAX_CONNECTIONS = 60;

    private Limits() {}
}
