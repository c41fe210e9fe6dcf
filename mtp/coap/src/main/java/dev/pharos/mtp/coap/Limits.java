// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.time.Duration;

/// Every bound of this transport that is not configured.
final class Limits {
    /// What an option for a path segment or a query holds at most (RFC 7252 section 5.10).
    static final int OPTION_BYTES = 255;

    /// The exponent of the block size that we send: 1024 bytes, the largest there is, fit one Ethernet frame.
    static final int BLOCK_EXPONENT = 6;

    static final int BLOCK_BYTES = 1024;

    /// Peers of which a listener knows how to answer them. The longest unused has to go for a new one.
    static final int PEERS = 4096;

    /// Of those, at one address or IPv6 network of 64 bits: beyond, the longest unused of its own has to go, and
    /// not that of another. Half, here and below, so that one leaves room for the others, and many behind one
    /// address are not slowed before that.
    static final int PEERS_FROM_ONE = PEERS / 2;

    /// Bodies of which some blocks have come: of peers that are known already, and as many of strangers, who
    /// cannot push out the others.
    static final int HALF_BODIES = 128;

    /// All of them together, for each of both kinds: three of the largest and hundreds of usual ones.
    static final long HALF_BODY_BYTES = 16L * 1024 * 1024;

    static final int HALF_BODIES_FROM_ONE = HALF_BODIES / 2;

    static final long HALF_BODY_BYTES_FROM_ONE = HALF_BODY_BYTES / 2;

    /// How long a body may wait for its next block. A sender tries a block for 93 seconds at most (RFC 7252
    /// MAX_TRANSMIT_WAIT).
    static final Duration HALF_BODY_LIFE = Duration.ofSeconds(100);

    /// Records of one peer that are held while the receiver takes none: those of a peer that waits for each
    /// response, and some more.
    static final int HELD_RECORDS = 8;

    /// What all peers together may have held.
    static final long HELD_BYTES = 32L * 1024 * 1024;

    /// How long a peer is asked to wait that is turned away for lack of room, in seconds.
    static final long RETRY_SECONDS = 5;

    /// The longest wait that a peer may ask of us, in seconds, and how often in a row: it is slow then, or gone.
    static final long LONGEST_RETRY_SECONDS = 30;

    static final int RETRIES = 3;

    /// How long a peer may think about a request after it has acknowledged it; without acknowledgement the library
    /// gives up after 93 seconds.
    static final Duration RESPONSE_TIME = Duration.ofMinutes(2);

    /// How long the last Records of a connection that we close may take.
    static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    /// Datagrams a second that are read of all peers together that we do not know, and at once after a calm. The
    /// rest is dropped, which an honest sender makes good. Each costs the library some 1.5 kB for as long as a
    /// repetition may come.
    static final int STRANGER_DATAGRAMS_A_SECOND = 200;

    static final int STRANGER_DATAGRAMS_AT_ONCE = 1000;

    /// What one address takes of both at most, as its datagrams say it: where it is forged, what all share is
    /// left.
    static final double STRANGER_SHARE = 0.5;

    /// Addresses of strangers that are told apart. Whose are the longest unheard are new again.
    static final int STRANGER_ADDRESSES = 1024;

    /// The same of each peer that we know: a megabyte a second in full blocks.
    static final int PEER_DATAGRAMS_A_SECOND = 1000;

    static final int PEER_DATAGRAMS_AT_ONCE = 2000;

    /// How long a message may be repeated and recognised: a sender stops after 45 seconds, the network may delay
    /// its last one for 100 (RFC 7252 section 4.8.2).
    static final Duration REPETITION = Duration.ofSeconds(145);

    /// Messages of one peer that are kept for that: with one request at a time, those of the last few.
    static final int REPEATABLE_OF_ONE_PEER = 16;

    /// DTLS sessions, standing and in the making. Beyond, the longest unused make room.
    static final int DTLS_SESSIONS = 4096;

    /// Handshakes under way, of those who have shown that their address is their own; one that stands still is
    /// given up after a minute. A quarter of the sessions, so that they push out nobody.
    static final int DTLS_HANDSHAKES = DTLS_SESSIONS / 4;

    static final int DTLS_HANDSHAKES_FROM_ONE = DTLS_HANDSHAKES / 2;

    /// Handshake messages that wait for a processor: seconds of work.
    static final int DTLS_JOBS = 1000;

    /// A chain of certificates of a peer during the handshake.
    static final int CERTIFICATE_BYTES = 16 * 1024;

    /// Datagrams that wait to be sent.
    static final int OUTGOING_DATAGRAMS = 8192;

    /// How often certificates of peers are looked at that may have ended meanwhile.
    static final Duration REVIEW = Duration.ofMinutes(1);

    /// What is shown of a peer's words in our texts.
    static final int SHOWN_CHARACTERS = 200;

    private Limits() {}
}
