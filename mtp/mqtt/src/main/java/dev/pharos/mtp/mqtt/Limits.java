// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.time.Duration;

/// Every bound of this transport that is not configured.
final class Limits {
    /// Longer reply-to topics are refused: `usp/agent/` and an escaped Endpoint ID need a few hundred bytes
    /// at most.
    static final int TOPIC_BYTES = 1024;

    /// Unacknowledged PUBLISH packets that a broker may have sent us. The most there is, since the MQTT
    /// library ends the session when a fleet that starts at once fills a smaller window; what really waits is
    /// bounded by the two numbers that follow.
    static final int RECEIVE_MAXIMUM = 65_535;

    /// PUBLISH packets taken from the broker and not yet handed to the receiver; what comes beyond it is
    /// lost. Twice a fleet of 19,000 Agents that all say hello at once, rounded up.
    static final int INBOUND_PACKETS = 40_000;

    /// The same in bytes: what one session may cost at worst.
    static final long INBOUND_BYTES = 64L * 1024 * 1024;

    /// Bytes of Records taken from the broker by an Agent and not yet handed over, its Controller's requests
    /// while it does not read among them; what comes beyond it is lost. Room for three of the largest, in a
    /// process of tens of MiB.
    static final long AGENT_INBOUND_BYTES = 16L * 1024 * 1024;

    /// Unacknowledged PUBLISH packets for an Agent: what waits beyond them waits at the broker.
    static final int AGENT_RECEIVE_MAXIMUM = 1_024;

    /// Records held for a Controller that has stopped reading one of its peers.
    static final int HELD_RECORDS = 64;

    /// Room in a packet for topics and properties beside the Record.
    static final int PACKET_OVERHEAD = 64 * 1024;

    /// Reply-to topics known at once. A Controller's peers: more than one node is meant to serve.
    static final int PEERS = 100_000;

    /// A peer that was silent and was sent nothing for so long is forgotten, and known again with its next
    /// Record.
    static final Duration PEER_IDLE = Duration.ofHours(24);

    /// How long an attempt may take up to CONNACK, and then up to SUBACK.
    static final Duration ANSWER_TIME = Duration.ofSeconds(10);

    /// How long closing waits for the DISCONNECT packet to be sent.
    static final Duration CLOSE_TIME = Duration.ofMillis(1500);

    /// How often a session looks whether the broker's certificates still hold, which they do for days, and whether
    /// the password in its file is another one: who changes it gives the broker as long to know it.
    static final Duration SESSION_REVIEW = Duration.ofMinutes(1);

    /// A publication that the broker has not confirmed in this time counts as lost: as long as an answer of a web
    /// server is waited for.
    static final Duration PUBLISH_TIME = Duration.ofSeconds(30);

    private Limits() {}
}
