// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.time.Duration;

/// Bounds of the conversation with ubusd, each with its reason.
final class Limits {
    /// The largest blob that ubusd takes and sends, its own head included.
    static final int MESSAGE_BYTES = 1 << 20;

    /// What we send at most: ubusd adds names of user and group when it forwards, and closes the connection
    /// over what is then too large.
    static final int SENT_BYTES = MESSAGE_BYTES - 512;

    /// Tables within tables; the protocol has no bound, a stack has.
    static final int DEPTH = 64;

    /// Requests that wait for their answer. The protocol would allow 65,536 and reuse their numbers.
    static final int OUTSTANDING = 1_024;

    /// Messages of one answer: a list of all objects has one for each, and a prplOS gateway has thousands.
    static final int ANSWER_MESSAGES = 65_536;

    /// Bytes of one answer, for the same reason.
    static final int ANSWER_BYTES = 32 << 20;

    /// Bytes that wait to be written; ubusd itself holds back about as much for one client.
    static final int OUTBOUND_BYTES = 4 << 20;

    /// Messages from ubusd that wait to be handed on: a burst of events, such as of a mesh that restarts.
    static final int INBOUND = 4_096;

    /// Methods of ours that run at once.
    static final int RUNNING = 64;

    /// How long ubusd may take to greet us, or to take in what we offer.
    static final Duration ANSWER_WAIT = Duration.ofSeconds(10);

    /// How long what we send may wait for its turn.
    static final Duration WRITE_WAIT = Duration.ofSeconds(10);

    /// How long our end waits until those are told whose calls it cuts short.
    static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Limits() {}
}
