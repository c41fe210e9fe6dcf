// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import java.time.Duration;

/// The bounds of the ACS's listener, each with its reason.
final class Limits {
    private Limits() {}

    /// Connections at once: each session has one, and some devices leave theirs open afterwards.
    static final int CONNECTIONS = 12_000;

    /// Connections that wait to be taken: a power cut brings many devices back at once.
    static final int BACKLOG = 1_024;

    /// The request line: the path and what a proxy adds.
    static final int REQUEST_LINE_BYTES = 4_096;

    /// All headers: cookies and a Digest take one kilobyte.
    static final int HEADER_BYTES = 16 * 1024;

    static final int CHUNK_BYTES = 64 * 1024;

    /// A body outside of a session, so an Inform: TR-069 wants 32 KiB to be taken, and one with a thousand changed
    /// parameters has ten times as much.
    static final int INFORM_BYTES = 1024 * 1024;

    /// A body within a session, after decompression.
    static final int BODY_BYTES = dev.pharos.cwmp.Limits.ENVELOPE_BYTES;

    /// An envelope that is compressed for a device that takes that: what is smaller goes in one packet as it is, and
    /// so does what is answered to an Inform, by which alone it is known as which kind it is to be treated.
    static final int COMPRESSED_BYTES = 1_200;

    /// Codings in a header that are looked at.
    static final int CODINGS = 16;

    /// Bodies larger than an Inform that are read at once: together 128 MiB at most.
    static final int LARGE_BODIES = 8;

    /// White space that counts as no body.
    static final int BLANK_BYTES = 64;

    /// How long a connection may say nothing before it has a session, and how long one may take for a message.
    static final Duration QUIET = Duration.ofSeconds(30);

    /// The same, of one that has a session, in turns of [#QUIET]: as long as the longest session, and a turn.
    static final int QUIET_TURNS = (int) (dev.pharos.cwmp.Limits.LONGEST_SILENCE.toSeconds() / QUIET.toSeconds()) + 1;

    /// How long a device may take for each answer when it is called.
    static final Duration CALL = Duration.ofSeconds(4);

    /// What it may answer: nothing, or a page that nobody reads.
    static final int CALL_ANSWER_BYTES = 16 * 1024;

    /// A datagram that is looked at: what fits into one packet on any way.
    static final int DATAGRAM_BYTES = 1_500;

    /// Numbers in the refusal of a question of STUN, which must not become larger than the question.
    static final int STUN_UNKNOWN = 8;

    /// Copies of a call over UDP, which is never answered: as many as another ACS sends.
    static final int CALL_COPIES = 3;

    /// Cookies of one request that are looked at.
    static final int COOKIES = 16;

    /// Between two looks at sessions and devices that have fallen silent.
    static final Duration SWEEP = Duration.ofSeconds(5);

    /// How long messages that are at work may take when the server stops.
    static final Duration GRACE = Duration.ofSeconds(2);

    /// The largest notification by datagram: no datagram is larger.
    static final int NOTIFICATION_BYTES = 65_535;
}
