// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import java.time.Duration;

/// The bounds of this module, each with its reason.
public final class Limits {
    /// How long a thing may take to answer what management wants of it, retransmissions included; the data model of
    /// the whole device waits meanwhile.
    static final Duration ANSWER = Duration.ofSeconds(5);

    /// How long a thing may take to answer what we ask to learn it; nobody waits for that.
    static final Duration LEARNING = Duration.ofSeconds(20);

    /// Things that are learnt at once; those of a house that comes back after a power cut wait their turn.
    static final int LEARNT_AT_ONCE = 8;

    /// Object instances of one thing that are looked at; a strip of sockets with meters has 20.
    static final int INSTANCES = 64;

    /// Largest body, put together from blocks, that is taken of a thing: the list of 64 objects, or all values of one.
    static final int BODY_BYTES = 32 * 1024;

    /// Peers whose message numbers and sessions are remembered: every thing, and as many strangers.
    static final int PEERS = 512;

    /// Lines of a key file: as many things as there can be, and room for those that were sold.
    static final int KEYS = 4_096;

    /// Shortest key: 128 bits.
    static final int KEY_BYTES = 16;

    /// Longest key and longest identity; DTLS stacks of small things take no more.
    static final int KEY_BYTES_MOST = 64;

    /// A thing in queue mode listens so long after each of its messages: MAX_TRANSMIT_WAIT of CoAP, as LwM2M has it.
    static final Duration AWAKE = Duration.ofSeconds(93);

    private Limits() {}
}
