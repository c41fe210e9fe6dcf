// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import java.time.Duration;

/// The bounds of signing in, each with its reason.
final class Limits {
    /// A secret of 256 random bits cannot be guessed, whatever the rate.
    static final int SECRET_BYTES = 32;

    /// A working day on one page; every use begins it anew.
    static final Duration SESSION_IDLE = Duration.ofHours(12);

    /// Far above the operators of one server; the session that was used longest ago makes room.
    static final int SESSIONS = 10_000;

    /// A person mistypes a few times; a program that guesses does no more than this in [#FAILURE_WINDOW].
    static final int FAILURES = 10;

    static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

    /// Addresses whose failures are counted at the same time; the oldest makes room.
    static final int WATCHED_ADDRESSES = 10_000;

    private Limits() {}
}
