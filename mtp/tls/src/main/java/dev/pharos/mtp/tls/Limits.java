// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.time.Duration;
import java.time.Instant;

/// Every bound of TLS that is not configured.
final class Limits {
    /// How long a handshake may take: a half-open peer costs no more.
    static final Duration HANDSHAKE_TIME = Duration.ofSeconds(10);

    /// Handshakes under way at one listener. Two cores make about a thousand a second, so that those that have
    /// begun end within a second, far from [#HANDSHAKE_TIME]: beyond that, all would fail together.
    static final int HANDSHAKES_AT_ONCE = 500;

    /// Of those, from one address: half, so that a flood from one host leaves room for the others, and a fleet
    /// behind one address is not slowed, since 250 at once are more than two cores can finish in the time of an
    /// answer.
    static final int HANDSHAKES_FROM_ONE = 250;

    /// For how long a handshake that stands still keeps its place. What a phone network takes for an answer is
    /// less; and who begins handshakes and never ends them takes 250 a second at most, which leaves half of two
    /// cores.
    static final Duration HANDSHAKE_PLACE = Duration.ofSeconds(2);

    /// How often a listener looks whether its files have changed: an operator who replaces a certificate or
    /// revokes one sees the effect before doing the next thing.
    static final Duration FILE_CHECK = Duration.ofSeconds(1);

    /// How often connections that stand are looked at for certificates that have expired meanwhile: certificates
    /// hold for days, and a look at 20,000 connections takes some ten milliseconds.
    static final Duration REVIEW = Duration.ofMinutes(1);

    static final int LOOKS_PER_REVIEW = (int) REVIEW.dividedBy(FILE_CHECK);

    /// A PEM file is read whole. The largest sensible one is a revocation list of a whole fleet: 40 bytes for
    /// each of 300,000 devices.
    static final long FILE_BYTES = 16L * 1024 * 1024;

    /// Sessions that a server keeps for resumption with TLS 1.2; with 1.3 the clients keep them, as tickets.
    static final int SESSIONS = 20_000;

    /// How long a session may be resumed: within it, a peer that reconnects is not asked for its certificate
    /// anew. An hour lies within any revocation list's life.
    static final Duration SESSION_LIFE = Duration.ofHours(1);

    /// A clock that shows an earlier time than this program's making has not been set since the start.
    static final Instant MADE = Instant.parse("2026-11-23T00:00:00Z");

    /// What is shown of a certificate's or a peer's words in our texts.
    static final int SHOWN_CHARACTERS = 200;

    private Limits() {}
}
