// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.time.Duration;

/// The bounds of the embedded broker, each with its reason.
final class Limits {
    private static final int MIB = 1024 * 1024;

    /// The largest Record that the MQTT transport takes is 5 MiB; the rest is for topic and properties.
    static final int PACKET_BYTES = 5 * MIB + 64 * 1024;

    /// The decoder stops here; a little above [#PACKET_BYTES], so that a packet just too large still gets its proper
    /// answer.
    static final int DECODED_BYTES = PACKET_BYTES + 64 * 1024;

    /// A client without heart-beats is never taken for dead by Artemis: TCP notices. A thousand days.
    static final Duration STOMP_SILENCE = Duration.ofDays(1_000);

    /// What waits for one topic whose subscriber does not read, before what comes next is dropped: three of the
    /// largest Records.
    static final long TOPIC_BYTES_WAITING = 16L * MIB;

    /// What waits for all topics together; on a small heap a quarter of it, see [EmbeddedBroker].
    static final long ALL_BYTES_WAITING = 256L * MIB;

    /// Longer than a requester waits for its response: what is older helps nobody.
    static final Duration MESSAGE_LIFE = Duration.ofMinutes(5);

    static final Duration EXPIRY_SCAN = Duration.ofSeconds(30);

    /// Endpoint IDs have at most 150 or so characters, and two of them, escaped, stand in the longest topic there is.
    static final int TOPIC_LENGTH = 1_024;

    /// A device listens at its topic and below; a few more for firmware that names each.
    static final int SUBSCRIPTIONS = 16;

    /// The first packet comes at once from every honest client.
    static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    /// What a client may send behind its CONNECT before it was answered.
    static final int HELD_PACKETS = 32;

    /// Checking a password is slow on purpose: so many at once leave processors to others.
    static final int LOGINS_AT_ONCE = 4;

    /// Logins that wait for their turn; beyond, the client is told that the server is busy.
    static final int LOGINS_WAITING = 1_000;

    /// Half of the 20,000 file descriptors that a process commonly may have.
    static final int CONNECTIONS = 10_000;

    /// Devices that have proved who they are: ten times as many as may be connected, at some hundred bytes each.
    static final int PROVEN_DEVICES = 100_000;

    /// Packets of QoS 1 and 2 on their way to one client.
    static final int IN_FLIGHT = 1_024;

    /// Reports of one device that are being stored: one, and what it could not deliver before.
    static final int REPORTS_OF_A_DEVICE = 4;

    /// Network threads; the broker shares its host with everything else.
    static final int NETWORK_THREADS = 2;

    static final int WORKER_THREADS = 16;

    private Limits() {}
}
