// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.time.Duration;

/// Every bound of this transport that is not configured.
final class Limits {
    /// Command and headers of one frame: two destinations and an Endpoint ID need a few hundred bytes.
    static final int HEAD_BYTES = 16 * 1024;

    /// The part of a frame's head that has no end of line yet.
    static final int LINE_BYTES = 8 * 1024;

    /// Longer destinations are refused: a prefix and an escaped Endpoint ID need a few hundred bytes at most.
    static final int DESTINATION_BYTES = 1024;

    /// Bytes of Records taken from the broker and not yet handed to the receiver, before we stop reading. Room
    /// for three of the largest; what comes later waits at the broker.
    static final long INBOUND_BYTES = 16L * 1024 * 1024;

    /// The same in Records, as each costs more than its bytes.
    static final int INBOUND_RECORDS = 10_000;

    /// Records held for a Controller that has stopped reading one of its peers, while others are read.
    static final int HELD_RECORDS = 64;

    /// Destinations known at once. A Controller's peers: more than one node is meant to serve.
    static final int PEERS = 100_000;

    /// A peer that was silent and was sent nothing for so long is forgotten, and known again with its next
    /// Record.
    static final Duration PEER_IDLE = Duration.ofHours(24);

    static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    /// How long the broker may take from the TCP connection to the receipt for our subscription, TLS included.
    static final Duration ANSWER_TIME = Duration.ofSeconds(10);

    /// How long closing waits for the broker to have taken what was sent before.
    static final Duration CLOSE_TIME = Duration.ofMillis(1200);

    /// What is shown of a broker's words in our texts.
    static final int SHOWN_CHARACTERS = 200;

    private Limits() {}
}
