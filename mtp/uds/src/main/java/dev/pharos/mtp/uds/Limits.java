// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import java.time.Duration;

/// Every bound of this transport that is not configured.
final class Limits {
    /// A frame may hold unknown TLVs beside the largest Record, but not many bytes of them.
    static final int BESIDE_RECORD_BYTES = 64 * 1024;

    /// What a peer may make us hold before it has said who it is: an Endpoint ID is a few dozen bytes.
    static final int STRANGER_FRAME_BYTES = 64 * 1024;

    /// How long a client waits for the server's handshake (R-UDS.18), and a server for a client's.
    static final Duration HANDSHAKE_TIME = Duration.ofSeconds(30);

    /// How long a peer may take to read our Error before the socket is closed over it.
    static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    /// Connections that the kernel holds for us; it cuts this to its own `somaxconn`.
    static final int ACCEPT_BACKLOG = 1024;

    /// What a socket address holds of a path on Linux, in bytes, without its final zero.
    static final int PATH_BYTES = 107;

    /// What an Error TLV of ours holds at most, in characters: a sentence.
    static final int ERROR_CHARACTERS = 300;

    /// What is shown of a peer's words in our texts.
    static final int SHOWN_CHARACTERS = 200;

    private Limits() {}
}
