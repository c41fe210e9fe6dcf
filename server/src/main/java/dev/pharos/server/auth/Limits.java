// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import java.time.Duration;

/// The bounds of signing in, each with its reason.
final class Limits {
    /// A secret of 256 random bits cannot be guessed, whatever the rate.
    static final int SECRET_BYTES = 32;

    /// A working day on one page; every use begins it anew.
    static final Duration SESSION_IDLE = Duration.ofHours(12);

    /// After which a provider is asked again whether somebody is still there, and what they may do.
    static final Duration VOUCHED = Duration.ofHours(12);

    /// Far above the operators of one server; the session that was used longest ago makes room.
    static final int SESSIONS = 10_000;

    /// A person mistypes a few times; a program that guesses does no more than this in [#FAILURE_WINDOW].
    static final int FAILURES = 10;

    static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

    /// Addresses whose failures are counted at the same time; the oldest makes room.
    static final int WATCHED_ADDRESSES = 10_000;

    /// People of one server: every one of them is listed.
    static final int USERS = 5_000;

    /// A password that is shown once: 128 random bits.
    static final int ONE_TIME_BYTES = 16;

    /// NIST SP 800-63B asks for 15 where a password is all there is, and 8 at least; what is longer than the other
    /// bound is no password.
    static final int SHORTEST_PASSWORD = 12;

    static final int LONGEST_PASSWORD = 256;

    /// Fewer are a key that was held down.
    static final int DISTINCT_CHARACTERS = 5;

    /// Each takes 16 MiB.
    static final int PASSWORDS_AT_ONCE = 4;

    /// For how long another server may think that somebody still has a role.
    static final Duration ACCESS_REMEMBERED = Duration.ofSeconds(5);

    private Limits() {}
}
